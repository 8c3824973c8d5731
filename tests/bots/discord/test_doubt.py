"""Answers that got lost: nothing is posted twice without a word about it, whatever was cut, and
however late."""

from dataclasses import replace
from pathlib import Path

import pytest

from bots.discord.run import Discord
from core.adapter import Unclear, Unsent
from core.messages import Inbound, Video
from core.nemo.client import NemoClient
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.runtime import Runtime
from core.skills import load
from core.store import Post
from core.store.sqlite import SqliteStore
from core.vault import Vault
from tests.bots.discord.conftest import Taken, answer, connected, running
from tests.outgoing import altered, outgoing
from tests.servers.discord import Channel, FakeDiscord, Photo
from tests.world import settings_for

POST = "POST /channels/{channel_id}/messages"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
LINK = "https://media.example.com/clip.mp4"
TWICE = "In case"
LATE = 3600.0
"""Seconds after which no nonce is remembered any more."""


async def asked(
    dc: FakeDiscord, taken: Taken, place: Channel, installed: str = "guild", name: str = "video"
) -> Inbound:
    """A slash command whose deferred answer is filled already."""
    before = len(taken.inbounds)
    dc.slash(name, {}, [Photo()] if name == "video" else [], channel=place, installed=installed)
    await dc.wait_for(lambda: len(taken.inbounds) > before)
    return taken.last


def files(dc: FakeDiscord, place: Channel) -> list[bool]:
    """Of the messages with this result: which ones say that they may come twice."""
    return [
        TWICE in message.content
        for message in dc.bot_says(place)
        if "Here it is" in message.content
    ]


async def test_an_open_answer_in_a_server_has_a_nonce_and_comes_once(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, dc.general)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    dc.cut(POST)
    with pytest.raises(Unsent):
        await bot.send(answer(said, "Here it is!"), None, "n-2")
    await bot.send(answer(said, "Here it is!"), None, "n-2", again=True)
    assert files(dc, dc.general) == [False]


@pytest.mark.parametrize("way", ["mention", "slash", "direct"])
async def test_long_after_a_kill_the_channel_is_read_before_a_result_is_posted_again(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, way: str
) -> None:
    place = dc.dm if way == "direct" else dc.general
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        if way == "slash":
            said = await asked(dc, taken, place)
            await bot.send(answer(said, "Got your photo."), None, "n-1")
        else:
            dc.says("make a clip", channel=place, mention=way == "mention")
            said = (await dc.wait_for(lambda: taken.inbounds))[0]
        first = await bot.send(answer(said, "Here it is!", media=Video(LINK)), None, "n-2")
    dc.clock.advance(LATE)
    dc.says("time goes by", channel=place, mention=True)
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        assert (
            await bot.send(answer(said, "Here it is!", media=Video(LINK)), None, "n-2", again=True)
            == first
        )
        await bot.send(answer(said, "Here it is not!", media=Video(LINK)), None, "n-3", again=True)
    assert files(dc, place) == [False, False]


async def test_the_same_words_for_somebody_else_are_not_taken_for_the_answer(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, dc.general)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    await bot.send(answer(said, "Here it is!", user=str(dc.onlooker.id)), None, "n-2")
    await bot.send(answer(said, "Here it is!"), None, "n-3", again=True)
    assert [message.pings for message in dc.bot_says()[1:]] == [{dc.onlooker.id}, {dc.asker.id}]


@pytest.mark.parametrize(
    ("where", "name"), [("foreign", "video"), ("group", "video"), ("general", "credits")]
)
async def test_a_follow_up_that_may_come_twice_says_so(
    dc: FakeDiscord, bot: Discord, taken: Taken, where: str, name: str
) -> None:
    place = {"foreign": dc.foreign, "group": dc.group, "general": lambda: dc.general}[where]()
    said = await asked(dc, taken, place, "guild" if where == "general" else "user", name)
    await bot.send(answer(said, "One moment."), None, "n-1")
    dc.cut(FOLLOW_UP)
    with pytest.raises(Unclear):
        await bot.send(answer(said, "Here it is!"), None, "n-2")
    await bot.send(answer(said, "Here it is!"), None, "n-2", again=True)
    assert files(dc, place) == [False, True]


async def test_a_clip_that_only_the_command_lets_through_is_followed_up(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(bytes(11_000_000))
    dc.slash("video", {}, [Photo()], limit=20_000_000)
    await dc.wait_for(lambda: taken.inbounds)
    await bot.send(answer(taken.last, "Got your photo."), None, "n-1")
    large = Video(LINK, path=str(clip), bytes=11_000_000)
    await bot.send(answer(taken.last, "Here it is!", media=large), None, "n-2")
    assert len(dc.bot_says()[1].files) == 1
    assert not dc.calls(POST)


async def test_a_status_in_doubt_is_not_followed_up_twice(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, dc.foreign(), "user")
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    with pytest.raises(Unclear):
        await bot.send(
            answer(said, "Rendering", slot="job-2", silent=True), None, "n-2", again=True
        )


async def test_where_the_channel_is_closed_a_living_token_still_answers_there(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    said = await asked(dc, taken, dc.general)
    await bot.send(answer(said, "Got your photo."), None, "n-1")
    dc.forbid(dc.general, "send_messages")
    await bot.send(answer(said, "Here it is!"), None, "n-2")
    assert [message.content for message in dc.bot_says()[1:]] == [f"<@{dc.asker.id}> Here it is!"]


async def test_long_words_that_were_cut_off_in_the_middle_come_whole(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    words = "\n\n".join(f"{number} " + "word " * 180 for number in range(4))
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await asked(dc, taken, dc.general, name="privacy")
        dc.cut(FOLLOW_UP, times=9, done=False)
        with pytest.raises(Unclear):
            await bot.send(answer(said, words), None, "n-1")
    dc.faults.clear()
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await bot.send(answer(said, words), None, "n-1", again=True)
    assert [message.content.split()[0] for message in dc.bot_says()] == ["0", "0", "2"]
    assert TWICE in dc.bot_says()[-1].content


# The engine's half: killed between the send and its record


def runtime(store: SqliteStore, adapter: Discord, folder: Path) -> Runtime:
    settings = settings_for(folder, "http://127.0.0.1:9")
    vault = Vault([bytes(32)])
    nemo = NemoClient(settings.nemo_api_url)
    return Runtime(
        store,
        nemo,
        vault,
        settings,
        load(),
        "test",
        {"discord": adapter},
        folder,
        lambda: 1e9,
        lambda: "id",
    )


async def killed_between(
    dc: FakeDiscord, taken: Taken, folder: Path, place: Channel, installed: str
) -> None:
    """A result is posted, and the process dies before that is written down; the next one takes it
    up again."""
    store = await SqliteStore.open(folder / "bot.sqlite")
    async with running(dc, connected(dc, folder), taken) as bot:
        said = await asked(dc, taken, place, installed)
        await bot.send(answer(said, "Got your photo."), None, "n-1")
        ticket = said.ticket and replace(
            said.ticket, secret=Vault([bytes(32)]).seal(said.ticket.secret)
        )
        result = altered(answer(said, "Here it is!"), ticket=ticket)
        await store.post(result, 1e9)
        post = await unrecorded(store)
        await bot.send(answer(said, "Here it is!"), None, f"{store.id}-{post.id}"[:25])
    await store.close()
    store = await SqliteStore.open(folder / "bot.sqlite")
    async with running(dc, connected(dc, folder), taken) as bot:
        post = await unrecorded(store)
        assert post.claims == 2
        await hand_out(runtime(store, bot, folder), post)
    assert await store.claim_post(2e9) is None
    await store.close()


async def unrecorded(store: SqliteStore) -> Post:
    post = await store.claim_post(1e9)
    assert post is not None
    return post


@pytest.mark.parametrize(("where", "marks"), [("general", [False]), ("foreign", [False, True])])
async def test_a_kill_between_the_send_and_its_record(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, where: str, marks: list[bool]
) -> None:
    place = dc.general if where == "general" else dc.foreign()
    await killed_between(dc, taken, tmp_path, place, "guild" if where == "general" else "user")
    assert files(dc, place) == marks


async def test_a_ticket_sealed_with_another_key_opens_nothing_and_shows_nothing_in_public(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    store = await SqliteStore.open(tmp_path / "bot.sqlite")
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        said = await asked(dc, taken, dc.general, name="credits")
        assert said.ticket is not None
        lost = replace(said.ticket, secret=Vault([bytes(31) + b"x"]).seal(said.ticket.secret))
        await store.post(
            outgoing(said.address, "Here it is: 900", ticket=lost, user=said.user), 1e9
        )
        await hand_out(runtime(store, bot, tmp_path), await unrecorded(store))
    await store.close()
    assert files(dc, dc.general) == []
    assert files(dc, dc.dm) == [False]
