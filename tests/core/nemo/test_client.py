"""The client against a server on a socket that can refuse, lie, drip, reset and hang up."""

import asyncio
import gzip
import hashlib
import json
import logging
import socket
import ssl
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from aiohttp import BodyPartReader, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from core.nemo import errors, wire
from core.nemo.client import NemoClient, Patience, UploadPart
from core.nemo.client import responses as limits
from core.nemo.client.files import an_address, save
from core.nemo.errors import (
    BadRequest,
    Busy,
    Cut,
    FileTooLarge,
    NemoError,
    NoCredits,
    NotSent,
    TokenRejected,
    Trouble,
)
from core.nemo.stream import TurnCut, TurnEnd
from core.nemo.values import dumps
from tests.core.nemo.conftest import Connect, Serve

SKILL = wire.Attribution("best-image-to-video-ai", "1.0.0", "unknown")
TOKEN = "nmv_usr_Top-Secret"
TURN = wire.run_sse(TOKEN, SKILL, "s-1", "make it move")
STATE = wire.state(TOKEN, SKILL, "s-1")
UPLOAD = wire.upload_files(TOKEN, SKILL, "s-1")
DOWNLOAD = wire.render_download(TOKEN, SKILL, "render_1")
STREAM = {"Content-Type": "text/event-stream"}
VIDEO = bytes(range(256)) * 20_000

Reset = Callable[[web.Request], None]


async def unheard(text: str) -> None:
    """For turns whose words do not matter."""


def says(text: str) -> bytes:
    return b"data: " + dumps({"content": {"parts": [{"text": text}]}}) + b"\n\n"


async def ok(request: web.Request) -> web.StreamResponse:
    return web.json_response({"code": 0, "data": {}})


# Plain calls


@pytest.mark.parametrize(
    "call",
    [
        wire.anonymous_token("c-1", SKILL),
        wire.create_session(TOKEN, SKILL, "en"),
        wire.upload_urls(TOKEN, SKILL, "s-1", ["https://a.example/1.jpg"]),
        wire.credits(TOKEN, SKILL),
        STATE,
        wire.render_start(
            TOKEN, SKILL, "s-1", "render_1", {"t": [], "x": 9007199254740993, "y": "\u2028é\ud800"}
        ),
        wire.render_poll(TOKEN, SKILL, "render_1"),
        wire.render_cancel(TOKEN, SKILL, "render_1"),
        wire.claim_token(TOKEN, SKILL, "t-1", "s-1"),
    ],
    ids=lambda call: call.name,
)
async def test_a_call_arrives_with_its_headers_and_its_body(
    call: wire.Call, serve: Serve, connect: Connect
) -> None:
    arrived: list[tuple[str, str, dict[str, str], bytes]] = []

    async def note(request: web.Request) -> web.StreamResponse:
        arrived.append(
            (request.method, request.raw_path, dict(request.headers), await request.read())
        )
        return web.json_response({"code": 0, "data": {"echo": "一"}})

    answer = await connect(await serve(note) + "/").send(call)

    ((method, path, headers, body),) = arrived
    assert (method, path) == (call.method, call.path)
    assert dict(call.headers).items() <= headers.items()
    assert {"X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"} <= headers.keys()
    assert ("Authorization" in headers) is (call.name != "token")
    assert (json.loads(body) if body else None) == call.json
    assert answer == {"code": 0, "data": {"echo": "一"}}


async def test_a_refusal_raises_its_error_with_what_the_answer_held(
    serve: Serve, connect: Connect
) -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.json_response({"code": 2001, "bind_id": "anon_1"}, status=402)

    with pytest.raises(NoCredits) as caught:
        await connect(await serve(refuse)).send(STATE)

    assert (caught.value.code, caught.value.status, caught.value.bind) == (2001, 402, "anon_1")
    assert caught.value.endpoint == "state"


async def test_busy_reads_the_answers_headers(serve: Serve, connect: Connect) -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers={"RETRY-AFTER": "3"})

    with pytest.raises(Busy) as caught:
        await connect(await serve(refuse)).send(STATE)

    assert caught.value.retry_after == 3


async def test_an_api_call_is_never_redirected(serve: Serve, connect: Connect) -> None:
    elsewhere = await serve(ok)

    async def lead_away(request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(elsewhere + request.path)

    with pytest.raises(Trouble):
        await connect(await serve(lead_away)).send(STATE)


async def test_a_cookie_of_one_user_does_not_go_out_with_anothers_token(
    serve: Serve, connect: Connect
) -> None:
    seen = []

    async def bake(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("Cookie"))
        return web.json_response({}, headers={"Set-Cookie": "user=1; Path=/"})

    client = connect(await serve(bake))
    await client.send(STATE)
    await client.send(STATE)

    assert seen == [None, None]


async def test_the_environment_redirects_nothing(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")

    assert await connect(await serve(ok)).send(STATE) == {"code": 0, "data": {}}


async def test_a_compressed_answer_is_read(serve: Serve, connect: Connect) -> None:
    async def squeeze(request: web.Request) -> web.StreamResponse:
        return web.Response(body=gzip.compress(b'{"code":0}'), headers={"Content-Encoding": "gzip"})

    assert await connect(await serve(squeeze)).send(STATE) == {"code": 0}


async def test_a_broken_compression_leaves_it_unclear(serve: Serve, connect: Connect) -> None:
    async def squeeze(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"not gzip", headers={"Content-Encoding": "gzip"})

    with pytest.raises(Cut):
        await connect(await serve(squeeze)).send(STATE)


async def test_an_endless_answer_is_not_kept(serve: Serve, connect: Connect) -> None:
    async def pour(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(2 * limits.LARGEST_ANSWER // 2**20):
            await response.write(b" " * 2**20)
        return response

    with pytest.raises(Trouble):
        await connect(await serve(pour)).send(STATE)


# A line that fails


def closed_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


CUT: Mapping[str, type[Cut]] = {"turn": TurnCut}


async def every_way(client: NemoClient, url: str, folder: Path) -> list[tuple[str, NemoError]]:
    """The error of each of the client's four ways to ask."""
    photo = folder / "photo.jpg"
    photo.write_bytes(b"x" * 300_000)
    asked: list[tuple[str, Callable[[], Awaitable[object]]]] = [
        ("state", lambda: client.send(STATE)),
        ("upload", lambda: client.upload(UPLOAD, [UploadPart(photo, "1-1.jpg", "image/jpeg")])),
        ("turn", lambda: client.turn(TURN, unheard)),
        ("file", lambda: client.download(url + "/x.mp4", folder / "x.mp4", 10**9)),
        ("download", lambda: client.download_by(DOWNLOAD, folder / "x.mp4", 10**9)),
    ]
    found = []
    for name, ask in asked:
        with pytest.raises(NemoError) as caught:
            await ask()
        found.append((name, caught.value))
        assert caught.value.endpoint == name
    assert not (folder / "x.mp4").exists()
    return found


async def test_a_refused_connection_was_never_sent(connect: Connect, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{closed_port()}"

    for name, error in await every_way(connect(url), url, tmp_path):
        assert type(error) is NotSent, name


async def test_a_host_without_a_name_was_never_sent(connect: Connect) -> None:
    with pytest.raises(NotSent):
        await connect("http://no-such-host.invalid").send(STATE)


async def test_a_full_pool_was_never_sent(serve: Serve, connect: Connect) -> None:
    arrived, leave = asyncio.Event(), asyncio.Event()

    async def hold(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await leave.wait()
        return web.json_response({})

    client = connect(await serve(hold), connections=1, patience=Patience(pool=0.05))
    first = asyncio.ensure_future(client.send(STATE))
    await arrived.wait()
    with pytest.raises(NotSent):
        await client.send(STATE)
    leave.set()

    assert await first == {}


async def test_a_reset_before_the_answer_is_unclear(
    serve: Serve, connect: Connect, reset: Reset, tmp_path: Path
) -> None:
    async def drop(request: web.Request) -> web.StreamResponse:
        reset(request)
        return web.Response()

    url = await serve(drop)

    for name, error in await every_way(connect(url), url, tmp_path):
        assert type(error) is CUT.get(name, Cut), name


async def test_a_server_that_hangs_up_without_a_word_is_unclear(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        await request.read()
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    url = await serve(hang_up)

    for name, error in await every_way(connect(url), url, tmp_path):
        assert type(error) is CUT.get(name, Cut), name


@pytest.mark.parametrize("orderly", [True, False])
async def test_an_answer_that_breaks_off_is_unclear(
    orderly: bool, serve: Serve, connect: Connect, reset: Reset, tmp_path: Path
) -> None:
    async def break_off(request: web.Request) -> web.StreamResponse:
        await request.read()
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Content-Length": "100000"}
        )
        await response.prepare(request)
        await response.write(says("half "))
        assert request.transport is not None
        if orderly:
            request.transport.close()
        else:
            reset(request)
        return response

    url = await serve(break_off)

    for name, error in await every_way(connect(url), url, tmp_path):
        assert type(error) is CUT.get(name, Cut), name
        if orderly and isinstance(error, TurnCut):
            assert error.end == TurnEnd("half", visible=True, cut=True)


async def test_silence_is_unclear_when_patience_ends(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    leave = asyncio.Event()

    async def say_nothing(request: web.Request) -> web.StreamResponse:
        await request.read()
        await leave.wait()
        return web.Response()

    url = await serve(say_nothing)
    client = connect(url, patience=Patience(read=0.1, upload=0.1, turn=0.1))

    for name, error in await every_way(client, url, tmp_path):
        assert type(error) is CUT.get(name, Cut), name
    leave.set()


async def test_an_answer_that_comes_before_the_upload_is_read_is_heard(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.json_response({"code": 4002}, status=413)

    film = tmp_path / "film.mp4"
    film.write_bytes(b"x" * 5_000_000)

    with pytest.raises(FileTooLarge):
        await connect(await serve(refuse)).upload(
            UPLOAD, [UploadPart(film, "1-1.mp4", "video/mp4")]
        )


# Uploads


async def test_an_upload_is_one_request_with_all_files_in_order(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    arrived: list[tuple[str | None, str | None, str | None, bytes]] = []
    heads: list[dict[str, str]] = []

    async def note(request: web.Request) -> web.StreamResponse:
        heads.append(dict(request.headers))
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            kind = part.headers.get("Content-Type")
            arrived.append((part.name, part.filename, kind, bytes(await part.read(decode=False))))
        return web.json_response({"code": 0, "data": {"files": []}})

    (tmp_path / "a").write_bytes(b"first" * 50_000)
    (tmp_path / "b").write_bytes(b"\r\n--second\x00")
    parts = [
        UploadPart(tmp_path / "a", "7-1.jpg", "image/jpeg"),
        UploadPart(tmp_path / "b", "7-2.png", "image/png"),
    ]

    answer = await connect(await serve(note)).upload(UPLOAD, parts)

    assert arrived == [
        ("files", "7-1.jpg", "image/jpeg", b"first" * 50_000),
        ("files", "7-2.png", "image/png", b"\r\n--second\x00"),
    ]
    (head,) = heads
    assert int(head["Content-Length"]) > 250_000
    assert "Transfer-Encoding" not in head
    assert head["Content-Type"].startswith("multipart/form-data; boundary=")
    assert head["Authorization"] == f"Bearer {TOKEN}"
    assert answer == {"code": 0, "data": {"files": []}}


async def test_files_of_any_size_need_little_memory(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    size = 80 * 2**20
    film, copy = tmp_path / "film.mp4", tmp_path / "copy.mp4"
    with film.open("wb") as file:
        file.truncate(size)
    taken = 0

    async def give_and_take(request: web.Request) -> web.StreamResponse:
        nonlocal taken
        async for piece in request.content.iter_any():
            taken += len(piece)
        return web.FileResponse(film) if request.method == "GET" else web.json_response({})

    url = await serve(give_and_take)
    client = connect(url)
    tracemalloc.start()
    try:
        await client.upload(UPLOAD, [UploadPart(film, "1-1.mp4", "video/mp4")])
        await client.download(url + "/film.mp4", copy, size)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert taken > size
    assert copy.stat().st_size == size
    assert most < 16 * 2**20


async def test_a_file_that_is_not_there_sends_nothing(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    arrived = []

    async def note(request: web.Request) -> web.StreamResponse:
        arrived.append(request)
        return web.json_response({})

    with pytest.raises(FileNotFoundError):
        await connect(await serve(note)).upload(
            UPLOAD, [UploadPart(tmp_path / "gone", "1-1.jpg", "image/jpeg")]
        )

    assert arrived == []


# Turns


async def test_a_turn_asks_for_an_uncompressed_stream(serve: Serve, connect: Connect) -> None:
    heads: list[dict[str, str]] = []

    async def turn(request: web.Request) -> web.StreamResponse:
        heads.append(dict(request.headers))
        return web.Response(body=says("hi"), headers=STREAM)

    end = await connect(await serve(turn)).turn(TURN, unheard)

    assert end.text == "hi"
    (head,) = heads
    assert (head["Accept"], head["Accept-Encoding"]) == ("text/event-stream", "identity")


@pytest.mark.parametrize(
    ("status", "kind", "body", "error"),
    [
        (200, "application/json", b'{"code":1001}', TokenRejected),
        (200, "application/json", b'{"code":0}', Trouble),
        (200, "text/html", b"<html>", Trouble),
        (200, "text/plain", says("hi"), Trouble),
        (404, "application/json", b'{"detail":"Session not found: s-1"}', errors.SessionGone),
        (422, "application/json", b'{"detail":[]}', BadRequest),
        (429, "text/event-stream", says("hi"), Busy),
        (500, "text/event-stream", says("hi"), Trouble),
        (201, "text/event-stream", says("hi"), Trouble),
        (503, "text/html", b"<html>", Trouble),
    ],
)
async def test_an_answer_that_is_no_stream_is_never_read_as_one(
    status: int, kind: str, body: bytes, error: type[NemoError], serve: Serve, connect: Connect
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers={"Content-Type": kind})

    with pytest.raises(NemoError) as caught:
        await connect(await serve(answer)).turn(TURN, unheard)

    assert type(caught.value) is error


async def test_a_turn_refused_inside_its_stream_is_refused(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b'data: {"code":2001}\n\n', headers=STREAM)

    with pytest.raises(NoCredits):
        await connect(await serve(turn)).turn(TURN, unheard)


async def test_a_refusal_counts_even_if_the_stream_then_breaks_off(
    serve: Serve, connect: Connect
) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM | {"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'data: {"code":1001}\n\n')
        assert request.transport is not None
        request.transport.close()
        return response

    with pytest.raises(TokenRejected):
        await connect(await serve(turn)).turn(TURN, unheard)


async def test_a_number_after_something_ran_is_no_refusal(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        return web.Response(body=says("now") + b'data: {"code":1001}\n\n', headers=STREAM)

    end = await connect(await serve(turn)).turn(TURN, unheard)

    assert (end.text, end.failed, type(end.refusal)) == ("now", True, TokenRejected)


async def test_a_turn_ends_at_the_outer_limit_with_what_was_said(
    serve: Serve, connect: Connect
) -> None:
    leave = asyncio.Event()

    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        await response.write(says("working"))
        await leave.wait()
        return response

    with pytest.raises(TurnCut) as caught:
        await connect(await serve(turn), patience=Patience(turn=0.3)).turn(TURN, unheard)
    leave.set()

    assert caught.value.end == TurnEnd("working", visible=True, cut=True)


async def test_a_turn_outlasts_the_patience_of_plain_calls(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        await asyncio.sleep(0.3)
        await response.write(says("done"))
        return response

    end = await connect(await serve(turn), patience=Patience(read=0.05)).turn(TURN, unheard)

    assert end.text == "done"


async def test_an_endless_event_is_cut(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        await response.write(says("first") + b"data: ")
        for _ in range(2 * limits.LARGEST_EVENT // 2**20):
            await response.write(b"x" * 2**20)
        return response

    with pytest.raises(TurnCut) as caught:
        await connect(await serve(turn)).turn(TURN, unheard)

    assert caught.value.end == TurnEnd("first", visible=True, cut=True)


async def test_an_event_of_many_reads_arrives_whole(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        return web.Response(body=says("x" * 30_000 + "终"), headers=STREAM)

    assert (await connect(await serve(turn)).turn(TURN, unheard)).text == "x" * 30_000 + "终"


async def test_a_wrong_charset_does_not_garble_a_stream(serve: Serve, connect: Connect) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        body = 'data: {"type":"text","content":"点击"}\n\n'.encode()
        return web.Response(
            body=body, headers={"Content-Type": "text/event-stream; charset=iso-8859-1"}
        )

    assert (await connect(await serve(turn)).turn(TURN, unheard)).text == "点击"


async def test_a_listener_that_is_late_is_not_a_limit_passed(
    serve: Serve, connect: Connect
) -> None:
    async def turn(request: web.Request) -> web.StreamResponse:
        return web.Response(body=says("hi"), headers=STREAM)

    async def late(text: str) -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await connect(await serve(turn)).turn(TURN, late)


# Downloads


async def video(request: web.Request) -> web.StreamResponse:
    return web.Response(body=VIDEO, content_type="video/mp4")


async def test_a_file_is_saved_without_showing_the_token(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    heads: list[dict[str, str]] = []

    async def note(request: web.Request) -> web.StreamResponse:
        heads.append(dict(request.headers))
        return await video(request)

    url = await serve(note)
    path = tmp_path / "x.mp4"

    size = await connect(url).download(url + "/x.mp4", path, len(VIDEO))

    assert size == len(VIDEO)
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(VIDEO).digest()
    (head,) = heads
    assert "Authorization" not in head
    assert head["Accept-Encoding"] == "identity"


async def test_the_api_gives_the_file_to_the_token(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    seen = []

    async def note(request: web.Request) -> web.StreamResponse:
        seen.append(
            (
                request.path,
                request.headers.get("Authorization"),
                request.headers.get("X-Skill-Source"),
            )
        )
        return await video(request)

    await connect(await serve(note)).download_by(DOWNLOAD, tmp_path / "x.mp4", len(VIDEO))

    assert seen == [("/api/render/proxy/render_1/download", f"Bearer {TOKEN}", SKILL.slug)]


async def test_a_redirect_to_another_host_leaves_the_token_behind(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    seen: list[tuple[str, bool]] = []

    async def note(request: web.Request) -> web.StreamResponse:
        seen.append(
            (
                request.path,
                "Authorization" in request.headers or "X-Skill-Source" in request.headers,
            )
        )
        if request.path == "/back":
            raise web.HTTPFound(api + "/home")
        return await video(request)

    files = await serve(note)

    async def lead(request: web.Request) -> web.StreamResponse:
        seen.append((request.path, "Authorization" in request.headers))
        match request.path:
            case "/api/render/proxy/render_1/download":
                raise web.HTTPFound("/same")
            case "/same":
                raise web.HTTPTemporaryRedirect(files + "/back")
        return await video(request)

    api = await serve(lead)

    await connect(api).download_by(DOWNLOAD, tmp_path / "x.mp4", len(VIDEO))

    assert seen == [
        ("/api/render/proxy/render_1/download", True),
        ("/same", True),
        ("/back", False),
        ("/home", False),
    ]


@pytest.mark.parametrize(
    "target", ["ftp://a.example/x", "file:///etc/passwd", "http://", "//[", "javascript:x"]
)
async def test_a_redirect_to_nowhere_is_not_followed(
    target: str, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def lead(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    url = await serve(lead)

    with pytest.raises((BadRequest, Trouble, NotSent)):
        await connect(url).download(url + "/x", tmp_path / "x.mp4", 10)
    with pytest.raises(Trouble):
        await connect(url).send(STATE)


@pytest.mark.parametrize("url", ["", "x.mp4", "ftp://a.example/x", "https://", "\x00"])
async def test_a_link_that_is_none_is_not_followed(
    url: str, connect: Connect, tmp_path: Path
) -> None:
    with pytest.raises(BadRequest):
        await connect("http://127.0.0.1:9").download(url, tmp_path / "x.mp4", 10)


@pytest.mark.parametrize(
    "url",
    [
        "http://[/x",
        "https://a..b/x",
        f"https://{'a' * 70}.example/x",
        "https://[::1",
        "https://a:b",
    ],
)
async def test_a_link_to_no_host_fails_in_our_words(
    url: str, connect: Connect, tmp_path: Path
) -> None:
    with pytest.raises((BadRequest, Trouble, NotSent)):
        await connect("http://127.0.0.1:9").download(url, tmp_path / "x.mp4", 10)


@pytest.mark.parametrize(
    ("origin", "target", "allowed"),
    [
        ("https://a.example/x", "https://b.example/y", True),
        ("https://a.example/x", "/y", True),
        ("http://127.0.0.1/x", "http://127.0.0.1/y", True),
        ("http://127.0.0.1/x", "https://b.example/y", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("https://a.example/x", "ftp://a.example/x", False),
    ],
)
def test_a_redirect_never_leads_from_https_down_to_http(
    origin: str, target: str, allowed: bool
) -> None:
    base = httpx.URL(origin)

    if allowed:
        assert an_address("file", target, base) == base.join(target)
    else:
        with pytest.raises(BadRequest):
            an_address("file", target, base)


async def test_a_server_that_cannot_prove_its_name_is_sent_nothing(
    connect: Connect, tmp_path: Path
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(UTC) - timedelta(days=1)
    known = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    paper = x509.CertificateBuilder(
        name, name, key.public_key(), 1, start, start + timedelta(days=9), []
    )
    signed = paper.add_extension(known, critical=False).sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    (tmp_path / "both.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + signed.public_bytes(pem)
    )
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(tmp_path / "both.pem")
    runner = web.ServerRunner(web.Server(ok))  # type: ignore[arg-type]
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secure).start()

    with pytest.raises(NotSent):
        await connect(f"https://127.0.0.1:{runner.addresses[0][1]}").send(STATE)

    await runner.cleanup()


async def test_a_circle_of_redirects_ends(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    seen = []

    async def lead(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        raise web.HTTPFound("/again")

    url = await serve(lead)

    with pytest.raises(BadRequest):
        await connect(url).download(url + "/x", tmp_path / "x.mp4", 10)

    assert len(seen) == 6


@pytest.mark.parametrize("announced", [True, False])
async def test_a_file_over_the_limit_is_not_kept(
    announced: bool, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    async def pour(request: web.Request) -> web.StreamResponse:
        if announced:
            return await video(request)
        response = web.StreamResponse(headers={"Content-Type": "video/mp4"})
        await response.prepare(request)
        for _ in range(100):
            await response.write(VIDEO)
        return response

    url = await serve(pour)

    with pytest.raises(FileTooLarge):
        await connect(url).download(url + "/x.mp4", tmp_path / "x.mp4", 3 * 2**20)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "kind", "body", "error"),
    [
        (200, "video/mp4", b"", Trouble),
        (200, "text/html; charset=utf-8", b"<html>", Trouble),
        (200, "application/json", b'{"code":1001}', Trouble),
        (206, "video/mp4", b"part", Trouble),
        (401, "application/xml", b"<Error/>", BadRequest),
        (403, "application/xml", b"<Error/>", BadRequest),
        (404, "text/plain", b"", BadRequest),
        (410, "text/plain", b"", BadRequest),
        (429, "text/plain", b"", Busy),
        (503, "text/plain", b"", Trouble),
    ],
)
async def test_a_link_that_fails_says_how(
    status: int,
    kind: str,
    body: bytes,
    error: type[NemoError],
    serve: Serve,
    connect: Connect,
    tmp_path: Path,
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers={"Content-Type": kind})

    url = await serve(answer)

    with pytest.raises(NemoError) as caught:
        await connect(url).download(url + "/x.mp4", tmp_path / "x.mp4", 100)

    assert type(caught.value) is error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, {"code": 1001}, TokenRejected),
        (200, {"code": 0}, Trouble),
        (403, {}, errors.ExportBlocked),
        (404, {}, BadRequest),
    ],
)
async def test_the_api_may_refuse_the_file(
    status: int,
    body: object,
    error: type[NemoError],
    serve: Serve,
    connect: Connect,
    tmp_path: Path,
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    with pytest.raises(NemoError) as caught:
        await connect(await serve(answer)).download_by(DOWNLOAD, tmp_path / "x.mp4", 100)

    assert type(caught.value) is error


async def test_a_file_that_announces_too_much_is_not_even_begun(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    leave = asyncio.Event()

    async def promise(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "video/mp4", "Content-Length": "1000000000000"}
        )
        await response.prepare(request)
        await leave.wait()
        return response

    url = await serve(promise)

    async with asyncio.timeout(300):
        with pytest.raises(FileTooLarge):
            await connect(url).download(url + "/x.mp4", tmp_path / "x.mp4", 100)
    leave.set()


async def appears(path: Path) -> None:
    for _ in iter(path.exists, True):
        await asyncio.sleep(0.001)


async def test_a_cancelled_download_leaves_no_half_file(
    serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    half, leave = asyncio.Event(), asyncio.Event()

    async def stop(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "video/mp4"})
        await response.prepare(request)
        await response.write(VIDEO)
        half.set()
        await leave.wait()
        return response

    url = await serve(stop)
    running = asyncio.ensure_future(
        connect(url).download(url + "/x.mp4", tmp_path / "x.mp4", 10**9)
    )
    await half.wait()
    async with asyncio.timeout(300):
        await appears(tmp_path / "x.mp4")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    leave.set()

    assert list(tmp_path.iterdir()) == []


async def test_a_download_cancelled_as_it_begins_leaves_no_open_file(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    path = tmp_path / "x.mp4"
    running = asyncio.ensure_future(save("x", httpx.Response(200, content=endless()), path, 10))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.get_running_loop().shutdown_default_executor()

    assert not path.exists()


# Secrets


async def test_nothing_that_can_be_logged_shows_the_token(
    serve: Serve, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.json_response(
            {"code": 1001, "message": f"bad token home-made-{TOKEN}"}, status=401
        )

    own = f"home-made-{TOKEN}"
    client = connect(await serve(refuse))
    shown = [repr(client), str(client)]
    for call in (wire.state(own, SKILL, "s-1"), wire.run_sse(own, SKILL, "s-1", "words")):
        with pytest.raises(TokenRejected) as caught:
            await (client.turn(call, unheard) if call.name == "turn" else client.send(call))
        shown += [
            repr(call),
            str(call),
            repr(caught.value),
            str(caught.value),
            repr(vars(caught.value)),
        ]
        shown += [repr(caught.value.__cause__), repr(caught.value.__context__)]
    shown += [record.getMessage() + repr(record.args) for record in caplog.records]

    assert any("TokenRejected" in line for line in shown)
    assert "Top-Secret" not in "".join(shown)
    assert "home-made" not in "".join(shown)


async def test_a_line_that_fails_shows_no_token(
    serve: Serve, connect: Connect, reset: Reset, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)

    async def drop(request: web.Request) -> web.StreamResponse:
        reset(request)
        return web.Response()

    url = await serve(drop)
    shown = [record.getMessage() + repr(record.args) for record in caplog.records]
    for _, error in await every_way(connect(url), url, tmp_path):
        shown += [repr(error), str(error), repr(error.__cause__), repr(error.__context__)]

    assert "Top-Secret" not in "".join(shown)
