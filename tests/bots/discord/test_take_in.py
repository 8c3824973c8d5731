"""What people say on Discord becomes an Inbound: acknowledged at once, saved where it would be
lost, then handed on."""

import asyncio
from pathlib import Path

import pytest

from bots.discord.run import Discord, no_chats
from bots.discord.run.hearing import HINT_AGE
from core.adapter import FileGone, TooLarge
from core.messages import Attachment, Button, Command, Video
from tests.bots.discord.conftest import Taken, address, answer, connected, running
from tests.servers.discord import FakeDiscord, Photo, payloads
from tests.servers.discord.world import FORUM, TEXT

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


async def test_a_slash_command_with_photos_is_acknowledged_saved_and_handed_on(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    taken.open.clear()
    asked = dc.slash(
        "video", {"prompt": "make it move"}, [Photo("a.jpg", b"one"), Photo("b.png", b"two")]
    )
    await dc.wait_for(lambda: asked.answered)
    assert asked.seconds_to_answer < 1
    assert dc.transcript() == "Clip: Clip is thinking…"
    taken.open.set()
    await dc.wait_for(lambda: taken.inbounds)
    said = taken.last
    assert said.id == f"dc:i:{asked.id}"
    assert (said.user, said.address, said.command) == (
        str(dc.asker.id),
        address(dc.general),
        Command.VIDEO,
    )
    assert (said.text, said.sender.language, said.place.private, said.addressed) == (
        "make it move",
        "en-US",
        False,
        True,
    )
    assert said.place.space == str(dc.guild.id)
    assert [(file.name, file.bytes, file.mime) for file in said.attachments] == [
        ("a.jpg", 3, "image/jpeg"),
        ("b.png", 3, "image/jpeg"),
    ]
    for file in dc.world.files.values():
        file.gone = True
    found = [await bot.fetch(file, tmp_path) for file in said.attachments]
    assert [path.read_bytes() for path in found] == [b"one", b"two"]


async def test_the_acknowledgement_waits_for_no_file_and_no_store(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    taken.open.clear()
    asked = dc.slash("video", {}, [Photo("large.jpg", bytes(8_000_000))])
    await dc.wait_for(lambda: asked.answered)
    assert asked.seconds_to_answer < 1
    assert not taken.inbounds
    taken.open.set()
    await dc.wait_for(lambda: taken.inbounds)


async def test_an_attachment_of_a_mention_is_a_reference_that_outlives_its_link(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    message = dc.says("turn this into a clip", [Photo("sea.jpg", b"the sea")], mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    said = taken.last
    assert said.id == f"dc:m:{message.id}"
    assert (said.text, said.command, said.place.private) == ("turn this into a clip", None, False)
    assert (said.message, said.order) == (str(message.id), message.id)
    assert [file.ref for file in said.attachments] == [
        f"discord:{dc.general.id}/{message.id}/{message.files[0].id}"
    ]
    dc.clock.advance(3 * 24 * 3600)
    assert (await bot.fetch(said.attachments[0], tmp_path)).read_bytes() == b"the sea"


async def test_a_direct_message_needs_no_mention_and_is_private(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("", [Photo()], channel=dc.dm)
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.address, taken.last.place.private, taken.last.place.space) == (
        address(dc.dm),
        True,
        "",
    )
    assert len(taken.last.attachments) == 1


async def test_the_talk_of_others_and_of_bots_is_none_of_our_business(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("look at this", [Photo()])
    dc.says("hello", user=dc.world.bot, mention=True)
    quoted = dc.says("what a photo", [Photo()], user=dc.onlooker)
    dc.says("nice one", reply_to=quoted)
    dc.says("and now you", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    assert [said.text for said in taken.inbounds] == ["and now you"]


async def test_a_reply_to_an_ordinary_message_of_the_bot_is_meant_for_it(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "Send me a photo."), None, "n-1")
    dc.says("here it is", [Photo()], reply_to=dc.bot_says()[0])
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert (taken.last.text, len(taken.last.attachments)) == ("here it is", 1)


async def test_a_reply_that_discord_shows_empty_gets_a_hint_once(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("video", {}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "Got it."), None, "n-1")
    theirs = dc.says("make it longer", reply_to=dc.bot_says()[0])
    await dc.wait_for(lambda: len(dc.bot_says()) == 2)
    hint = dc.bot_says()[1]
    assert "Mention me" in hint.content
    assert hint.reply_to is theirs
    assert not hint.pings
    dc.says("hello?", reply_to=dc.bot_says()[0])
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert len(dc.bot_says()) == 2


@pytest.mark.parametrize("later", [60.0, HINT_AGE + 60])
async def test_the_hint_does_not_come_again_with_each_restart(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, later: float
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        dc.slash("video", {}, [Photo()])
        await dc.wait_for(lambda: taken.inbounds)
        await bot.send(answer(taken.last, "Got it."), None, "n-1")
        dc.says("make it longer", reply_to=dc.bot_says()[0])
        await dc.wait_for(lambda: len(dc.bot_says()) == 2)
    dc.clock.advance(later)
    dc.says("the end", mention=True, heard=False)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.last.text == "the end")
    assert len(dc.bot_says()) == 2


async def test_a_mention_under_a_photo_brings_that_photo(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    photo = dc.says("my dog", [Photo("dog.jpg", b"a dog")], user=dc.onlooker)
    dc.says("animate this", mention=True, reply_to=photo)
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.text, [file.name for file in taken.last.attachments]) == (
        "animate this",
        ["dog.jpg"],
    )
    dc.deletes(photo)
    assert (await bot.fetch(taken.last.attachments[0], tmp_path)).read_bytes() == b"a dog"


async def test_in_a_direct_chat_the_photo_that_is_answered_is_a_reference(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    photo = dc.says("", [Photo("dog.jpg", b"a dog")], channel=dc.dm)
    dc.says("animate this", channel=dc.dm, reply_to=photo)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert (await bot.fetch(taken.last.attachments[0], tmp_path)).read_bytes() == b"a dog"


async def test_a_reply_to_our_own_clip_talks_about_it_and_does_not_send_it(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.says("hello", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"a clip")
    await bot.send(
        answer(taken.last, "Here!", media=Video("https://media.example.com/1", path=str(clip))),
        None,
        "n-1",
    )
    dc.says("make it longer", mention=True, reply_to=dc.bot_says()[0])
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert taken.last.attachments == ()


async def test_talk_in_a_server_that_is_not_known_yet_is_no_direct_chat(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    place = dc.foreign()
    message = dc.says("not for the bot", channel=place)
    assert place.guild is not None
    data = payloads.message(dc.world, dc.rest.base, message) | {"guild_id": str(place.guild.id)}
    dc.gateway.tell("MESSAGE_CREATE", None, data)
    dc.says("hello", channel=dc.dm)
    await dc.wait_for(lambda: taken.inbounds)
    assert [said.text for said in taken.inbounds] == ["hello"]


async def test_a_photo_forwarded_to_the_bot_counts_as_sent(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    photo = dc.says("", [Photo("hill.jpg", b"a hill")], user=dc.onlooker)
    dc.says(channel=dc.dm, forwards=photo)
    await dc.wait_for(lambda: taken.inbounds)
    assert (await bot.fetch(taken.last.attachments[0], tmp_path)).read_bytes() == b"a hill"


@pytest.mark.parametrize("kind", [TEXT, FORUM])
async def test_threads_and_posts_are_chats_of_their_own(
    dc: FakeDiscord, bot: Discord, taken: Taken, kind: int
) -> None:
    parent = dc.general if kind == TEXT else dc.forum()
    thread = dc.thread(parent)
    dc.says("make a clip", [Photo()], channel=thread, mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.address == address(thread)
    assert taken.last.place.space == str(dc.guild.id)
    await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    assert [message.content for message in dc.bot_says(thread)] == ["Got your photo."]


@pytest.mark.parametrize("place", ["group", "foreign"])
async def test_an_app_of_the_user_alone_works_where_the_bot_is_not(
    dc: FakeDiscord, bot: Discord, taken: Taken, place: str
) -> None:
    channel = dc.group() if place == "group" else dc.foreign()
    dc.slash("video", {"prompt": "go"}, [Photo()], channel=channel, installed="user")
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.address, taken.last.place.private) == (address(channel), False)
    await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    assert [message.content for message in dc.bot_says(channel)] == ["Got your photo."]


async def test_files_that_discord_does_not_hand_out_are_asked_for_again(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    photo = Photo("gone.jpg")
    dc.world.keep(photo, dc.general)
    asked = dc.slash("video", {}, [photo])
    next(file for file in dc.world.files.values() if file.ephemeral).gone = True
    await dc.wait_for(lambda: asked.original and not asked.original.thinking)
    assert "send them once more" in dc.bot_says()[0].content
    assert not taken.inbounds


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("unsaved:1-1-huge.mp4", TooLarge),
        ("spool:nothing", FileGone),
        ("discord:1/2/3", FileGone),
        ("telegram:AgAD", FileGone),
        ("discord:../../users", FileGone),
    ],
)
async def test_a_reference_that_leads_nowhere_says_why(
    dc: FakeDiscord, bot: Discord, tmp_path: Path, ref: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        await bot.fetch(Attachment(ref), tmp_path)


NAMES = (
    "Screenshot_20261125-234512_Holiday_pictures_of_all_of_us_at_the_lake.jpg", "a" * 250 + ".jpg",
    "\N{CJK UNIFIED IDEOGRAPH-20000}" * 200 + ".jpg", "ภาพถ่าย ที่ชายหาด.jpg", "CON.jpg", ".jpg",
    "no ending",
    "twice.jpg", "twice.jpg",
)  # fmt: skip


async def test_what_a_file_is_called_never_decides_whether_it_can_be_used(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    photos = [Photo(name, str(number).encode()) for number, name in enumerate(NAMES)]
    dc.slash("video", {"prompt": "half \ud83d too"}, photos)
    dc.says("all of these", photos[-2:], mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    whole = [file for said in taken.inbounds for file in said.attachments]
    folders = [tmp_path / f"step-{number}" for number in range(len(whole))]
    for folder in folders:
        folder.mkdir()
    found = [await bot.fetch(file, folder) for file, folder in zip(whole, folders, strict=True)]
    wanted = sorted([photo.data for photo in (*photos, *photos[-2:])])
    assert sorted(path.read_bytes() for path in found) == wanted


async def test_a_saved_name_leads_nowhere_else(
    dc: FakeDiscord, bot: Discord, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("not for people")
    (tmp_path / "spool").mkdir()
    with pytest.raises(FileGone):
        await bot.fetch(Attachment("spool:../secret"), tmp_path / "spool")
    for nothing in ("", "..", "/"):
        with pytest.raises(FileGone):
            await bot.fetch(Attachment(f"spool:{nothing}"), tmp_path)
    (tmp_path / "spool" / "1-1-照片_of_an_earlier_version.jpg").write_bytes(b"earlier")
    earlier = await bot.fetch(Attachment("spool:1-1-照片_of_an_earlier_version.jpg"), tmp_path)
    assert earlier.read_bytes() == b"earlier"


async def test_a_released_file_is_gone(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.slash("video", {}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    await bot.release(taken.last.attachments[0])
    with pytest.raises(FileGone):
        await bot.fetch(taken.last.attachments[0], tmp_path)


async def test_trouble_in_the_store_leaves_nobody_thinking(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    taken.trouble = OSError("disk full")
    asked = dc.slash("help")
    await dc.wait_for(lambda: asked.original and not asked.original.thinking)
    assert "try once more" in dc.bot_says()[0].content
    assert "disk full" not in dc.transcript()


async def test_an_interaction_that_came_too_late_is_answered_in_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.refuse(CALLBACK, 404, 10062)
    dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.ticket is None
    await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    assert dc.transcript() == "Clip (rings for Asker): @Asker Got your photo."


@pytest.mark.parametrize("command", [Command.STATUS, Command.HISTORY])
async def test_a_private_answer_that_came_too_late_is_given_directly_and_never_in_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken, command: Command
) -> None:
    dc.refuse(CALLBACK, 404, 10062)
    dc.slash(command.value)
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "Your timeline."), None, "n-1")
    assert [m.content for m in dc.bot_says(channel=dc.dm)] == ["Your timeline."]
    assert dc.bot_says() == []


async def test_a_button_under_a_hidden_message_that_was_pressed_too_late_stays_private(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("history")
    await dc.wait_for(lambda: taken.inbounds)
    row = ((Button("▶️ 1", Command.HISTORY, 4),),)
    await bot.send(answer(taken.last, "Your last videos:", buttons=row), None, "n-1")
    dc.refuse(CALLBACK, 404, 10062)
    dc.presses(dc.bot_says(user=dc.asker)[-1], "▶️ 1")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(answer(taken.last, "Here it is again."), None, "n-2")
    assert [m.content for m in dc.bot_says(channel=dc.dm)] == ["Here it is again."]
    assert [m.content for m in dc.bot_says(user=dc.asker)] == ["Your last videos:"]


async def test_an_interaction_that_another_process_has_taken_is_left_alone(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.refuse(CALLBACK, 400, 40060)
    dc.slash("help")
    dc.slash("credits")
    await dc.wait_for(lambda: taken.inbounds)
    assert [said.command for said in taken.inbounds] == [Command.CREDITS]


async def test_a_line_cut_after_the_acknowledgement_costs_nothing(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.cut(CALLBACK)
    dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.ticket is not None
    await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    assert dc.transcript() == "Clip: Got your photo."


async def test_the_same_event_twice_is_taken_in_once(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("once", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    dc.gateway.replay()
    dc.says("the end", mention=True)
    await dc.wait_for(lambda: taken.last.text == "the end")
    assert [said.text for said in taken.inbounds] == ["once", "the end"]


async def test_what_is_read_has_the_same_id_as_what_was_told(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    taken.recall = no_chats  # type: ignore[method-assign]
    async with running(dc, connected(dc, tmp_path), taken):
        dc.says("once", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert len({said.id for said in taken.inbounds}) == 1


async def test_what_is_being_taken_in_comes_to_its_end_before_the_bot_stops(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    taken.open.clear()
    serving = asyncio.create_task(connected(dc, tmp_path).run(taken.receive))
    await dc.wait_for(lambda: dc.gateway.identified)
    asked = dc.slash("help")
    await dc.wait_for(lambda: asked.answered)
    serving.cancel()
    await asyncio.wait([serving], timeout=0.2)
    assert not serving.done()
    taken.open.set()
    await asyncio.wait([serving])
    assert [said.command for said in taken.inbounds] == [Command.HELP]
