"""aiosqlite's connection, with one way to its thread for a whole batch of statements: by itself the
library goes there and back for each, which was a quarter of a request's processor time."""

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import aiosqlite

from core.store.sqlite.telling import Notes
from core.store.telling import Listener, Nobody
from core.store.writer import Trouble, Work

R = TypeVar("R")
ROWS_AT_ONCE = 64
"""The library's own default for reading row by row, which nobody here does."""

PASSING = frozenset(
    (
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    )
)
BROKEN = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
"""Primary result codes (sqlite.org/rescode.html)."""
LONGEST_DISK_PAUSE = 15.0
"""Seconds: a full disk is not full for less because somebody asks."""


class Connection(aiosqlite.Connection):
    """Made by `to`; whoever has one closes it, since its thread would keep the process alive."""

    longest_pause = LONGEST_DISK_PAUSE
    listener: Listener = Nobody()

    def __init__(self, opened: Callable[[], sqlite3.Connection], rows_at_once: int) -> None:
        super().__init__(opened, rows_at_once)
        self.notes = Notes()

    @classmethod
    async def to(cls, opened: Callable[[], sqlite3.Connection]) -> Self:
        """One to what is opened, on its thread as all else. Raises what opening raises."""
        connection = cls(opened, ROWS_AT_ONCE)
        await connection
        return connection

    async def first(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What decides whether it can be used: closed where this raises."""
        try:
            return await self.there(work)
        except BaseException:
            await self.close()
            raise

    async def there(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What the work gives back; it may run as many statements as it likes. Its exception is
        raised here."""
        result: R = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result

    async def written(self, works: Sequence[Work[Any]]) -> list[Any]:
        """In one transaction, and one way to the thread. Then it is told what is ready."""
        results = await self.there(lambda db: _written(db, works, self.notes))
        self.notes.tell(self.listener)
        return results

    def judged(self, problem: Exception) -> Trouble:
        """By SQLite's code."""
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
        if code in PASSING:
            return Trouble.PASSING
        return Trouble.BROKEN if code in BROKEN else Trouble.OTHERS

    async def emptied(self) -> None:
        """Write the log of changes back and empty it; what fails is left for later."""
        with contextlib.suppress(sqlite3.Error):
            await self.there(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close())


def _written(connection: sqlite3.Connection, works: Sequence[Work[Any]], notes: Notes) -> list[Any]:
    notes.clear()
    try:
        connection.execute("BEGIN IMMEDIATE")
        results = [work(connection) for work in works]
        connection.commit()
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.rollback()
        raise
    return results
