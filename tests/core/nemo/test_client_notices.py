"""What the client notices beside the words: silence, the first timeline, and whether a link still
works."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bots.sandbox.standin.faults import HEARTBEATS
from core.nemo.client import Patience
from core.nemo.client.responses import Watched
from core.nemo.errors import BadRequest, Busy, Cut, NemoError, Trouble
from core.nemo.values import dumps
from tests.core.nemo.conftest import Connect, Serve
from tests.core.nemo.test_client import STREAM, TURN, says, unheard

DRAFT = {"t": [{"tt": 0, "sg": [{"d": 1000}]}]}


def shows(draft: object) -> bytes:
    """A tool's result that changes the timeline."""
    return (
        b"data: "
        + dumps({"content": {"role": "user"}, "actions": {"stateDelta": {"draft": draft}}})
        + b"\n\n"
    )


@pytest.mark.parametrize("beat", HEARTBEATS.values(), ids=HEARTBEATS)
async def test_nothing_but_heartbeats_is_noticed_once(
    beat: str, serve: Serve, connect: Connect
) -> None:
    noticed: list[str] = []
    long_enough = asyncio.Event()

    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        while not long_enough.is_set():
            await response.write(beat.encode())
            await asyncio.sleep(0.01)
        await response.write(says("done"))
        return response

    async def quiet() -> None:
        noticed.append("quiet")
        asyncio.get_running_loop().call_later(0.25, long_enough.set)

    end = await connect(await serve(turn), patience=Patience(quiet=0.1)).turn(
        TURN, unheard, quiet=quiet
    )

    assert noticed == ["quiet"]
    assert end.text == "done", "the stream was kept open"


async def test_events_keep_the_silence_away(serve: Serve, connect: Connect) -> None:
    noticed: list[str] = []

    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        for number in range(30):
            await response.write(b"data: " + dumps({"id": str(number)}) + b"\n\n")
            await asyncio.sleep(0.05)
        return response

    async def quiet() -> None:
        noticed.append("quiet")

    await connect(await serve(turn), patience=Patience(quiet=1.0)).turn(TURN, unheard, quiet=quiet)

    assert noticed == []


async def test_the_first_timeline_is_noticed_once_even_without_a_word(
    serve: Serve, connect: Connect
) -> None:
    noticed: list[str] = []

    async def turn(request: web.Request) -> web.StreamResponse:
        frames = shows({"t": []}) + shows(DRAFT) + shows({**DRAFT, "d": 2}) + says("more")
        return web.Response(body=frames, headers=STREAM)

    async def heard(text: str) -> None:
        noticed.append(text)

    async def drafted() -> None:
        noticed.append("drafted")

    await connect(await serve(turn)).turn(TURN, heard, drafted=drafted)

    assert noticed == ["drafted", "more"]


@pytest.mark.parametrize(
    ("status", "kind", "body", "error"),
    [
        (200, "video/mp4", b"", Trouble),
        (200, "text/html", b"<html>", Trouble),
        (403, "application/xml", b"<Error/>", BadRequest),
        (404, "text/plain", b"", BadRequest),
        (416, "text/plain", b"", BadRequest),
        (429, "text/plain", b"", Busy),
        (503, "text/plain", b"", Trouble),
    ],
)
async def test_a_dead_link_is_found_out(
    status: int,
    kind: str,
    body: bytes,
    error: type[NemoError],
    serve: Serve,
    connect: Connect,
    tmp_path: Path,
) -> None:
    async def file(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers={"Content-Type": kind})

    url = await serve(file)

    with pytest.raises(NemoError) as caught:
        await connect(url).download(f"{url}/x.mp4", tmp_path / "file", 10**6)

    assert type(caught.value) is error


async def test_a_link_to_a_host_that_hangs_up_is_unclear(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def file(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    url = await serve(file)

    with pytest.raises(Cut):
        await connect(url).download(f"{url}/x.mp4", tmp_path / "file", 10**6)


async def test_silence_is_not_told_of_again_while_it_is_being_told_of() -> None:
    told, over, later, times = asyncio.Event(), asyncio.Event(), asyncio.Event(), 0

    async def quiet() -> None:
        nonlocal times
        times += 1
        told.set()
        await over.wait()

    async with Watched(quiet, 0.001) as stirred:
        await told.wait()
        told.clear()
        stirred()
        asyncio.get_running_loop().call_later(0.02, later.set)
        await later.wait()
        assert times == 1
        over.set()
        await told.wait()
    assert times == 2
