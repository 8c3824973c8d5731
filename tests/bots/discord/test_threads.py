"""A thread for each request, where the operator wants it: what goes there, what does not, and what
if there is none."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from structlog.testing import capture_logs

from bots.discord.run import Discord
from bots.discord.run.behind import LATELY
from core.adapter import Unsent
from core.domain.limits.admission import Space, admitted
from core.messages import Address, Inbound
from core.settings import Limits
from tests import messages
from tests.backend import quick_standin
from tests.bots.discord.conftest import Taken, address, answer, connected, running
from tests.outgoing import altered
from tests.servers.discord import Channel, FakeDiscord, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

START = "POST /channels/{channel_id}/messages/{message_id}/threads"
POST = "POST /channels/{channel_id}/messages"
ON: dict[str, Any] = {"DISCORD_THREADS": "1"}


@pytest.fixture
async def bot(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> AsyncIterator[Discord]:
    """An adapter with the option on."""
    async with running(dc, connected(dc, tmp_path, **ON), taken) as adapter:
        yield adapter


async def said(
    dc: FakeDiscord, taken: Taken, words: str = "make a clip", *photos: Photo, **more: object
) -> Inbound:
    """A mention, taken in."""
    before = len(taken.inbounds)
    dc.says(words, photos, mention=True, **more)  # type: ignore[arg-type]
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


async def asked(dc: FakeDiscord, taken: Taken, **more: object) -> Inbound:
    """/video with a photo, taken in."""
    before = len(taken.inbounds)
    dc.slash("video", {"prompt": "make it move"}, [Photo()], **more)  # type: ignore[arg-type]
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


def opened(dc: FakeDiscord) -> list[Channel]:
    return [channel for channel in dc.world.channels.values() if channel.parent == dc.general.id]


def place(dc: FakeDiscord, thread: int) -> Address:
    return Address("discord", str(thread), f"{dc.guild.id}/{dc.general.id}")


# Its own thread


async def test_a_request_gets_a_thread_under_its_message_and_all_is_said_there(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await said(dc, taken, "turn   this into\na clip", Photo())
    (message,) = dc.sees()
    assert request.address == place(dc, message.id)
    assert (request.place.space, request.place.parent, request.message) == (
        str(dc.guild.id),
        str(dc.general.id),
        str(message.id),
    )
    assert not dc.calls(START), "the request is on disk before anything is asked of Discord"
    status = answer(request, "Got your photo.", slot="job-1", silent=True, working=True)
    first = await bot.send(status, None, "n-1")
    await dc.wait_for(lambda: opened(dc)[0].typing)
    await bot.send(altered(status, text="Rendering 40 %"), first, "n-2")
    await bot.send(answer(request, "Here is your video!"), None, "n-3")
    (thread,) = opened(dc)
    assert (thread.id, thread.name) == (message.id, "🎬 turn this into a clip")
    assert dc.transcript(thread) == (
        "Clip (edited, silent): Rendering 40 %\n"  #
        "Clip (rings for Asker): @Asker Here is your video!"
    )
    assert not dc.bot_says()
    assert len(dc.calls(START)) == 1


async def test_what_its_user_says_in_the_thread_belongs_to_the_request(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await said(dc, taken, "make a clip", Photo())
    await bot.send(answer(request, "Here is your video!"), None, "n-1")
    (thread,) = opened(dc)
    later = await said(
        dc, taken, "make it 15 seconds", channel=thread, reply_to=dc.bot_says(thread)[0]
    )
    assert (later.address, later.place.parent) == (request.address, str(dc.general.id))
    await bot.send(answer(later, "On it."), None, "n-2")
    dc.slash("status", channel=thread)
    await dc.wait_for(lambda: len(taken.inbounds) == 3)
    assert taken.last.address == request.address
    await bot.send(answer(taken.last, "The timeline"), None, "n-3")
    assert [message.only_for for message in dc.bot_says(thread)] == [None, None, dc.asker]
    assert len(dc.calls(START)) == 1


async def test_a_command_gets_its_thread_under_its_answer(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await asked(dc, taken)
    (answered,) = dc.bot_says()
    assert (request.address, request.ticket) == (place(dc, answered.id), None)
    assert answered.thinking
    await bot.send(answer(request, "Got your photo.", slot="job-1", silent=True), None, "n-1")
    await bot.send(answer(request, "Here is your video!"), None, "n-2")
    (thread,) = opened(dc)
    assert (thread.id, thread.name) == (answered.id, "🎬 make it move")
    assert (
        dc.transcript() == "Clip: 👍 On it – everything about this video comes in the thread below."
    )
    assert dc.transcript(thread) == (
        "Clip (silent): Got your photo.\n"  #
        "Clip (rings for Asker): @Asker Here is your video!"
    )


async def test_the_menu_and_the_form_get_one_too(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.menu("Make a video", dc.says("", [Photo()], user=dc.onlooker))
    await dc.wait_for(lambda: taken.inbounds)
    form = dc.slash("video")
    await dc.wait_for(lambda: form.modal)
    dc.submits(form, {"words": "go"}, [Photo()])
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    for number, request in enumerate(taken.inbounds):
        await bot.send(answer(request, "Got your photo."), None, f"n-{number}")
    assert [thread.name for thread in opened(dc)] == ["🎬 Video", "🎬 go"]


async def test_what_only_the_asker_may_read_stays_with_the_command(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await asked(dc, taken)
    await bot.send(answer(request, "You have used all your videos.", discreet=True), None, "n-1")
    assert dc.transcript(user=dc.onlooker) == ""
    assert (
        dc.transcript(user=dc.asker)
        == "Clip (only Asker sees this): You have used all your videos."
    )
    assert not opened(dc)


async def test_who_gets_no_answer_gets_no_thread(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said(dc, taken, "make a clip", Photo())
    await said(dc, taken, "hello", channel=dc.dm)
    assert not dc.calls(START)


# What belongs together


@pytest.mark.parametrize(
    ("first", "then", "pause"),
    [
        (("", 1), ("make it move", 0), 0),
        (("", 1), ("make it move", 0), 300),
        (("animate this", 0), ("", 1), 300),
        (("make a clip", 1), ("", 1), 1),
        (("make a clip", 1), ("with soft music", 0), 1),
    ],
)
async def test_the_parts_of_one_request_meet_in_one_thread(
    dc: FakeDiscord,
    bot: Discord,
    taken: Taken,
    first: tuple[str, int],
    then: tuple[str, int],
    pause: float,
) -> None:
    one = await said(dc, taken, first[0], *[Photo()] * first[1])
    dc.clock.advance(pause)
    two = await said(dc, taken, then[0], *[Photo()] * then[1])
    assert two.address == one.address
    await bot.send(answer(two, "Got it."), None, "n-1")
    assert [message.content for message in dc.bot_says(opened(dc)[0])] == [
        f"<@{dc.asker.id}> Got it."
    ]


@pytest.mark.parametrize(
    ("first", "then", "pause", "user"),
    [
        (("make a clip", 1), ("another one", 1), 5, "asker"),
        (("", 1), ("make it move", 0), 700, "asker"),
        (("", 1), ("make a clip of the sea", 1), 0, "onlooker"),
    ],
)
async def test_another_request_gets_another_thread(
    dc: FakeDiscord,
    bot: Discord,
    taken: Taken,
    first: tuple[str, int],
    then: tuple[str, int],
    pause: float,
    user: str,
) -> None:
    one = await said(dc, taken, first[0], *[Photo()] * first[1])
    dc.clock.advance(pause)
    two = await said(dc, taken, then[0], *[Photo()] * then[1], user=getattr(dc, user))
    assert two.address not in (one.address, address(dc.general)) or not then[1]
    assert two.address != one.address


@pytest.mark.parametrize("words", ["help", "credits", "status", "导出", "hello", "thanks"])
async def test_commands_in_words_stay_in_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken, words: str
) -> None:
    await said(dc, taken, "", Photo())
    assert (await said(dc, taken, words)).address == address(dc.general)


async def test_other_places_are_as_without_the_option(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    thread, foreign = dc.thread(dc.general), dc.foreign()
    assert (await said(dc, taken, "go", Photo(), channel=thread)).address == address(thread)
    assert (await said(dc, taken, "go", Photo(), channel=dc.dm)).address == address(dc.dm)
    assert (await asked(dc, taken, channel=thread)).address == address(thread)
    assert (await asked(dc, taken, channel=foreign, installed="user")).address == address(foreign)
    dc.slash("edit", {"change": "longer"})
    await dc.wait_for(lambda: len(taken.inbounds) == 5)
    assert (taken.last.address, taken.last.ticket is None) == (address(dc.general), False)


async def test_without_the_option_nothing_changes(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken):
        assert (await said(dc, taken, "go", Photo())).address == address(dc.general)


# Missed while the bot was away


async def test_what_was_missed_gets_its_thread_too_and_is_found_under_the_channel(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path, **ON), taken) as bot:
        first = await said(dc, taken, "make a clip", Photo())
        await bot.send(answer(first, "Here is your video!"), None, "n-1")
    (thread,) = opened(dc)
    dc.says("make it 15 seconds", mention=True, channel=thread, heard=False)
    missed = dc.says("", [Photo()], mention=True, heard=False)
    dc.says("animate this", mention=True, heard=False)
    dc.clock.advance(LATELY + 60)
    async with running(dc, connected(dc, tmp_path, **ON), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 4)
    after = {inbound.text: inbound.address for inbound in taken.inbounds[1:]}
    assert after == {
        "make it 15 seconds": first.address,
        "": place(dc, missed.id),
        "animate this": place(dc, missed.id),
    }


# Where there is none


@pytest.mark.parametrize("right", ["create_public_threads", "send_messages_in_threads"])
async def test_without_the_right_it_works_as_without_and_an_admin_is_told_once(
    dc: FakeDiscord, bot: Discord, taken: Taken, right: str
) -> None:
    dc.forbid(dc.general, right)
    request = await said(dc, taken, "go", Photo())
    assert request.address == address(dc.general)
    await bot.send(answer(request, "Got your photo.", slot="job-1", silent=True), None, "n-0")
    await bot.send(answer(request, "Here is your video!"), None, "n-1")
    await said(dc, taken, "go", Photo())
    await bot.send(answer(request, "And another!"), None, "n-2")
    status, first, second = dc.bot_says()
    named = right.replace("_", " ").title().replace(" In ", " in ")
    assert first.content == (
        "Here is your video!\n\nℹ️ For an admin: please give the bot these permissions in "
        f"<#{dc.general.id}>, "
        f"so that I can do all I am meant to: {named}."
    )
    assert (status.content, second.content) == ("Got your photo.", "And another!")
    dc.clock.advance(25 * 3600)
    await said(dc, taken, "go", Photo())
    await bot.send(answer(request, "The next day"), None, "n-3")
    assert named in dc.bot_says()[-1].content
    assert not dc.calls(START)


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10008), (400, 50024)])
async def test_a_thread_that_cannot_be_opened_is_replaced_by_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken, status: int, code: int
) -> None:
    request = await said(dc, taken, "go", Photo())
    dc.refuse(START, status, code, times=2)
    await bot.send(answer(request, "Got your photo.", slot="job-1", silent=True), None, "n-1")
    await bot.send(answer(request, "Here is your video!"), None, "n-2")
    assert [message.content.split("\n")[0] for message in dc.bot_says()] == [
        "Got your photo.",
        "Here is your video!",
    ]
    assert ("Create Public Threads" in dc.bot_says()[1].content) == (code == 50013)
    assert dc.bot_says()[1].pings == {dc.asker.id}
    assert len(dc.calls(START)) == 1


async def test_a_command_without_a_thread_goes_on_below_its_answer(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await asked(dc, taken)
    dc.refuse(START, 400, 50024)
    await bot.send(answer(request, "Here is your video!"), None, "n-1")
    assert dc.transcript() == (
        "Clip (edited): 👍 On it.\n"  #
        "Clip (rings for Asker): @Asker Here is your video!"
    )


async def test_a_thread_that_is_there_already_is_used(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await said(dc, taken, "go", Photo())
    dc.cut(START)
    with pytest.raises(Unsent):
        await bot.send(answer(request, "Got your photo."), None, "n-1")
    await dc.wait_for(lambda: opened(dc))
    await bot.send(answer(request, "Got your photo."), None, "n-1")
    assert [message.content for message in dc.bot_says(opened(dc)[0])] == [
        f"<@{dc.asker.id}> Got your photo."
    ]


async def test_after_a_restart_the_thread_is_opened_all_the_same(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path, **ON), taken):
        request = await said(dc, taken, "go", Photo())
        command = await asked(dc, taken)
    async with running(
        dc, connected(dc, tmp_path), taken
    ) as bot:  # even with the option off by now
        await bot.send(answer(request, "Here is your video!"), None, "n-1")
        dc.bot_says()[0].flags = 0  # by now the service says that it did not respond
        await bot.send(answer(command, "Here is another!"), None, "n-2")
    assert [thread.name for thread in opened(dc)] == ["🎬 Video", "🎬 Video"]
    assert [len(dc.bot_says(thread)) for thread in opened(dc)] == [1, 1]


@pytest.mark.parametrize("before", [0, 1])
async def test_an_answer_before_the_server_is_known_finds_or_opens_the_thread(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, before: int
) -> None:
    async with running(dc, connected(dc, tmp_path, **ON), taken) as bot:
        request = await said(dc, taken, "go", Photo())
        if before:
            await bot.send(answer(request, "Got your photo."), None, "n-0")
    dc.guild.available = False
    async with running(dc, connected(dc, tmp_path, **ON), taken) as bot:
        await bot.send(answer(request, "Here is your video!"), None, "n-1")
    assert len(dc.bot_says(opened(dc)[0])) == before + 1
    assert not dc.bot_says()


async def test_a_name_that_the_moderation_dislikes_becomes_a_plain_one(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await said(dc, taken, "粗话 rude", Photo())
    dc.refuse(START, 400, 200000)
    await bot.send(answer(request, "Got your photo."), None, "n-1")
    assert [thread.name for thread in opened(dc)] == ["🎬 视频"]


async def test_a_thread_that_was_locked_or_deleted_leaves_the_channel(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    request = await said(dc, taken, "go", Photo())
    await bot.send(answer(request, "Got your photo."), None, "n-1")
    (thread,) = opened(dc)
    thread.locked = True
    await bot.send(answer(request, "Here is your video!"), None, "n-2")
    assert [message.content for message in dc.bot_says()] == ["Here is your video!"]
    assert dc.bot_says()[0].pings == {dc.asker.id}


def test_a_channel_that_admins_have_chosen_counts_for_its_threads() -> None:
    request = messages.said(
        "dc:m:1", "7", Address("discord", "9", "1/5"), space="1", parent="5", private=False
    )
    assert admitted(request, Limits(), Space(channels=("5",))).allowed
    assert not admitted(request, Limits(), Space(channels=("6",))).allowed
    assert not admitted(
        messages.changed(request, parent=""), Limits(), Space(channels=("5",))
    ).allowed


@pytest.mark.parametrize("wanted", [True, False])
async def test_the_invitation_asks_for_threads_only_where_they_are_wanted(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, wanted: bool
) -> None:
    with capture_logs() as logs:
        async with running(dc, connected(dc, tmp_path, **(ON if wanted else {})), taken):
            pass
    link = next(line["link"] for line in logs if "a server" in line["event"])
    permissions = int(parse_qs(urlsplit(link).query)["permissions"][0])
    assert bool(permissions & 1 << 35) is wanted


# The whole of it


async def test_a_photo_and_its_words_become_one_clip_in_one_thread(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path, **ON)
    adapter.edit_seconds = 0.0
    standin = quick_standin()
    async with standin.serving() as url, whole(tmp_path, url, adapter, GATHER_SECONDS="0.6"):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.says("", [Photo("a.jpg", photograph(480, 320))], mention=True)
        dc.says(
            "make a 2-second video", [Photo("b.jpg", photograph(320, 480, "red"))], mention=True
        )
        found = await dc.wait_for(
            lambda: [m for t in opened(dc) for m in dc.bot_says(t) if m.files]
        )
        (thread,) = opened(dc)
        assert found[0].channel is thread
        assert found[0].pings == {dc.asker.id}
        await dc.wait_for(lambda: dc.bot_says(thread) == found)
        assert "2 photos" in found[0].content
        assert not dc.bot_says()
        form = dc.presses(found[0], "✏️ Edit")
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {"words": "make it 3 seconds"})
        await dc.wait_for(lambda: len([m for m in dc.bot_says(thread) if m.files]) == 2)
