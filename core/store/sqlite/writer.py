"""One connection, one writer: queued work runs in batches, one transaction a batch (group commit).

Two coroutines on one connection would share a transaction, and one would commit the other's half;
so all work, reads that lead to an act included, goes through this queue. If a piece of work in a
batch raises, the batch is rolled back and each piece runs alone: work must therefore be repeatable,
which pure decisions are.

A disk that is full, a file that is locked or can be read only: that passes, or the operator mends
it. The writer then waits and tries again, and everybody waits with it, so that nothing is
acknowledged that is not on disk."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiosqlite
import structlog

log = structlog.get_logger()

T = TypeVar("T")
Work = Callable[[aiosqlite.Connection], Awaitable[T]]
Item = tuple[Work[Any], asyncio.Future[Any]]
BATCH = 200
PASSING = frozenset(
    (
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    )
)
BROKEN = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
"""Primary result codes (sqlite.org/rescode.html)."""
LONGEST_DISK_PAUSE = 15.0
QUIET_FAILURES = 20
"""So many failures after the first are not logged: a night with a full disk must not fill the log
as well."""


class StoreBroken(Exception):
    """The database file cannot be used as one of ours; it is left as it is."""


class Writer:
    """Runs work on the one connection, in the order in which it was asked for."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._queue: asyncio.Queue[Item | None] = asyncio.Queue()
        self._turn = asyncio.Lock()
        self._closing = asyncio.Event()
        self._loop = asyncio.create_task(self._serve(), name="store writer")

    async def run(self, work: Work[T]) -> T:
        """Do one piece of work in a transaction; its exception is raised here and nowhere else.

        Raises StoreBroken where the file turns out to be damaged.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        await self._queue.put((work, done))
        return await done

    async def between(self, pragma: str) -> None:
        """Run one statement between two batches, since no transaction may surround it; what fails
        is left for later."""
        async with self._turn:
            with contextlib.suppress(
                aiosqlite.Error, ValueError
            ):  # ValueError: the connection is closed
                await self._connection.execute(pragma)

    async def close(self) -> None:
        """Finish what is queued, then close the connection. What cannot be written by now is given
        up."""
        if self._closing.is_set():
            return
        self._closing.set()
        await self._queue.put(None)
        await self._loop
        await self._connection.close()

    async def _serve(self) -> None:
        while first := await self._queue.get():
            batch = [first]
            while len(batch) < BATCH and not self._queue.empty():
                item = self._queue.get_nowait()
                if item is None:
                    await self._queue.put(None)
                    break
                batch.append(item)
            async with self._turn:
                if len(batch) == 1 or not await self._together(batch):
                    for work, done in batch:
                        await self._alone(work, done)

    async def _together(self, batch: list[Item]) -> bool:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
            results = [await work(self._connection) for work, _ in batch]
            await self._connection.commit()
        except Exception:  # noqa: BLE001  (whose fault it was shows when each piece runs alone)
            await self._roll_back()
            return False
        for (_, done), result in zip(batch, results, strict=True):
            if not done.done():
                done.set_result(result)
        return True

    async def _alone(self, work: Work[Any], done: asyncio.Future[Any]) -> None:
        failures = 0
        while (problem := await self._tried(work, done)) is not None:
            failures += 1
            if failures == 1 or failures % QUIET_FAILURES == 0:
                log.error(
                    "the database cannot be written, trying again",
                    problem=str(problem),
                    failures=failures,
                )
            if not await self._waited(min(2.0**failures / 4, LONGEST_DISK_PAUSE)):
                if not done.done():
                    done.set_exception(problem)
                return
        if failures:
            log.info("the database can be written again")

    async def _tried(self, work: Work[Any], done: asyncio.Future[Any]) -> Exception | None:
        """Work once. The error, where trying again may help; else None: it is done, or its caller
        has the error."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
            result = await work(self._connection)
            await self._connection.commit()
        except Exception as problem:  # noqa: BLE001  (handed to whoever asked)
            await self._roll_back()
            code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
            if code in PASSING:
                return problem
            if not done.done():
                done.set_exception(StoreBroken(str(problem)) if code in BROKEN else problem)
        else:
            if not done.done():
                done.set_result(result)
        return None

    async def _waited(self, seconds: float) -> bool:
        """False if the store is being closed: then nobody can wait any longer."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        return not self._closing.is_set()

    async def _roll_back(self) -> None:
        with contextlib.suppress(aiosqlite.Error):
            await self._connection.rollback()
