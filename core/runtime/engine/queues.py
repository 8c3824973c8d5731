"""The queues of one process: jobs that are due are taken up where there is a place for their step,
and messages that are due go out, each platform's by hands of their own."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from math import inf

import structlog

from core.domain.capacity import Rank, Scarce, held_back, next_due, takes
from core.runtime.driver import Driver, Work
from core.runtime.engine.carrying import carry_out
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.places import LOOK_SECONDS
from core.runtime.engine.runtime import Runtime
from core.store import Claimed, Post
from core.store.sharing import Buried, Shared

log = structlog.get_logger()

PLACE_SECONDS = 5.0
"""So long a job waits here for a place; then another process may have one."""
LEFT_SECONDS = 1.0
"""After that it is looked at again."""
DEFECT_SECONDS = 60.0
"""The same where it could not be taken up at all."""


class Working:
    """One for each process."""

    def __init__(self, runtime: Runtime, jobs: Driver) -> None:
        self._runtime, self._jobs = runtime, jobs
        self._held = frozenset[Scarce]()  # what requests have waited for at the last look
        runtime.places.freed = self._freed

    async def run(self) -> None:
        """Until cancelled."""
        await self._jobs.run(self._take, self._carry)

    async def _take(self, most: int) -> tuple[Sequence[Work], float | None]:
        """Steps that are due and have a place, which they keep until they are over."""
        runtime, now = self._runtime, self._runtime.clock()
        room = runtime.places.room(now)
        found, left = await runtime.store.next_jobs(now, room, most)
        for claimed in found:
            runtime.places.take(takes(claimed.job.step))
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

    def _may_follow(self, queue: Scarce, needed: Scarce) -> bool:
        """A turn takes minutes, and would keep one of the few places of another queue so long: it
        is told of by its own."""
        return not self._jobs.ending and (needed is not Scarce.TURN or queue is Scarce.TURN)

    async def _carry(self, id: int, queue: str) -> None:
        """One job that this process is told of, among others that are told of others."""
        shared = self._runtime.shared
        assert shared is not None, "nobody else tells"
        try:
            what = Scarce(queue)
            follows = partial(self._may_follow, what)
            await carry_out(self._runtime, await self._claimed(shared, id, what), follows)
        except Buried:
            pass  # whoever keeps this process alive ends it
        except Exception:  # the one guard here: a bad row must not stop the others
            log.exception("a defect while a job was taken up", job=id)
            await shared.look_again(id, DEFECT_SECONDS)

    async def _claimed(self, shared: Shared, id: int, what: Scarce) -> Claimed | None:
        """Its place is taken before it is claimed: others ask at the same time."""
        places, clock = self._runtime.places, self._runtime.clock
        if not await places.wait(what, clock, PLACE_SECONDS):
            await shared.look_again(id, LEFT_SECONDS)
            return None
        if self._jobs.ending:  # it may have become so meanwhile; another has time for it
            places.leave(what)
            await shared.look_again(id, 0)
            return None
        found: Claimed | float | None = None
        try:
            found = await shared.claim_this(id, clock())
        finally:
            if not isinstance(found, Claimed):
                places.leave(what)
        if not isinstance(found, Claimed):
            return None
        if (needed := takes(found.job.step)) is not what:  # it has come further meanwhile
            places.leave(what)
            places.take(needed)
        return found


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
                run = driver.run(partial(self._take, platform, ranks), _told_nothing)
                group.create_task(run, name=f"outbox {platform} {ranks}")

    async def _take(
        self, platform: str, ranks: Sequence[Rank], most: int
    ) -> tuple[Sequence[Work], float | None]:
        now = self._runtime.clock()
        found, due = await self._runtime.store.next_posts(now, platform, most, ranks)
        return [partial(self._hand_out, post) for post in found], due

    async def _hand_out(self, post: Post) -> None:
        await hand_out(self._runtime, post)
        if post.message.user in self._forgotten:
            # the answer to /forget is the last thing known of them
            await self._runtime.store.settle()


async def _told_nothing(id: int, queue: str) -> None:
    raise AssertionError(f"nobody tells of message {id} in {queue}")
