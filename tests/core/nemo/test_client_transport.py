"""What a line does that only a plain socket can show: whether anything left this machine is known
by whether there was a connection, whatever the library below calls its failure."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from core.connections import Transport
from core.nemo.client import NemoClient, Patience, UploadPart
from core.nemo.client.files import peer
from core.nemo.errors import Cut, NotSent
from core.nemo.wire import Call
from tests.core.nemo.conftest import Connect, Serve
from tests.process import until

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
POST = Call("session", "POST", "/s", (), {"words": "once"})
LARGE = Call("render", "POST", "/r", (), {"draft": "x" * 30_000_000})


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[str]:
    """A server that does as `talk` says with each connection; its address."""
    lines: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        await talk(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for line in lines:
            line.close()


async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take the connection, and neither read nor say anything."""
    writer.transport.pause_reading()  # type: ignore[attr-defined]


async def request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.partition(b":")[2])
        for line in head.splitlines()
        if line.lower().startswith(b"content-length")
    )
    return head + await reader.readexactly(length)


async def test_a_secure_line_that_is_never_agreed_on_was_never_sent_anything(
    connect: Connect,
) -> None:
    async with listening(nothing) as server:
        client = connect(f"https://{server}", patience=Patience(connect=0.05))
        with pytest.raises(NotSent):
            await client.send(POST)


async def test_plain_words_where_a_secure_line_should_be_were_sent_nothing(
    connect: Connect,
) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(OK)

    async with listening(say) as server:
        with pytest.raises(NotSent):
            await connect(f"https://{server}").send(POST)


@pytest.mark.parametrize("files", [True, False])
async def test_a_line_that_takes_nothing_more_leaves_it_unclear(
    files: bool, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "large.mp4").write_bytes(b"x" * 30_000_000)
    part = UploadPart(tmp_path / "large.mp4", "large.mp4", "video/mp4")
    async with listening(nothing) as server:
        client = connect(f"http://{server}", patience=Patience(write=0.05))
        upload = client.upload(Call("upload", "POST", "/u", ()), [part])
        with pytest.raises(Cut, match="WriteTimeout"):
            await (upload if files else client.send(LARGE))
        upload.close()


async def test_a_large_call_arrives_in_one_piece_with_its_length(connect: Connect) -> None:
    found: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.append(await request(reader))
        writer.write(OK)

    async with listening(talk) as server:
        assert await connect(f"http://{server}").send(LARGE) == {}
    head, _, body = found[0].partition(b"\r\n\r\n")
    assert b"chunked" not in head.lower()
    assert body.count(b"x") == 30_000_000


@pytest.mark.parametrize("answered", [True, False])
async def test_a_kept_line_that_dies_under_a_paid_call_leaves_it_unclear_and_is_not_taken_twice(
    answered: bool, connect: Connect
) -> None:
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await request(reader))
        writer.write(OK)
        asked.append(await request(reader))
        if answered:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
        writer.close()

    async with listening(talk) as server:
        client = connect(f"http://{server}")
        assert await client.send(POST) == {}
        with pytest.raises(Cut):
            await client.send(POST)
    assert len(asked) == 2


async def test_what_is_no_http_leaves_it_unclear(connect: Connect) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        writer.close()

    async with listening(talk) as server:
        with pytest.raises(Cut):
            await connect(f"http://{server}").send(POST)


async def test_a_line_that_the_server_has_closed_meanwhile_is_not_used_again(
    connect: Connect,
) -> None:
    gone = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(OK)
        writer.close()
        await writer.wait_closed()
        gone.set()

    async with listening(talk) as server:
        client = connect(f"http://{server}")
        for _ in range(2):
            assert await client.send(POST) == {}
            await gone.wait()
            gone.clear()
            await asyncio.sleep(0)


async def test_the_other_end_is_known_also_where_the_answer_is_over_at_once(
    serve: Serve,
) -> None:
    async def empty(request: web.Request) -> web.StreamResponse:
        return web.Response()

    async with (
        httpx.AsyncClient(transport=Transport()) as client,
        client.stream("GET", await serve(empty)) as response,
    ):
        assert peer(response) == ["127.0.0.1"]


async def test_turns_under_way_take_no_place_of_a_short_call(
    serve: Serve, connect: Connect
) -> None:
    under_way, leave = asyncio.Semaphore(0), asyncio.Event()

    async def work(request: web.Request) -> web.StreamResponse:
        if request.path == "/run_sse":
            under_way.release()
            await leave.wait()
        return web.json_response({})

    client = connect(await serve(work), connections=1, patience=Patience(pool=5))
    turns = [asyncio.ensure_future(_turn(client)) for _ in range(3)]
    for _ in turns:
        await under_way.acquire()
    assert await client.send(POST) == {}
    leave.set()
    await asyncio.gather(*turns, return_exceptions=True)


async def _turn(client: NemoClient) -> None:
    async def heard(words: str) -> None:
        pass

    await client.turn(Call("run_sse", "POST", "/run_sse", (), {}), heard)


async def test_what_came_just_before_a_line_broke_is_read() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
        await writer.drain()
        writer.close()

    transport, said = Transport(), bytearray()

    async def read(answer: httpx.Response) -> None:
        async for piece in answer.aiter_bytes():
            said.extend(piece)

    async with listening(talk) as server:
        answer = await transport.handle_async_request(httpx.Request("GET", f"http://{server}"))
        content = answer.stream._answer.content  # type: ignore[union-attr]
        await until(lambda: content.exception() is not None)  # nobody reads before that
        with pytest.raises(httpx.TransportError):
            await read(answer)
        await answer.aclose()
    await transport.aclose()
    assert bytes(said) == b"hello"
