"""A command that was used again, since the process that had answered it was killed: both are one
use.

Discord shows "thinking…" for a while, and then that the application did not respond. Meanwhile the
next process takes in what was noted; who uses the command once more means that, and wants to know
how far it is. Two uses are the same by who asked for what, where, and by the bytes of their files.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Sequence

import structlog

from bots.discord.run.notes import Noted
from bots.discord.run.pending import Pending, Taken
from core.messages import Called, Inbound

log = structlog.get_logger()

REMEMBERED = 300.0
"""Seconds after the restart within which the same again is no new request; once."""

Key = tuple[str, ...]


class Repeated:
    """What the last process has left, on its way into the core, and what has just been taken in of
    that."""

    def __init__(self, pending: Pending, clock: Callable[[], float]) -> None:
        self._pending, self._clock = pending, clock
        self._read = asyncio.Event()
        self._coming: dict[Key, asyncio.Event] = {}
        self._taken: dict[str, Taken] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing can be a repetition: it is known what the last process has left, and that
        is nothing, or was long ago."""
        return self._read.is_set() and not self._coming and not self._taken

    async def begin(self) -> list[Noted]:
        """What is left to take in. Each has to be reported, as `took` or as `over`."""
        now, found = self._clock(), await self._pending.left()
        for same, taken in (await self._pending.taken()).items():
            if now - taken.at > REMEMBERED:
                await self._pending.forget(same)
            else:
                self._taken[same] = taken
        self._coming = {_key(noted.inbound): asyncio.Event() for noted in found}
        self._read.set()
        return found

    async def took(self, noted: Noted, prints: Sequence[str]) -> None:
        """It is in the core now, with files of these prints."""
        same, taken = _same(noted.inbound, prints), Taken(self._clock(), noted.use)
        await self._pending.took(same, taken)
        self._taken[same] = taken

    def over(self, notes: Iterable[Noted]) -> None:
        """Nobody need wait for these any longer."""
        for noted in notes:
            self._coming[_key(noted.inbound)].set()

    def knows(self, noted: Noted, prints: Sequence[str]) -> bool:
        """Whether the same was taken in a short while ago; it stays known."""
        taken = self._taken.get(_same(noted.inbound, prints))
        return taken is not None and self._clock() - taken.at <= REMEMBERED

    def is_itself(self, noted: Noted, prints: Sequence[str]) -> bool:
        """Whether what was taken in is this very use: then its files are those of the request."""
        taken = self._taken.get(_same(noted.inbound, prints))
        return taken is not None and taken.use == noted.use

    async def is_again(self, noted: Noted, prints: Sequence[str]) -> bool:
        """Whether this use repeats one of those; waits where that is still being found out. It
        counts once."""
        await self._read.wait()
        coming = self._coming.get(_key(noted.inbound))
        if coming is not None:
            await coming.wait()
        if not self.knows(noted, prints):
            return False
        same = _same(noted.inbound, prints)
        del self._taken[same]
        await self._pending.forget(same)
        return True


def _key(inbound: Inbound) -> Key:
    place, asked = inbound.address, inbound.happened
    skill = asked.skill if isinstance(asked, Called) else ""
    return (
        inbound.user, place.chat, place.thread, str(inbound.command), str(inbound.job),
        skill, inbound.text
    )  # fmt: skip


def _same(inbound: Inbound, prints: Sequence[str]) -> str:
    return hashlib.sha256("\0".join((*_key(inbound), *prints)).encode()).hexdigest()
