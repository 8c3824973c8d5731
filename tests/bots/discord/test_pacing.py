"""Discord is asked at most fifty times a second, and not at all after it has refused everything."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bots.discord.run import Discord
from bots.discord.run.pacing import MOST, Pacing
from core.adapter import Flooded, Reach
from tests.bots.discord.conftest import Taken, address, answer
from tests.servers.discord import FakeDiscord, Photo

POST = "POST /channels/{channel_id}/messages"


async def said(dc: FakeDiscord, taken: Taken) -> None:
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)


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
