"""What can be sent: words, presses, corrections, and the language."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from bots.web import rules, translate
from bots.web.desk import Desk, Unknown
from bots.web.journal import Journal
from bots.web.server.gate import who
from bots.web.server.problems import Problem, malformed, missing
from bots.web.shelf import Shelf
from bots.web.streams import Streams
from bots.web.translate import Malformed, Visitor

T = TypeVar("T")
LARGEST = 2**18
"""Bytes of what is sent as JSON."""
BODY_SECONDS = 60.0
MOST_VISITORS = 20_000


class Writing:
    """The routes of POST, but for files."""

    def __init__(self, journal: Journal, shelf: Shelf, streams: Streams, desk: Desk) -> None:
        self._journal, self._shelf = journal, shelf
        self._streams, self._desk = streams, desk

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        return [
            web.post("/api/messages", self._message),
            web.post("/api/press", self._press),
            web.post("/api/edit", self._edit),
            web.post("/api/language", self._language),
        ]

    async def _message(self, request: web.Request) -> web.StreamResponse:
        what = _read(translate.to_said, await body_of(request))
        await admit(self._journal, request)
        await self._check_room()
        try:
            number = await self._desk.say(who(request), what)
        except Unknown:
            raise missing() from None
        return web.json_response({"id": f"m{number}"}, status=202)

    async def _press(self, request: web.Request) -> web.StreamResponse:
        what = _read(translate.to_press, await body_of(request))
        await admit(self._journal, request)
        try:
            await self._desk.press(who(request), what)
        except Unknown:
            raise Problem(409, "over") from None
        return web.json_response({}, status=202)

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        number, text = _read(translate.to_correction, await body_of(request))
        await self._check_room()
        try:
            await self._desk.correct(who(request), number, text)
        except Unknown:
            raise missing() from None
        return web.json_response({}, status=202)

    async def _check_room(self) -> None:
        """Words fill a disk as well. Raises Problem."""
        if await self._shelf.free() < self._shelf.space.free:
            raise Problem(503, "disk", 60.0)

    async def _language(self, request: web.Request) -> web.StreamResponse:
        body = await body_of(request)
        language = rules.known(body.get("language") if isinstance(body, dict) else None)
        if not language:
            raise malformed()
        await admit(self._journal, request)
        await self._journal.speak(who(request).user, language)
        self._streams.wake(who(request).user)
        await self._desk.speak(Visitor(who(request).user, language))
        return web.Response(status=204)


def _read(form: Callable[[object], T], body: object) -> T:
    """What was sent, as what it is to be. Raises Problem."""
    try:
        return form(body)
    except Malformed:
        raise malformed() from None


async def body_of(request: web.Request) -> Any:
    """The JSON that was sent. Raises Problem."""
    if (request.content_length or 0) > LARGEST:
        raise Problem(413, "long")
    raw = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.content.iter_chunked(2**16):
                raw += piece
                if len(raw) > LARGEST:
                    raise Problem(413, "long")
    except TimeoutError:
        raise Problem(408, "cut") from None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise malformed() from None


async def admit(journal: Journal, request: web.Request) -> None:
    """Let a new visitor in, as long as there is room. Raises Problem."""
    user = who(request).user
    if not await journal.begun(user) and await journal.visitors() >= MOST_VISITORS:
        raise Problem(503, "full", 600.0)
