"""What changes in a chat, told to a tab that is open."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bots.web import translate
from bots.web.journal import Entry, Journal
from bots.web.streams import Stream, Streams
from bots.web.translate import Visitor

AT_ONCE = 200
BEAT_SECONDS = 15.0
WRITE_SECONDS = 60.0
"""How long a browser may take to read what is written to it."""


class Telling:
    """One open stream, from the number on that its tab has seen."""

    def __init__(
        self,
        journal: Journal,
        streams: Streams,
        who: Visitor,
        answer: web.StreamResponse,
        stream: Stream,
        after: int,
    ) -> None:
        self._journal, self._streams, self._who = journal, streams, who
        self._answer, self._stream, self._after = answer, stream, after
        self._told: dict[str, Any] = {}

    async def run(self) -> None:
        """Until the tab or the process ends."""
        await self._write(b"retry: 1000\n\n")
        await self._busy({"working": await self._journal.working(self._who.user)})
        while not self._streams.ending:
            self._stream.news.clear()
            await self._tell()
            try:
                await asyncio.wait_for(self._stream.news.wait(), BEAT_SECONDS)
            except TimeoutError:
                await self._write(b": here\n\n")

    async def _tell(self) -> None:
        while found := await self._changes():
            for entry in found:
                event, data = (
                    ("gone", {"id": f"m{entry.id}"}) if entry.gone else ("message", shown(entry))
                )
                self._after = entry.changed
                await self._event(event, data, self._after)
        while self._stream.passing:
            event, data = self._stream.passing.popleft()
            await (self._busy(data) if event == "here" else self._event(event, data))

    async def _changes(self) -> list[Entry]:
        found = await self._journal.changes(self._who.user, self._after, AT_ONCE)
        # asked behind them: what was said later than it must not hide that all else is another
        if not await self._forgotten():
            return found
        self._after = await self._journal.last(self._who.user)
        await self._event("reset", {}, self._after)
        return await self._journal.changes(self._who.user, self._after, AT_ONCE)

    async def _busy(self, data: dict[str, Any]) -> None:
        """Only where it is news."""
        if data != self._told:
            self._told = data
            await self._event("here", data)

    async def _forgotten(self) -> bool:
        """Whether what the tab shows is not what is kept: forgotten, or in another language."""
        begun = await self._journal.begun(self._who.user)
        return self._after > 0 and not 0 < begun <= self._after

    async def _event(self, event: str, data: dict[str, Any], number: int | None = None) -> None:
        head = "" if number is None else f"id: {number}\n"
        body = json.dumps(data, ensure_ascii=False)
        await self._write(f"{head}event: {event}\ndata: {body}\n\n".encode())

    async def _write(self, piece: bytes) -> None:
        async with asyncio.timeout(WRITE_SECONDS):
            await self._answer.write(piece)


def shown(entry: Entry) -> dict[str, Any]:
    """A message as the page gets it."""
    return translate.shown(
        entry.id, entry.body, client=entry.client, at=entry.at, edited=entry.edited and entry.mine
    )
