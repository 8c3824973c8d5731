"""A backend that costs next to nothing: every answer is ready, and how long a turn, a render and
the line take is said beforehand. What a request really gets stands in the stand-in."""

import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from bots.sandbox.samples import sample_photo
from bots.sandbox.standin import events, video

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECONDS = 2
CREDITS = 1000
WORDS = "Your 2-second video is ready on the timeline."


@cache
def photograph() -> bytes:
    """A small photo, as people send it."""
    return sample_photo(0, (960, 640))


@cache
def clip() -> bytes:
    """A small video, as the backend hands it out."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "photo.jpg"), Path(folder, "clip.mp4")
        source.write_bytes(photograph())
        film = video.Film((320, 180), SECONDS, (video.Shot(source, 0.0, SECONDS),))
        video.make(film, target, lambda share: None, lambda: False)
        return target.read_bytes()


def draft() -> dict[str, Any]:
    """What a turn leaves behind: one photo, two seconds."""
    medium = {"name": "1-1.jpg", "src": "http://127.0.0.1/media/1-1.jpg", "kind": "image"}
    segment = {"id": "v_1", "st": 0, "d": 1000 * SECONDS, "m": medium}
    track = {"tt": 0, "id": "t_video", "sg": [segment]}
    about = {"width": 1920, "height": 1080, "aspect": "16:9", "fps": 30}
    return {"t": [track], "d": 1000 * SECONDS, "m": about, "rev": 1}


@dataclass
class Backend:
    """Times in seconds. `line` lies before each answer. A turn ends after `turn`, or, with `held`,
    when `release` is called; so many `free` ones end at once before. So many `slow_uploads` take
    `upload` longer, once one turn was there. `calls` counts what was asked, by name."""

    turn: float = 0.0
    render: float = 0.0
    line: float = 0.0
    held: bool = False
    free: int = 0
    slow_uploads: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    most_in_flight: int = 0
    begun: int = 0
    upload: float = 0.0
    sequence: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._release, self._changed = asyncio.Event(), asyncio.Event()
        self._paid: set[str] = set()
        self._made: set[str] = set()
        self._renders: dict[str, float] = {}
        self._sessions = 0

    def release(self) -> None:
        """Let all turns end that are held."""
        self._release.set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve until the block ends; gives the address."""
        app = web.Application(client_max_size=1 << 31)
        for name, method, path, answer in self._routes():
            app.router.add_route(method, path, self._door(name, answer))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            self.release()
            await runner.cleanup()

    def _routes(self) -> tuple[tuple[str, str, str, Answer], ...]:
        render = "/api/render/proxy/lambda"
        return (
            ("token", "POST", "/api/auth/anonymous-token", self._token),
            ("claim", "POST", "/api/auth/claim-token", self._claim),
            ("session", "POST", "/api/tasks/me/with-session/nemo_agent", self._session),
            ("upload", "POST", "/api/upload-video/nemo_agent/me/{session}", self._upload),
            ("turn", "POST", "/run_sse", self._turn),
            ("state", "GET", "/api/state/nemo_agent/me/{session}/latest", self._state),
            ("credits", "GET", "/api/credits/balance/simple", self._credits),
            ("render", "POST", render, self._render),
            ("poll", "GET", f"{render}/{{render}}", self._poll),
            ("file", "GET", "/render-result/{file}", self._file),
        )

    def _door(self, name: str, answer: Answer) -> Answer:
        async def handle(request: web.Request) -> web.StreamResponse:
            self.calls[name] += 1
            self._changed.set()
            if len(self.sequence) < 100:
                self.sequence.append(name)
            if self.line:
                await asyncio.sleep(self.line)
            return await answer(request)

        return handle

    async def _token(self, request: web.Request) -> web.Response:
        client = request.headers["X-Client-Id"]
        data = {"token": f"nmv_{client}", "credits": CREDITS, "user_id": client}
        return _fine(data | {"expires_at": "2099-01-01T00:00:00Z"})

    async def _claim(self, request: web.Request) -> web.Response:
        await request.read()
        return _fine({"claim_token": "claim", "expires_in": 604800})

    async def _session(self, request: web.Request) -> web.Response:
        await request.read()
        self._sessions += 1
        return _fine({"task_id": f"t{self._sessions}", "session_id": f"s{self._sessions}"})

    async def _upload(self, request: web.Request) -> web.Response:
        async for _ in request.content.iter_chunked(1 << 18):
            pass
        if self.slow_uploads > 0 and self.calls["turn"] > 0:
            self.slow_uploads -= 1
            await asyncio.sleep(self.upload)
        return _fine({"files": [], "session_state_applied": True})

    async def _credits(self, request: web.Request) -> web.Response:
        left = CREDITS - 100 * (request.headers["Authorization"] in self._paid)
        return _fine({"available": left, "frozen": 0, "total": left})

    async def _state(self, request: web.Request) -> web.Response:
        session = request.match_info["session"]
        info = {"filename": "1-1.jpg", "file_type": "image", "width": 960, "height": 640}
        shown: dict[str, Any] = {"video_infos": [info], "generated_media": []}
        if session in self._made:
            shown["draft"] = draft()
        return _fine({"session_id": session, "task_id": "t", "state": shown})

    async def _turn(self, request: web.Request) -> web.StreamResponse:
        sent = json.loads(await request.read())
        line = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        line.enable_chunked_encoding()
        await line.prepare(request)
        called = events.call("make_video", {}, "c1")
        await line.write(_event("model", events.text("Let me look at your photo first."), called))
        await self._running()
        self._made.add(sent["session_id"])
        self._paid.add(request.headers["Authorization"])
        await line.write(_event("user", events.result("make_video", {"ok": True}, "c1")))
        await line.write(_event("model", events.text(WORDS)))
        return line

    async def _running(self) -> None:
        self.begun += 1
        if self.begun <= self.free:
            return
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self._changed.set()
        try:
            await (self._release.wait() if self.held else asyncio.sleep(self.turn))
        finally:
            self.in_flight -= 1

    async def reached(self, number: int, patience: float) -> bool:
        """Wait until so many turns are in flight; False where for so many seconds nobody asked for
        anything."""
        while self.in_flight < number:
            self._changed.clear()
            try:
                async with asyncio.timeout(patience):
                    await self._changed.wait()
            except TimeoutError:
                return False
        return True

    async def _render(self, request: web.Request) -> web.Response:
        render = str(json.loads(await request.read())["id"])
        self._renders[render] = time.monotonic() + self.render
        return web.json_response({"taskId": render, "status": "queued", "progress": 0})

    async def _poll(self, request: web.Request) -> web.Response:
        render = request.match_info["render"]
        left = self._renders[render] - time.monotonic()
        if left > 0:
            progress = int(100 * (1 - left / self.render))
            at_work = {"taskId": render, "status": "processing", "progress": progress}
            return web.json_response(at_work)
        url = f"{request.url.origin()}/render-result/{render}.mp4"
        done = {"taskId": render, "status": "completed", "progress": 100}
        return web.json_response(done | {"output": {"url": url, "duration": SECONDS}})

    async def _file(self, request: web.Request) -> web.Response:
        data = clip()
        if request.headers.get("Range"):
            told = {"Content-Range": f"bytes 0-0/{len(data)}"}
            return web.Response(status=206, body=data[:1], content_type="video/mp4", headers=told)
        return web.Response(body=data, content_type="video/mp4")


def _fine(data: dict[str, Any]) -> web.Response:
    return web.json_response({"code": 0, "data": data})


def _event(role: str, *parts: dict[str, Any]) -> bytes:
    return events.encode(events.event("e-1", role, list(parts)), "adk-1", 0.0)
