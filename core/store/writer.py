"""One connection, one thread, one writer: queued work runs in batches, one transaction a batch
(group commit), and each batch is one way to the thread and back.

Two pieces of work at once on one connection would share a transaction, and one would commit the
other's half; so all work, reads that lead to an act included, goes through this queue. If a piece
of work in a batch raises, the batch is rolled back and each piece runs alone: work must therefore
be repeatable, which pure decisions are.

A disk that is full, a file that is locked or can be read only, a server that is away: that passes,
or the operator mends it. The writer then waits and tries again, and everybody waits with it, so
that nothing is acknowledged that is not on disk."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol, TypeVar

import structlog

from core.store.database import Database
from core.store.port import StoreBroken

log = structlog.get_logger()

T = TypeVar("T")
Work = Callable[[Database], T]
BATCH = 200
"""Pieces of work in one transaction."""
KEPT_FREE = BATCH // 4
"""Of these, so many are for what is not urgent: a flood of messages must not stop what was
begun."""
CROWD = 4
"""Messages in one transaction from which on many people speak at once: a single one who asks, and
is answered, makes fewer."""
PASSED_BY = 100
"""So many messages of a crowd go before what gives way to it, and no transaction more: what is
nearly done must come out while ten thousand ask."""
AT_ONCE = 8
"""Results that are handed over before others have their turn: whoever has one goes on at once, and
a whole batch of them would keep the loop from all else."""
QUIET_FAILURES = 20
"""So many failures after the first are not logged: a night with a full disk must not fill the log
as well."""


OTHER_VERSION = "it is of another version: start this version of the bot once"


class Trouble(Enum):
    """What a failed transaction means for the next."""

    PASSING = auto()
    """It may succeed later, as it is."""
    BROKEN = auto()
    """The database is damaged."""
    OTHERS = auto()
    """It is the matter of whoever asked."""


def crowd_after(crowd: int, spoken: int) -> int:
    """How many speak at once, after a transaction with so many messages: a pause in between, while
    answers are on their way, is not yet the end of it."""
    return max(spoken, crowd // 2)


def gives_way(crowd: int, passed: int) -> bool:
    """Whether what can wait lets a crowd go first once more, of which so many have passed it by."""
    return crowd >= CROWD and passed < PASSED_BY


class Channel(Protocol):
    """The way to the database, for one writer. `longest_pause`: seconds between two tries."""

    longest_pause: float

    async def written(self, works: Sequence[Work[Any]]) -> list[Any]:
        """The results of all this work, done in one transaction; of what raises, nothing stays."""
        ...

    def judged(self, problem: Exception) -> Trouble:
        """What this means."""
        ...

    async def close(self) -> None:
        """No more."""
        ...


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work, and who waits for its result; `speaks`: it takes in what somebody says, or
    hands out what is said to them."""

    work: Work[Any]
    done: asyncio.Future[Any]
    speaks: bool

    def succeed(self, result: Any) -> None:
        """Hand the result over, if anybody still waits for it."""
        if not self.done.done():
            self.done.set_result(result)

    def fail(self, problem: BaseException) -> None:
        """Hand the error over, if anybody still waits."""
        if not self.done.done():
            self.done.set_exception(problem)


class Writer:
    """Runs work on the one connection: what is urgent first, else in the order in which it was
    asked for."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._urgent: deque[Item] = deque()
        self._others: deque[Item] = deque()
        self._asked = asyncio.Event()
        self._turn = asyncio.Lock()
        self._closing = asyncio.Event()
        self._crowd = 0  # who speaks at once; nobody as soon as nothing is queued
        self._turned = asyncio.Event()  # set, and made anew, after each transaction
        self._loop = asyncio.create_task(self._serve(), name="store writer")

    async def run(self, work: Work[T], *, urgent: bool = False, speaks: bool = False) -> T:
        """Do one piece of work in a transaction; its exception is raised here and nowhere else.

        It runs on the connection's thread. Raises StoreBroken where the file turns out to be
        damaged."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        (self._urgent if urgent else self._others).append(Item(work, done, urgent or speaks))
        self._asked.set()
        return await done

    async def give_way(self) -> None:
        """Wait while many people speak at once, for so many of them at most."""
        passed = 0
        while gives_way(crowd := max(self._crowd, len(self._urgent)), passed):
            await self._turned.wait()
            passed += crowd

    async def between(self, call: Callable[[], Awaitable[None]]) -> None:
        """Do something between two batches, which no transaction may surround."""
        async with self._turn:
            if not (self._closing.is_set() and self._loop.done()):
                await call()

    async def close(self) -> None:
        """Finish what is queued, then close the connection. What cannot be written by now is given
        up."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._asked.set()
        await self._loop
        async with self._turn:
            await self._channel.close()

    async def _serve(self) -> None:
        while True:
            await self._asked.wait()
            batch = self._next()
            self._count(batch)
            if not batch:
                if self._closing.is_set():
                    return
                self._asked.clear()
                continue
            async with self._turn:
                if len(batch) == 1 or not await self._together(batch):
                    for item in batch:
                        await self._alone(item)

    def _count(self, batch: Sequence[Item]) -> None:
        """A transaction is over, and this is the next, if there is one."""
        spoken = sum(item.speaks for item in batch)
        self._crowd = crowd_after(self._crowd, spoken) if batch else 0
        self._turned.set()
        self._turned = asyncio.Event()

    def _next(self) -> list[Item]:
        """What goes into the next transaction, in its order."""
        free = BATCH - min(len(self._others), KEPT_FREE)
        urgent = [self._urgent.popleft() for _ in range(min(free, len(self._urgent)))]
        left = min(BATCH - len(urgent), len(self._others))
        return urgent + [self._others.popleft() for _ in range(left)]

    async def _together(self, batch: list[Item]) -> bool:
        try:
            results = await self._channel.written([item.work for item in batch])
        except Exception:  # noqa: BLE001  (whose fault it was shows when each piece runs alone)
            return False
        for number, (item, result) in enumerate(zip(batch, results, strict=True), start=1):
            item.succeed(result)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        return True

    async def _alone(self, item: Item) -> None:
        failures = 0
        while (problem := await self._tried(item)) is not None:
            failures += 1
            if failures == 1 or failures % QUIET_FAILURES == 0:
                log.error(
                    "the database cannot be written, trying again",
                    problem=str(problem),
                    failures=failures,
                )
            if not await self._waited(min(2.0**failures / 4, self._channel.longest_pause)):
                item.fail(problem)
                return
        if failures:
            log.info("the database can be written again")

    async def _tried(self, item: Item) -> Exception | None:
        """Work once. The error, where trying again may help; else None: it is done, or its caller
        has the error."""
        try:
            (result,) = await self._channel.written([item.work])
        except Exception as problem:  # noqa: BLE001  (handed to whoever asked)
            match self._channel.judged(problem):
                case Trouble.PASSING:
                    return problem
                case Trouble.BROKEN:
                    item.fail(StoreBroken(str(problem)))
                case Trouble.OTHERS:
                    item.fail(problem)
        else:
            item.succeed(result)
        return None

    async def _waited(self, seconds: float) -> bool:
        """False if the store is being closed: then nobody can wait any longer."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)
        return not self._closing.is_set()
