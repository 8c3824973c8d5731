"""Takes in what visitors say: on disk here, then in the engine's store, and only then confirmed."""

import asyncio
import sqlite3
from collections.abc import Callable
from secrets import token_hex
from typing import Any

import structlog

from bots.web import translate
from bots.web.journal import Entry, Item, Journal
from bots.web.streams import Streams
from bots.web.translate import Press, Said, Visitor
from core.adapter import Receive
from core.messages import Attachment

log = structlog.get_logger()

REF = "web:"
"""How references to what visitors brought begin."""


class Unknown(Exception):
    """There is no such thing in this visitor's chat."""


class Desk:
    """One for all visitors. `receive` is the engine's."""

    def __init__(
        self, journal: Journal, streams: Streams, receive: Receive, clock: Callable[[], float]
    ) -> None:
        self._journal, self._streams = journal, streams
        self._receive, self._clock = receive, clock

    async def say(self, who: Visitor, what: Said) -> int:
        """Take in a message; its number. The same `client` once more is the same message. Raises
        Unknown for files that are not theirs."""
        items = [await self._item(who, number) for number in what.files]
        body = translate.own_body(
            what.text,
            [file_of(item) for item in items],
            None if what.answers is None else f"m{what.answers}",
            who.language,
        )
        entry = await self._journal.said(who.user, what.client, body)
        if not entry.answered:
            await self._hand_in(entry, who, what, items)
        return entry.id

    async def _hand_in(self, entry: Entry, who: Visitor, what: Said, items: list[Item]) -> None:
        files = tuple(
            Attachment(f"{REF}{item.place}", item.name, item.mime, item.bytes) for item in items
        )
        await self._receive(translate.said(who, what, files, entry.id, entry.at))
        await self._journal.answered(entry.id)
        self._streams.wake(who.user)

    async def _item(self, who: Visitor, number: int) -> Item:
        item = await self._journal.item(who.user, number)
        if item is None:
            raise Unknown
        return item

    async def press(self, who: Visitor, what: Press) -> None:
        """Take in the press of a button. Raises Unknown where nothing is known of it."""
        entry = await self._journal.entry(who.user, what.message)
        inbound = translate.pressed(who, what, entry.body if entry else None, self._clock())
        if inbound is None:
            raise Unknown
        await self._receive(inbound)

    async def correct(self, who: Visitor, message: int, text: str) -> None:
        """Take in the new words of an own message. Raises Unknown."""
        entry = await self._journal.entry(who.user, message)
        if entry is None or not entry.mine:
            raise Unknown
        await self._receive(translate.amended(who, token_hex(16), text, message, self._clock()))
        body = {**entry.body, "text": translate.without_token(text)}
        await self._journal.change(who.user, message, body, mine=True)
        self._streams.wake(who.user)

    async def speak(self, who: Visitor) -> None:
        """Take in that the visitor has chosen a language; before the first word there is nobody to
        tell."""
        if await self._journal.log(who.user, 1):
            key = token_hex(16)
            await self._receive(translate.chosen(who, key, self._clock()))

    async def resume(self, since: float, before: float) -> None:
        """Hand in what was said in that time, and never was: a process ended, or a disk was
        full. Raises sqlite3.Error or OSError."""
        for entry in await self._journal.unanswered(since, before):
            try:
                await self._again(entry)
            except (sqlite3.Error, OSError):
                raise
            except Exception:  # the one guard of this loop: nobody waits for others' bad message
                log.exception("a defect in what was said")
            await asyncio.sleep(0)

    async def _again(self, entry: Entry) -> None:
        who = Visitor(entry.user, await self._journal.language(entry.user))
        answers = entry.body.get("answers")
        numbers = tuple(int(file["ref"][1:]) for file in entry.body.get("files", ()))
        what = Said(
            entry.body.get("text", ""),
            numbers,
            int(answers[1:]) if answers else None,
            entry.client,
        )
        found = [await self._journal.item(entry.user, number) for number in numbers]
        await self._hand_in(entry, who, what, [item for item in found if item is not None])


def file_of(item: Item) -> dict[str, Any]:
    """A visitor's file as the page names it."""
    kind = item.mime.partition("/")[0]
    shown = kind in ("image", "video")
    return {
        "ref": f"f{item.id}",
        "name": item.name,
        "bytes": item.bytes,
        "kind": kind if kind in ("image", "video", "audio") else "file",
        "thumb": f"/files/f{item.id}/thumb" if shown else "",
    }
