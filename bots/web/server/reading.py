"""What can be read: the page, its words, the chat, and what changes in it."""

import asyncio
import gzip
import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from bots.sandbox import SAMPLES
from bots.web import translate
from bots.web.journal import Journal
from bots.web.server.gate import welcome, who
from bots.web.server.problems import Problem, missing
from bots.web.server.telling import Telling, shown
from bots.web.streams import Full, Streams

STATIC = Path(__file__).parents[1] / "static"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".woff2": "font/woff2",
}
MOST_MESSAGES = 2000


class Reading:
    """The routes of GET. `files` and `size` (bytes) are what one message takes."""

    def __init__(self, journal: Journal, streams: Streams, files: int, size: int) -> None:
        self._journal, self._streams = journal, streams
        self._limits = files, size

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        return [
            web.get("/", self._page),
            web.get(r"/static/{name:[a-z0-9][a-z0-9._-]*}", self._static),
            web.get("/samples/{name}", self._sample),
            web.get("/api/words", self._words),
            web.get("/api/log", self._log),
            web.get("/api/events", self._events),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        html = await asyncio.to_thread((STATIC / "index.html").read_text, "utf-8")
        answer = web.Response(
            text=translate.page(html, who(request).language), content_type="text/html"
        )
        answer.enable_compression()
        welcome(request, answer)
        return answer

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        kind = TYPES.get(Path(name).suffix)
        if kind is None:
            raise missing()
        try:
            body = await asyncio.to_thread((STATIC / name).read_bytes)
        except OSError:
            raise missing() from None
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("If-None-Match", "") == tag:
            return web.Response(status=304, headers=headers)
        if kind.startswith(("text/", "image/svg", "application/")) and "gzip" in (
            request.headers.get("Accept-Encoding", "")
        ):
            body = await asyncio.to_thread(gzip.compress, body, 9)
            headers["Content-Encoding"] = "gzip"
        charset = "utf-8" if kind.startswith("text/") else None
        return web.Response(body=body, headers=headers, content_type=kind, charset=charset)

    async def _sample(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in {sample["name"] for sample in translate.SAMPLES}:
            raise missing()
        return web.FileResponse(SAMPLES / name, headers={"Cache-Control": "max-age=86400"})

    async def _words(self, request: web.Request) -> web.StreamResponse:
        return _json(translate.words(who(request).language, *self._limits))

    async def _log(self, request: web.Request) -> web.StreamResponse:
        user = who(request).user
        last = await self._journal.last(user)  # before the rest: what comes between comes twice
        entries = await self._journal.log(user, MOST_MESSAGES)
        return _json({"messages": [shown(entry) for entry in entries], "last": last})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        visitor = who(request)
        after = number(request.headers.get("Last-Event-ID") or request.query.get("after", ""))
        try:
            with self._streams.opened(visitor.user) as stream:
                answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
                answer.headers["X-Accel-Buffering"] = "no"
                await answer.prepare(request)
                telling = Telling(self._journal, self._streams, visitor, answer, stream, after)
                with suppress(ConnectionError, TimeoutError):  # closed, or nobody reads any more
                    await telling.run()
                return answer
        except Full:
            raise Problem(429, "tabs", 30.0) from None


def number(text: str) -> int:
    """The number of a change as a browser says it; 0, which is before all, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _json(body: dict[str, Any]) -> web.Response:
    answer = web.json_response(text=json.dumps(body, ensure_ascii=False))
    answer.enable_compression()
    return answer
