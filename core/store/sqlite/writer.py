"""One connection, one writer: queued work runs in batches, one transaction a batch (group commit).

Two coroutines on one connection would share a transaction, and one would commit the other's half; so all work, reads
that lead to an act included, goes through this queue. If a piece of work in a batch raises, the batch is rolled back
and each piece runs alone: work must therefore be repeatable, which pure decisions are.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")
Work = Callable[[aiosqlite.Connection], Awaitable[T]]
BATCH = 200


class Writer:
    """Runs work on the one connection, in the order in which it was asked for."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._queue: asyncio.Queue[tuple[Work[Any], asyncio.Future[Any]] | None] = asyncio.Queue()
        self._loop = asyncio.create_task(self._serve(), name="store writer")

    async def run(self, work: Work[T]) -> T:
        """Do one piece of work in a transaction; its exception is raised here and nowhere else."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        await self._queue.put((work, done))
        return await done

    async def close(self) -> None:
        """Finish what is queued, then close the connection."""
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
            if len(batch) == 1 or not await self._together(batch):
                for work, done in batch:
                    await self._alone(work, done)

    async def _together(self, batch: list[tuple[Work[Any], asyncio.Future[Any]]]) -> bool:
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
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
            result = await work(self._connection)
            await self._connection.commit()
        except Exception as problem:  # noqa: BLE001  (handed to whoever asked)
            await self._roll_back()
            if not done.done():
                done.set_exception(problem)
        else:
            if not done.done():
                done.set_result(result)

    async def _roll_back(self) -> None:
        with contextlib.suppress(aiosqlite.Error):
            await self._connection.rollback()
