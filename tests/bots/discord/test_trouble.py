"""What the line and Discord itself do to an adapter: each kind of failure in the words of the
port."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bots.discord.commands import read
from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning import Blocked, Disliked, TooBig
from bots.discord.run import Discord
from core.adapter import FileGone, Flooded, Refused, Unclear, Unsent
from core.messages import Attachment, Button, Command
from tests.bots.discord.conftest import Taken, answer, connected, running
from tests.servers.discord import FakeDiscord, Photo

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
POST = "POST /channels/{channel_id}/messages"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}
    response = SimpleNamespace(status=status, reason="")
    return kinds.get(status, discord.HTTPException)(response, {"code": code, "message": ""})


CONNECTOR = aiohttp.ClientConnectorError(SimpleNamespace(host="", port=0, ssl=None), OSError())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "once", "again"),
    [
        (refusal(413), TooBig, TooBig),
        (refusal(400, 40005), TooBig, TooBig),
        (refusal(400, 200000), Disliked, Disliked),
        (refusal(401, 50027), Blocked, Blocked),
        (refusal(403, 50013), Blocked, Blocked),
        (refusal(404, 10008), Blocked, Blocked),
        (refusal(400, 40094), Blocked, Blocked),
        (refusal(400, 50083), Blocked, Blocked),
        (refusal(400, 50035), Refused, Refused),
        (refusal(429), Flooded, Flooded),
        (discord.RateLimited(99), Flooded, Flooded),
        (refusal(503), Unclear, Unsent),
        (CONNECTOR, Unsent, Unsent),
        (aiohttp.ServerDisconnectedError(), Unclear, Unsent),
        (ConnectionResetError(), Unclear, Unsent),
        (TimeoutError(), Unclear, Unsent),
    ],
)
def test_every_failure_has_one_meaning(
    raised: Exception, once: type[Exception], again: type[Exception]
) -> None:
    for repeatable, meaning in ((False, once), (True, again)):
        with pytest.raises(meaning) as seen, translated(repeatable=repeatable):
            raise raised
        assert seen.value.__cause__ is None, "a cause could show a link with a token in it"


async def said_by(dc: FakeDiscord, taken: Taken) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)


@pytest.mark.parametrize(("status", "kind"), [(503, Unsent), (429, Flooded)])
async def test_a_busy_discord_is_asked_again_later(
    dc: FakeDiscord, bot: Discord, taken: Taken, status: int, kind: type[Exception]
) -> None:
    await said_by(dc, taken)
    dc.refuse(POST, status)
    with pytest.raises(kind):
        await bot.send(answer(taken.last, "words"), None, "n-1")
    await bot.send(answer(taken.last, "words"), None, "n-1")
    assert [message.content for message in dc.bot_says()] == ["words"]


async def test_a_toast_on_a_dead_token_is_no_failure(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.slash("help")
    await dc.wait_for(lambda: taken.inbounds)
    dc.refuse(FOLLOW_UP, 404, 10015)
    assert await bot.send(answer(taken.last, "no", toast=True), None, "n-1") == ""


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_a_deferred_answer_that_somebody_deleted_is_followed_up(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, method: str
) -> None:
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        dc.slash("video", {}, [Photo()])
        await dc.wait_for(lambda: taken.inbounds)
        if method == "DELETE":
            dc.deletes(dc.bot_says()[0])
            await bot.send(answer(taken.last, "Only you", discreet=True), None, "n-1")
    if method == "GET":
        dc.deletes(dc.bot_says()[0])
        async with running(dc, connected(dc, tmp_path), taken) as bot:
            await bot.send(answer(taken.last, "Got it."), None, "n-1")
    assert len(dc.bot_says()) == 1


async def test_a_message_that_lost_its_file_says_so(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    message = dc.says("make a clip", [Photo()], mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    message.stored.clear()
    with pytest.raises(FileGone):
        await bot.fetch(taken.last.attachments[0], tmp_path)


async def test_a_reference_waits_for_the_connection(dc: FakeDiscord, tmp_path: Path) -> None:
    with pytest.raises(Unsent):
        await connected(dc, tmp_path).fetch(Attachment("discord:1/2/3"), tmp_path)


@pytest.mark.parametrize(("times", "count"), [(2, 1), (6, 0)])
async def test_a_download_that_fails_is_tried_three_times(
    dc: FakeDiscord, bot: Discord, taken: Taken, times: int, count: int
) -> None:
    dc.fail_downloads = times
    dc.slash("video", {"prompt": "go"}, [Photo("a.jpg"), Photo("b.jpg")])
    await dc.wait_for(lambda: dc.bot_says() and (taken.inbounds or not dc.bot_says()[0].thinking))
    assert len(taken.inbounds) == count
    assert ("once more" in dc.bot_says()[0].content) == (count == 0)


async def test_nothing_stays_of_files_that_came_only_in_part(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.slash("video", {}, [Photo("a.jpg"), Photo("b.jpg")])
    next(file for file in dc.world.files.values() if file.photo.name == "b.jpg").gone = True
    await dc.wait_for(lambda: dc.bot_says() and not dc.bot_says()[0].thinking)
    assert list((tmp_path / "spool").iterdir()) == []


async def test_saved_files_that_nobody_released_go_after_a_week(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken):
        dc.slash("video", {}, [Photo("old.jpg")])
        await dc.wait_for(lambda: taken.inbounds)
        dc.slash("video", {}, [Photo("new.jpg")])
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    old, new = (
        tmp_path / "spool" / said.attachments[0].ref.removeprefix("spool:")
        for said in taken.inbounds
    )
    os.utime(old, (time.time() - 8 * 24 * 3600,) * 2)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: not old.exists())
    assert list((tmp_path / "spool").iterdir()) == [new]


async def test_a_photo_that_was_answered_but_cannot_be_saved_is_asked_for(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    photo = dc.says("my dog", [Photo()], user=dc.onlooker)
    photo.files[0].gone = True
    dc.says("animate this", mention=True, reply_to=photo)
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.text, taken.last.attachments) == ("animate this", ())


async def test_a_press_that_the_core_could_not_store_is_answered_for_that_person(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said_by(dc, taken)
    await bot.send(
        answer(taken.last, "Done", buttons=((Button("Again", Command.AGAIN, 1),),)), None, "n-1"
    )
    taken.trouble = OSError("disk full")
    dc.presses(dc.bot_says()[0], "Again", user=dc.onlooker)
    await dc.wait_for(lambda: len(dc.bot_says()) == 2)
    assert (dc.bot_says()[1].only_for, dc.bot_says()[0].content) == (dc.onlooker, "Done")


async def test_a_login_button_opens_the_form_for_the_token(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said_by(dc, taken)
    await bot.send(
        answer(taken.last, "Log in?", buttons=((Button("Log in", Command.LOGIN),),)), None, "n-1"
    )
    form = dc.presses(dc.bot_says()[0], "Log in", locale="zh-CN")
    await dc.wait_for(lambda: form.modal)
    assert form.modal is not None
    assert form.modal["title"] == "你的 NemoVideo 账号"


@pytest.mark.parametrize("what", ["slash", "form", "excuse", "apology", "hint"])
async def test_an_answer_that_cannot_be_given_stops_nothing(
    dc: FakeDiscord, bot: Discord, taken: Taken, what: str
) -> None:
    await said_by(dc, taken)
    dc.slash("help")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(answer(taken.last, "Help"), None, "n-1")
    match what:
        case "slash":
            dc.cut(CALLBACK, times=2, done=False)
            dc.slash("status")
        case "form":
            dc.refuse(CALLBACK, 404, 10062)
            dc.slash("video")
        case "excuse":
            dc.refuse(CALLBACK, 404, 10062)
            dc.menu("Make a video", dc.sees()[0])
        case "apology":
            taken.trouble = OSError("disk full")
            dc.refuse(f"PATCH {ORIGINAL}", 404, 10008)
            dc.slash("status")
        case "hint":
            dc.forbid(dc.general, "send_messages")
            dc.says("and now?", reply_to=dc.bot_says()[0])
    await dc.wait_for(lambda: all(fault.times == 0 for fault in dc.faults))
    taken.trouble = None
    dc.says("still there?", channel=dc.dm)
    await dc.wait_for(lambda: taken.last.text == "still there?")


def test_a_form_of_another_making_is_not_read() -> None:
    assert read({"custom_id": "survey", "components": []}) is None


async def test_a_form_of_another_making_is_answered_with_words(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    form = dc.slash("video")
    await dc.wait_for(lambda: form.modal)
    assert form.modal is not None
    form.modal["custom_id"] = "v0:video"
    dc.submits(form)
    await dc.wait_for(lambda: dc.bot_says())
    assert "/help" in dc.bot_says()[0].content
    assert not taken.inbounds


async def test_in_a_channel_that_is_not_known_the_first_rights_are_named(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said_by(dc, taken)
    hidden = dc.world.new_channel(0, "hidden", guild=dc.guild, denied={"view_channel"})
    place = answer(taken.last, "Here it is!").address
    message = answer(
        taken.last, "Here it is!", address=type(place)(place.platform, str(hidden.id), place.thread)
    )
    await bot.send(message, None, "n-1")
    assert "View Channel, Send Messages" in dc.bot_says(dc.dm)[0].content


async def test_typing_that_is_not_allowed_is_not_tried_again(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said_by(dc, taken)
    dc.refuse("POST /channels/{channel_id}/typing", 403, 50013)
    await bot.send(
        answer(taken.last, "Creating …", slot="job-1", silent=True, working=True), None, "n-1"
    )
    await dc.wait_for(lambda: len(dc.calls("POST /channels/{channel_id}/typing")) == 1)
    dc.clock.advance(9)
    dc.says("hello", channel=dc.dm)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    await bot.send(answer(taken.last, "…", slot="job-2", silent=True, working=True), None, "n-2")
    await dc.wait_for(lambda: dc.dm.typing)
    assert not dc.general.typing


async def test_buttons_are_not_kept_in_memory(dc: FakeDiscord, bot: Discord, taken: Taken) -> None:
    await said_by(dc, taken)
    await bot.send(
        answer(taken.last, "Done", buttons=((Button("Again", Command.AGAIN, 1),),)), None, "n-1"
    )
    client = bot._delivery.client
    assert client is not None
    assert not client.persistent_views


@pytest.mark.parametrize(
    ("kind", "expected"), [("post", Unsent), ("edit", Unsent), ("follow-up", Unclear)]
)
async def test_a_page_in_place_of_discords_answer_is_trouble_on_the_line(
    dc: FakeDiscord, bot: Discord, taken: Taken, kind: str, expected: type[Exception]
) -> None:
    place = dc.foreign() if kind == "follow-up" else dc.general
    if kind == "follow-up":
        dc.slash("video", {}, [Photo()], channel=place, installed="user")
    else:
        dc.says("make a clip", channel=place, mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    posted = await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    dc.answer_page("*", "<h1>Welcome to the hotel's network</h1>")
    with pytest.raises(expected):
        await bot.send(answer(taken.last, "Here it is!"), posted if kind == "edit" else None, "n-2")
