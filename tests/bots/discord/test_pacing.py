"""Discord is asked at most fifty times a second, and not at all after it has refused everything."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bots.discord.run import Discord
from bots.discord.run.pacing import ALL_PAUSE, MOST, NEARLY_SHUT_OUT, REST, Pacing
from core.adapter import Flooded, Reach
from tests.backend import quick_standin
from tests.bots.discord.conftest import Taken, address, answer, connected
from tests.outgoing import altered, outgoing
from tests.servers.discord import FakeDiscord, Photo
from tests.world import bot as whole
from tests.world import photo

POST = "POST /channels/{channel_id}/messages"


async def said(dc: FakeDiscord, taken: Taken) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)


def ended(database: Path) -> int:
    """Requests that have come to their end."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT COUNT(*) FROM jobs WHERE state != 'open'").fetchone()[0])


async def test_a_burst_of_posts_keeps_to_the_limit_of_all_requests(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said(dc, taken)
    before, places = (
        len(dc.requests),
        [dc.world.new_channel(0, f"c{n}", guild=dc.guild) for n in range(MOST + 20)],
    )
    loop, times = asyncio.get_running_loop(), list[float]()

    async def post(number: int) -> None:
        words = outgoing(address(places[number]), "words", user=taken.last.user)
        await bot.send(words, None, f"n-{number}")
        times.append(loop.time())

    begun = loop.time()
    await asyncio.gather(*(post(number) for number in range(len(places))))
    assert len(dc.requests) - before == len(places)
    assert sum(when < begun + 1.0 for when in times) <= MOST


async def test_after_a_long_global_refusal_nothing_is_asked_but_interactions(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    await said(dc, taken)
    dc.refuse(POST, 429, seconds=90.0, everywhere=True)
    with pytest.raises(Flooded):
        await bot.send(answer(taken.last, "one"), None, "n-1")
    asked = len(dc.calls(POST))
    with pytest.raises(Flooded) as flooded:
        await bot.send(answer(taken.last, "two"), None, "n-2")
    assert flooded.value.reach is Reach.EVERYWHERE
    assert 0 < flooded.value.seconds <= ALL_PAUSE, "however long it is, it is asked again"
    assert len(dc.calls(POST)) == asked
    use = dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: use.answered)


@pytest.mark.parametrize("seconds", [10.0, 3600.0])
async def test_a_pause_of_one_channel_is_told_at_once_and_holds_nobody_else(
    dc: FakeDiscord, bot: Discord, taken: Taken, seconds: float
) -> None:
    await said(dc, taken)
    slow, other = (dc.world.new_channel(0, name, guild=dc.guild) for name in ("slow", "other"))
    words = answer(taken.last, "words")
    dc.refuse(POST, 429, seconds=seconds)
    with pytest.raises(Flooded) as flooded:
        await bot.send(altered(words, address=address(slow), reply_to=""), None, "n-1")
    assert (flooded.value.seconds, flooded.value.reach) == (seconds, Reach.CHAT)
    assert await bot.send(altered(words, address=address(other), reply_to=""), None, "n-2")


async def test_only_requests_to_the_api_are_counted(dc: FakeDiscord, tmp_path: Path) -> None:
    loop, begun = asyncio.get_running_loop(), asyncio.get_running_loop().time()
    async with aiohttp.ClientSession(trace_configs=[Pacing(1).trace]) as session:
        for path in ("/attachments/1/2/a.jpg", "/attachments/1/2/b.jpg", "/api/v10/gateway/bot"):
            async with session.get(f"{dc.rest.base}{path}") as found:
                await found.read()
        assert loop.time() - begun < 0.9
        async with session.get(f"{dc.api_url}/gateway/bot") as found:
            assert found.status == 200
        assert loop.time() - begun > 0.9


@dataclass
class Answering:
    """A session whose requests are answered as the test says, and how many of them came through."""

    http: aiohttp.ClientSession
    base: str
    status: int = 403
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "{}"
    asked: list[str] = field(default_factory=list)

    async def ask(self, path: str) -> None:
        async with self.http.get(f"{self.base}/api/v10{path}") as found:
            await found.text()


@asynccontextmanager
async def answering(pacing: Pacing) -> AsyncIterator[Answering]:
    here: Answering

    async def answer(request: web.Request) -> web.Response:
        here.asked.append(request.path.removeprefix("/api/v10"))
        return web.Response(
            status=here.status,
            text=here.body,
            headers=here.headers,
            content_type="application/json",
        )

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession(trace_configs=[pacing.trace]) as http,
    ):
        here = Answering(http, str(server.make_url("")).rstrip("/"))
        yield here


async def test_after_too_many_refusals_the_channels_that_refused_rest_and_others_go_on() -> None:
    async with answering(Pacing(most_invalid=3)) as here:
        for channel in (1, 2, 2):
            await here.ask(f"/channels/{channel}/messages")
        for channel in (1, 2):
            with pytest.raises(Flooded) as flooded:
                await here.ask(f"/channels/{channel}/messages")
            assert flooded.value.reach is Reach.CHAT
        here.status = 200
        await here.ask("/channels/3/messages")
        await here.ask("/users/@me/channels")
    assert here.asked[3:] == ["/channels/3/messages", "/users/@me/channels"]


async def test_before_the_address_is_shut_out_nothing_is_asked_for_some_seconds() -> None:
    async with answering(Pacing(most_invalid=3)) as here:
        for channel in range(3 * NEARLY_SHUT_OUT):
            await here.ask(f"/channels/{channel}/messages")
        with pytest.raises(Flooded) as flooded:
            await here.ask("/channels/999/messages")
        assert flooded.value.reach is Reach.EVERYWHERE
        assert flooded.value.seconds <= ALL_PAUSE
    assert len(here.asked) == 3 * NEARLY_SHUT_OUT


async def test_a_limit_that_a_channel_shares_with_other_bots_is_no_refusal_of_ours() -> None:
    async with answering(Pacing(most_invalid=2)) as here:
        here.status, here.headers = 429, {"X-RateLimit-Scope": "shared", "Retry-After": "1"}
        for _ in range(5):
            await here.ask("/channels/1/messages")
    assert len(here.asked) == 5


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Retry-After": "40"}, "{}", (40.0, Reach.CHAT)),
        ({"Retry-After": "3600"}, "<html>", (REST, Reach.CHAT)),
        ({"Retry-After": "3600"}, '{"retry_after": 3600.5}', (3600.5, Reach.CHAT)),
        ({"Retry-After": "40"}, '{"retry_after": 40, "global": "yes"}', (40.0, Reach.CHAT)),
        ({"Retry-After": "40", "X-RateLimit-Global": "true"}, "{}", (ALL_PAUSE, Reach.EVERYWHERE)),
        ({"Retry-After": "40", "X-RateLimit-Global": "false"}, "[]", (40.0, Reach.CHAT)),
        ({}, '{"retry_after": 40, "global": true}', (ALL_PAUSE, Reach.EVERYWHERE)),
        ({"Retry-After": "3"}, '{"retry_after": 3, "global": true}', None),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, "", None),
        ({"Retry-After": "nan"}, "<html>", None),
        ({}, '{"retry_after": [1]}', None),
        ({}, '{"retry_after": 1e999}', None),
    ],
)
async def test_only_what_discord_calls_global_is_a_pause_of_everything(
    headers: dict[str, str], body: str, expected: tuple[float, Reach] | None
) -> None:
    async with answering(Pacing()) as here:
        here.status, here.headers, here.body = 429, headers, body
        if expected is None:
            await here.ask("/channels/1/messages")
            return
        with pytest.raises(Flooded) as flooded:
            await here.ask("/channels/1/messages")
    assert (flooded.value.seconds, flooded.value.reach) == expected


async def test_a_request_in_a_channel_that_is_closed_to_the_bot_is_refused_only_a_few_times(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    dc.forbid(dc.general, "send_messages")
    asker = dc.world.new_person("Closed", open=False)
    async with (
        quick_standin().serving() as url,
        whole(tmp_path, url, connected(dc, tmp_path)),
    ):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.says("a 2-second video", [Photo(data=photo())], user=asker, mention=True)
        await dc.wait_for(lambda: ended(tmp_path / "bot.sqlite"))
    refused = [call for call in dc.requests if call.status in (401, 403, 429)]
    assert 0 < len(refused) <= 12, [call.route for call in refused]
