"""Files, both ways: what visitors bring, streamed to disk, and what the chat shows of files."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from bots.web.desk import file_of
from bots.web.journal import Item, Journal
from bots.web.server.gate import who
from bots.web.server.problems import Problem, missing
from bots.web.server.writing import admit
from bots.web.shelf import Shelf
from core.media import DamagedFile, Kind, MediaError, Occupied, RawPhoto, recognise
from core.sanitize import name as harmless

LARGEST = 200 * 2**20
PIECE = 2**18
PIECE_SECONDS = 60.0
"""How long a line may be silent in the middle of a file."""
AT_ONCE, EACH_AT_ONCE = 32, 6
LONGEST_NAME = 120
REF = re.compile(r"f([1-9][0-9]{0,17})")
PLAYED = {"mp4": "video/mp4", "gif": "image/gif"}


class Filing:
    """The routes of files."""

    def __init__(self, journal: Journal, shelf: Shelf) -> None:
        self._journal, self._shelf = journal, shelf
        self._under_way: dict[str, int] = {}

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        number = "[1-9][0-9]{0,17}"
        return [
            web.post("/api/files", self._bring),
            web.delete("/api/files/{ref}", self._take_back),
            web.get("/files/{ref}", self._own),
            web.get("/files/{ref}/thumb", self._small),
            web.get(rf"/videos/m{{n:{number}}}.{{ending:mp4|gif}}", self._film),
            web.get(rf"/pictures/m{{n:{number}}}", self._picture),
            web.get(rf"/documents/m{{n:{number}}}", self._document),
        ]

    async def _bring(self, request: web.Request) -> web.StreamResponse:
        user, size = who(request).user, request.content_length
        if size is None:
            raise Problem(411, "length")
        if size > LARGEST:
            raise Problem(413, "too_large", limit=LARGEST // 2**20)
        await admit(self._journal, request)
        await self._check_room(user, size)
        if sum(self._under_way.values()) >= AT_ONCE or (
            self._under_way.get(user, 0) >= EACH_AT_ONCE
        ):
            raise Problem(429, "often", 5.0)
        self._under_way[user] = self._under_way.get(user, 0) + 1
        try:
            item = await self._taken(request, user)
        finally:
            self._under_way[user] -= 1
            if not self._under_way[user]:
                del self._under_way[user]
        return web.json_response(file_of(item), status=201)

    async def _check_room(self, user: str, size: int) -> None:
        space = self._shelf.space
        if await self._journal.bytes_of(user) + size > space.each:
            raise Problem(413, "room")
        full = await self._journal.bytes_of_all() + size > space.all
        if full or await self._shelf.free() - size < space.free:
            raise Problem(413, "full")

    async def _taken(self, request: web.Request, user: str) -> Item:
        place, size = await self._shelf.write(_pieces(request))
        try:
            kind = await _kind(self._shelf.path(place))
            name = harmless(request.query.get("name", "")[-LONGEST_NAME:]) or "file"
            item = Item(0, user, place, "own", name, kind.mime, size, None, 0.0)
            number = await self._journal.keep(item)
        except BaseException:
            await self._shelf.remove([place])
            raise
        found = await self._journal.item(user, number)
        if found is None:  # forgotten in this very moment
            await self._shelf.remove([place])
            raise missing()
        return found

    async def _take_back(self, request: web.Request) -> web.StreamResponse:
        found = await self._journal.drop(who(request).user, _number(request))
        if found is None:
            raise missing()
        await self._shelf.remove([found.place])
        return web.Response(status=204)

    async def _own(self, request: web.Request) -> web.StreamResponse:
        return self._served(await self._mine(request))

    async def _small(self, request: web.Request) -> web.StreamResponse:
        item = await self._mine(request)
        film = item.mime.startswith("video/")
        if not film and not item.mime.startswith("image/"):
            raise missing()
        try:
            path = await self._shelf.small(item.place, film=film)
        except Occupied as busy:
            raise Problem(503, "often", busy.seconds) from None
        except MediaError:
            raise missing() from None
        return web.FileResponse(
            path,
            headers={"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=86400"},
        )

    async def _mine(self, request: web.Request) -> Item:
        found = await self._journal.item(who(request).user, _number(request))
        if found is None:
            raise missing()
        return found

    async def _film(self, request: web.Request) -> web.StreamResponse:
        ending = request.match_info["ending"]
        item = await self._posted(request, "film")
        if item.mime != PLAYED[ending]:
            raise missing()
        name = f"video-{item.message}.{ending}" if "download" in request.query else ""
        return self._served(item, name)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        return self._served(await self._posted(request, "picture"))

    async def _document(self, request: web.Request) -> web.StreamResponse:
        item = await self._posted(request, "document")
        return self._served(item, item.name)

    async def _posted(self, request: web.Request, sort: str) -> Item:
        number = int(request.match_info["n"])
        found = await self._journal.with_message(who(request).user, number, sort)
        if found is None:
            raise missing()
        return found

    def _served(self, item: Item, save_as: str = "") -> web.FileResponse:
        headers = {"Content-Type": item.mime, "Cache-Control": "private, no-cache"}
        if save_as:
            headers["Content-Disposition"] = f'attachment; filename="{save_as}"'
        elif not item.mime.startswith(("image/", "video/", "audio/")):
            headers["Content-Disposition"] = "attachment"
        return web.FileResponse(self._shelf.path(item.place), headers=headers)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    """What comes over the line, never more than was told beforehand."""
    size = 0
    while True:
        try:
            async with asyncio.timeout(PIECE_SECONDS):
                piece = await request.content.read(PIECE)
        except TimeoutError:
            raise Problem(408, "cut") from None
        if not piece:
            break
        size += len(piece)
        yield piece
    if size != request.content_length:
        raise Problem(400, "cut")


async def _kind(path: Path) -> Kind:
    """What it is by its own bytes. Raises Problem for what no video can be made of."""
    try:
        kind = await asyncio.to_thread(recognise, path)
    except RawPhoto:
        raise Problem(415, "raw") from None
    except DamagedFile:
        raise Problem(415, "damaged") from None
    if not (kind.accepted or kind.convert):
        raise Problem(415, "kind")
    return kind


def _number(request: web.Request) -> int:
    found = REF.fullmatch(request.match_info["ref"])
    if found is None:
        raise missing()
    return int(found[1])
