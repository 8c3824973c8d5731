"""Discord is asked at most fifty times a second, and not at all after it has refused everything."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bots.discord.run import Discord
from bots.discord.run.pacing import MOST, Pacing
from core.adapter import Flooded, Reach
from core.standin.app import StandIn
from tests.bots.discord.conftest import Taken, address, answer, connected
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


async def test_a_burst_of_posts_keeps_to_the_limit_of_all_requests(dc: FakeDiscord, bot: Discord, taken: Taken) -> None:
    await said(dc, taken)
    before, places = len(dc.requests), [dc.world.new_channel(0, f"c{n}", guild=dc.guild) for n in range(MOST + 20)]
    loop, times = asyncio.get_running_loop(), list[float]()

    async def post(number: int) -> None:
        words = answer(taken.last, "words")
        await bot.send(type(words)(address(places[number]), "words", user=taken.last.user), None, f"n-{number}")
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
    assert 80 < flooded.value.seconds <= 90
    assert len(dc.calls(POST)) == asked
    use = dc.slash("video", {"prompt": "go"}, [Photo()])
    await dc.wait_for(lambda: use.answered)


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


async def test_after_too_many_refusals_nothing_is_asked_for_a_while(dc: FakeDiscord) -> None:
    async with aiohttp.ClientSession(trace_configs=[Pacing(most_invalid=3).trace]) as session:

        async def refused() -> int:
            async with session.get(f"{dc.api_url}/users/@me") as found:
                return found.status

        assert [await refused() for _ in range(3)] == [401, 401, 401]
        for _ in range(2):
            with pytest.raises(Flooded) as flooded:
                await refused()
            assert flooded.value.reach is Reach.EVERYWHERE
        assert 50 < flooded.value.seconds <= 60
    assert len(dc.calls("GET /users/@me")) == 3


async def test_a_request_in_a_channel_that_is_closed_to_the_bot_is_refused_only_a_few_times(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    dc.forbid(dc.general, "send_messages")
    asker = dc.world.new_person("Closed", open=False)
    async with StandIn(video_height=90, speed=0).serving() as url, whole(tmp_path, url, connected(dc, tmp_path)):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.says("a 2-second video", [Photo(data=photo())], user=asker, mention=True)
        await dc.wait_for(lambda: ended(tmp_path / "bot.sqlite"), 60)
    refused = [call for call in dc.requests if call.status in (401, 403, 429)]
    assert 0 < len(refused) <= 12, [call.route for call in refused]
