"""One way to a thread for all that is to be done on the disk: where much is asked at once, most of
it goes there together."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

Work = Callable[[], Any]


class Disk:
    """Does short work in its order; what is asked meanwhile goes with the next way."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._going: asyncio.Task[None] | None = None

    async def do(self, work: Work) -> Any:
        """What the work gives back. Its OSError is raised here, and does not stop the others."""
        end: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, end))
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._go(), name="discord: disk")
        return await end

    async def _go(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            ends = await asyncio.to_thread(_done, [work for work, _ in batch])
            for (_, future), end in zip(batch, ends, strict=True):
                if future.done():  # who asked has gone
                    continue
                if isinstance(end, OSError):
                    future.set_exception(end)
                else:
                    future.set_result(end)


def _done(works: Sequence[Work]) -> list[Any]:
    return [_one(work) for work in works]


def _one(work: Work) -> Any:
    try:
        return work()
    except OSError as problem:
        return problem
