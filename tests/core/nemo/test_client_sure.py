"""What changes or costs anything is asked for once this process is sure that it may; what only
looks waits for nothing."""

import asyncio
import itertools
from pathlib import Path

import pytest
from aiohttp import web

from core.nemo import wire
from core.nemo.client import NemoClient, UploadPart
from core.nemo.errors import Cut
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


@pytest.mark.parametrize("after", [0, 1, 5])
async def test_who_may_be_taken_for_dead_sends_nothing_more_of_an_upload(
    serve: Serve, tmp_path: Path, after: int
) -> None:
    """Frozen behind any piece of it; what was sent by then is taken in by nobody."""
    whole, pieces = list[bytes](), itertools.count()

    async def answer(request: web.Request) -> web.Response:
        whole.append(await request.read())
        return web.json_response({"code": 0, "data": {"files": []}})

    (tmp_path / "a").write_bytes(b"x" * 2_000_000)
    parts = [UploadPart(tmp_path / "a", f"7-{number}.jpg", "image/jpeg") for number in range(3)]
    client = NemoClient(await serve(answer), lives=lambda: next(pieces) < after)
    with pytest.raises(Cut):
        await client.upload(wire.upload_files("token", US, "s-1"), parts)
    await client.close()
    assert whole == []
    assert next(pieces) == after + 1, "nothing is asked for once more"
