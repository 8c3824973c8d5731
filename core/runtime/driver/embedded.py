"""The driver inside this process: an event, a timer to the next due row, and a bounded number of
running tasks."""

import asyncio
import contextlib
from collections.abc import Callable
from math import inf

from core.runtime.driver import Carry, Take, Work, ended

LONGEST_SLEEP = 60.0
LATE = 0.001
"""A timer goes by another clock, and may be a little early by ours: then the look would be in
vain."""
BATCH = 16
"""Pieces that are claimed in one write, and begun in one turn of the loop: all else waits for
that."""


class EmbeddedDriver:
    """At most `workers` pieces at once, which is asked each time; on cancel, running pieces get
    `grace` seconds before they are cancelled."""

    def __init__(
        self, workers: Callable[[], int], clock: Callable[[], float], grace: float = 8.0
    ) -> None:
        self._workers, self._clock, self._grace = workers, clock, grace
        self._stirred = asyncio.Event()
        self._until = inf
        self._crowded = False
        self.ending, self._patient = False, True
        self.turned = 0.0  # when it last looked around, by its clock

    def wake(self, at: float = 0.0) -> None:
        """Look at that time, or earlier."""
        if at < self._until:
            self._until = at
            self._stirred.set()

    def give_up(self) -> None:
        """No more grace, until it runs again."""
        self._patient = False

    async def run(self, take: Take, carry: Carry | None = None) -> None:
        """Take work while there is any and a worker is free, then sleep until the next is due or
        something wakes us. Nobody tells it which."""
        del carry
        running: set[asyncio.Task[None]] = set()
        self.ending, self._patient = False, True
        try:
            while True:
                await self._sleep(await self._look(take, running))
        finally:
            self.ending = True
            await ended(running, self._grace if self._patient else 0)

    async def _look(self, take: Take, running: set[asyncio.Task[None]]) -> float | None:
        """Begin what can be begun; when the next is due, None where none is, or no worker is free.
        Nothing is kept of what was begun: it may run for minutes."""
        self._until = inf
        self.turned = self._clock()
        while (free := self._workers() - len(running)) > 0:
            works, due = await take(min(free, BATCH))
            for work in works:
                self._begin(work, running)
            if len(works) < min(free, BATCH):
                self._crowded = False
                return due
        self._crowded = True
        return None

    def _begin(self, work: Work, running: set[asyncio.Task[None]]) -> None:
        task = asyncio.ensure_future(work())
        running.add(task)
        task.add_done_callback(running.discard)
        task.add_done_callback(self._over)

    def _over(self, _: asyncio.Task[None]) -> None:
        """There is a hand free: somebody may have waited for it."""
        if self._crowded:
            self.wake()

    async def _sleep(self, due: float | None) -> None:
        self._until = min(self._until, inf if due is None else due)
        with contextlib.suppress(TimeoutError):
            while (left := self._until - self._clock()) > 0:
                self._stirred.clear()
                # wait_for may lose a cancellation on Python 3.11
                async with asyncio.timeout(min(left + LATE, LONGEST_SLEEP)):
                    await self._stirred.wait()
