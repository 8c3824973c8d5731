"""The queues of one process: jobs that are due are taken up where there is a place for their step,
and messages that are due go out, each platform's by hands of their own; and what is done again and
again beside them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, TypeVar

import structlog

from core.domain.limits import Rank, Scarce, held_back, next_due, scarce_for_step
from core.ops import machine
from core.runtime.driver import Carry, Driver, Work
from core.runtime.engine.carrying import carry_out
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.runtime import LOOK_SECONDS, Runtime
from core.store import Buried, Listener, Post

log = structlog.get_logger()

NOTICED_SECONDS = 2.0
"""After so long at most, what another process has written here is taken up."""
HAND_BACK_SECONDS = 2.0
"""So long at most the end of a process waits for what is being claimed, and hands it back."""

T = TypeVar("T")
U = TypeVar("U")


async def told_nothing(id: int, queue: str) -> None:
    """Where nobody tells which job is due."""
    raise AssertionError(f"nobody tells of {id} in {queue}")


async def _claimed(
    claiming: Coroutine[Any, Any, tuple[Sequence[T], U]], hand_back: Callable[[T], Awaitable[None]]
) -> tuple[Sequence[T], U]:
    """What is claimed. Where this is cancelled meanwhile nobody would begin it: it is handed back
    as if it had not been taken up, or the next start would think that it had been acted on."""
    claims = asyncio.ensure_future(claiming)
    try:
        return await asyncio.shield(claims)
    except asyncio.CancelledError:
        await asyncio.wait((claims,), timeout=HAND_BACK_SECONDS)
        if claims.done() and not claims.cancelled() and claims.exception() is None:
            with suppress(Buried, TimeoutError):
                async with asyncio.timeout(HAND_BACK_SECONDS):
                    for each in claims.result()[0]:
                        await hand_back(each)
        claims.cancel()
        raise


class Working:
    """One for each process."""

    def __init__(self, runtime: Runtime, jobs: Driver) -> None:
        self._runtime, self._jobs = runtime, jobs
        self._held = frozenset[Scarce]()  # what requests have waited for at the last look
        runtime.places.freed = self._freed

    async def run(self, carry: Carry = told_nothing) -> None:
        """Until cancelled. `carry` is for a driver that is told which job is due."""
        await self._jobs.run(self._take, carry)

    async def _take(self, most: int) -> tuple[Sequence[Work], float | None]:
        """Steps that are due and have a place, which they keep until they are over. Of many who
        ask at once everybody first hears that they were heard."""
        await self._runtime.store.give_way()
        runtime, now = self._runtime, self._runtime.clock()
        room = runtime.places.room(now)
        found, left = await _claimed(
            runtime.store.next_jobs(now, room, most),
            lambda claimed: runtime.store.release(claimed.job),
        )
        for claimed in found:
            runtime.places.take(scarce_for_step(claimed.job.step))
        room = runtime.places.room(now)
        self._held, due = held_back(left, room), next_due(left, room)
        if self._held:  # room also comes with time, which calls nobody
            due = min(due or inf, now + LOOK_SECONDS)
        return [partial(carry_out, runtime, claimed, self._may_begin) for claimed in found], due

    def _freed(self, what: Scarce) -> None:
        if what in self._held:
            self._jobs.wake()

    def _may_begin(self, _: Scarce) -> bool:
        return not self._jobs.ending


WORDS: tuple[Rank, ...] = (Rank.WORDS, Rank.STATUS, Rank.NEWS)
FILES: tuple[Rank, ...] = (Rank.FILE,)
Hands = Mapping[tuple[Rank, ...], Driver]
"""The drivers of one platform's messages, by the ranks that they take."""


class Handing:
    """Each platform has hands of its own: one that is slow, or asks for pauses, holds up no other;
    and of these some for each kind, so that words wait for no file.

    `forgotten` are users whose last answers leave traces until the next sweep."""

    def __init__(self, runtime: Runtime, posts: Mapping[str, Hands], forgotten: set[str]) -> None:
        self._runtime, self._posts, self._forgotten = runtime, posts, forgotten

    def ready(self, due: float, platform: str = "", rank: Rank | None = None) -> None:
        """As core.store.telling.Listener says."""
        for name, hands in self._posts.items():
            for ranks, driver in hands.items():
                if platform in ("", name) and (rank is None or rank in ranks):
                    driver.wake(due)

    def give_up(self, platform: str) -> None:
        """What is on its way out there gets no moment to end."""
        for driver in self._posts[platform].values():
            driver.give_up()

    def turned(self, platform: str) -> dict[str, float]:
        """When each of its queues was last looked through."""
        return {
            f"{platform} {'words' if ranks == WORDS else 'files'}": driver.turned
            for ranks, driver in self._posts[platform].items()
        }

    async def run(self, platform: str) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for ranks, driver in self._posts[platform].items():
                run = driver.run(partial(self._take, platform, ranks), told_nothing)
                group.create_task(run, name=f"outbox {platform} {ranks}")

    async def _take(
        self, platform: str, ranks: Sequence[Rank], most: int
    ) -> tuple[Sequence[Work], float | None]:
        store, now = self._runtime.store, self._runtime.clock()
        found, due = await _claimed(
            store.next_posts(now, platform, most, ranks), lambda post: store.postpone(post, now)
        )
        return [partial(self._hand_out, post) for post in found], due

    async def _hand_out(self, post: Post) -> None:
        await hand_out(self._runtime, post)
        if post.message.user in self._forgotten:
            # the answer to /forget is the last thing known of them
            await self._runtime.store.settle()


async def notice(runtime: Runtime, listener: Listener, operated: asyncio.Event) -> None:
    """What the command line has done to the database is seen by everything that reads it; what
    sleeps is woken, at once where somebody has `operated` the bot from a chat. News go out a few
    at each look."""
    with suppress(TimeoutError):
        async with asyncio.timeout(NOTICED_SECONDS):
            await operated.wait()
    operated.clear()
    changed, _ = await asyncio.gather(  # in one write
        runtime.store.changed_outside(),
        runtime.store.spread(runtime.clock(), tuple(runtime.adapters)),
    )
    if changed:
        listener.job(0)
        listener.post(0)


MOST = 10
"""Defects in a row after which the process had better begin anew."""
PAUSE = 1.0
"""Seconds after a defect, so that what does not wait by itself fills no log."""


async def rounds(name: str, work: Callable[[], Awaitable[None]], pause: float = PAUSE) -> None:
    """Do it for ever; `work` waits by itself. Raises what it raised ten times in a row, and Buried
    at once."""
    defects = 0
    while True:
        try:
            await work()
        except Buried:
            raise
        except Exception as problem:  # the one guard here: a bad row must not silence everybody
            if machine.short(problem):
                log.warning("this machine is short", what=name, error=str(problem))
                await asyncio.sleep(pause)
                continue
            defects += 1
            log.exception("a defect beside the requests", what=name, defects=defects)
            if defects == MOST:
                raise
            await asyncio.sleep(pause)
        else:
            defects = 0
