"""What changes or costs anything is asked for once this process is sure that it may; what only
looks waits for nothing."""

import asyncio

from aiohttp import web

from core.nemo import wire
from core.nemo.client import NemoClient
from tests.core.nemo.conftest import Serve

US = wire.Attribution("skill", "1", "platform")


async def test_what_costs_waits_until_it_may_and_what_looks_does_not(serve: Serve) -> None:
    asked, may, waits = list[str](), asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.method)
        return web.json_response({"code": 0, "data": {}})

    async def before() -> None:
        waits.set()
        await may.wait()

    client = NemoClient(await serve(answer), before=before)
    paid = asyncio.create_task(client.send(wire.create_session("token", US, "en")))
    await waits.wait()
    await client.send(wire.credits("token", US))
    assert asked == ["GET"]
    may.set()
    await paid
    assert asked == ["GET", "POST"]
    await client.close()
