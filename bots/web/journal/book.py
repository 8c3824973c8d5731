"""The journal's file: one connection, used by one piece of work at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiosqlite


class Book:
    """What all parts of the journal share. Every method may raise sqlite3.Error where the disk does
    not take it."""

    def __init__(self, db: aiosqlite.Connection, clock: Callable[[], float]) -> None:
        self._db, self._clock = db, clock
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """One transaction, alone. Whatever ends it early, also who no longer waits, undoes it."""
        async with self._lock:
            try:
                await self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                await self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # there is none any more
                    await self._db.execute("ROLLBACK")
                raise

    async def _all(self, sql: str, *values: Any) -> Sequence[sqlite3.Row]:
        async with self._lock:
            return list(await self._db.execute_fetchall(sql, values))

    async def _settle(self) -> None:
        """Leave no trace of what was erased beside the file."""
        async with self._lock:
            await self._db.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


async def row_of(db: aiosqlite.Connection, sql: str, *values: Any) -> sqlite3.Row | None:
    """The first row, or None."""
    rows = list(await db.execute_fetchall(sql, values))
    return rows[0] if rows else None


async def next_number(db: aiosqlite.Connection) -> int:
    """The next number of a change: rising for ever."""
    rows = list(await db.execute_fetchall("UPDATE numbers SET last = last + 1 RETURNING last"))
    return int(rows[0][0])
