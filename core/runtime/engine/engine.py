"""The engine: receives from the adapters, drives jobs and outbox, and keeps nobody in silence."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import structlog

from core.adapter import Adapter, Audible, Heard, Rereading
from core.domain.capacity import takes
from core.domain.fairness import Rank
from core.domain.requests import Job, Notice, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import OPERATING, SPOOL, Address, Command, Inbound, Outbound
from core.runtime.driver import Driver, Work
from core.runtime.engine.carrying import Wakes, carry_out
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.intake import Intake
from core.runtime.engine.rounds import rounds
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import clear_away, clear_files, sweep_files
from core.store import Claimed, Post

__all__ = ["Engine", "Finished", "Runtime"]

log = structlog.get_logger()


WORDS: tuple[Rank, ...] = (Rank.WORDS, Rank.STATUS, Rank.NEWS)
FILES: tuple[Rank, ...] = (Rank.FILE,)
Hands = Mapping[tuple[Rank, ...], Driver]
"""The drivers of one platform's messages, by the ranks that they take."""


NOTICED_SECONDS = 2.0
"""After so long at most, what another process has written here is taken up."""


class Finished(Exception):
    """An adapter has nothing more to take in (the terminal was closed): the process may end."""


class Engine:
    """One process's engine. `jobs` and `posts` are the drivers of the queues.

    Each platform has hands of its own for its messages: one that is slow, or asks for pauses, holds
    up no other; and of these some for each kind, so that words wait for no file."""

    def __init__(self, runtime: Runtime, jobs: Driver, posts: Mapping[str, Hands]) -> None:
        self._runtime, self._jobs, self._posts = runtime, jobs, posts
        self._intake = Intake(runtime)
        self._operated = asyncio.Event()
        self._forgotten: set[str] = (
            set()
        )  # users whose last answers leave traces until the next sweep

    async def receive(self, inbound: Inbound) -> None:
        """Take in one message (write 1). Returns when it is on disk; the same id is taken in
        once."""
        taken = await self._intake.take_in(inbound)
        if inbound.command is Command.FORGET:
            self._forgotten.add(inbound.user)
            await clear_away(self._runtime)
        elif inbound.command is Command.LOGOUT:
            await self._runtime.store.settle()
        elif any(file.ref.startswith(SPOOL) for file in inbound.attachments):
            await clear_files(self._runtime)
        if inbound.command in OPERATING:
            self._operated.set()
        log.info(
            "taken in" if taken else "seen before, or not for us",
            id=inbound.id,
            files=len(inbound.attachments),
        )
        self._jobs.wake()
        self._owed()

    def _owed(self) -> None:
        for hands in self._posts.values():
            for driver in hands.values():
                driver.wake()

    def heard(self) -> dict[str, float]:
        """When each platform that knows it last gave a sign of life."""
        adapters = self._runtime.adapters.items()
        return {name: adapter.heard for name, adapter in adapters if isinstance(adapter, Audible)}

    def turned(self) -> dict[str, float]:
        """When each queue was last looked through."""
        posts = {
            f"{platform} {'words' if ranks == WORDS else 'files'}": driver.turned
            for platform, hands in self._posts.items()
            for ranks, driver in hands.items()
        }
        return {"requests": self._jobs.turned, **posts}

    async def touch(self) -> None:
        """Show that the store can be written."""
        await self._runtime.store.touch(self._runtime.clock())

    async def serve(self) -> None:
        """Run everything until cancelled, or until an adapter ends: Finished, or what only the
        operator can mend."""
        async with asyncio.TaskGroup() as group:
            for adapter in self._runtime.adapters.values():
                group.create_task(self._run(adapter), name=f"adapter {adapter.platform}")
            group.create_task(self._jobs.run(self._take_jobs), name="jobs")
            for platform, hands in self._posts.items():
                for ranks, driver in hands.items():
                    take = partial(self._take_posts, platform, ranks)
                    group.create_task(driver.run(take), name=f"outbox {platform} {ranks}")
            for name, work in (
                ("still working", self._remind),
                ("command line", self._notice),
                ("sweep", self._sweep),
            ):
                group.create_task(rounds(name, work), name=name)

    async def _run(self, adapter: Adapter) -> None:
        if isinstance(adapter, Rereading):
            adapter.recall = partial(self._recall, adapter.platform)
        await adapter.run(self.receive)
        raise Finished(adapter.platform)

    async def _recall(self, platform: str) -> Mapping[Address, Heard]:
        return await self._runtime.store.recall(platform, self._runtime.clock())

    async def _take_jobs(self, most: int) -> tuple[Sequence[Work], float | None]:
        """Steps that are due and have a place, which they keep until they are over."""
        runtime, now = self._runtime, self._runtime.clock()
        room = runtime.places.room(now)
        found, due = await asyncio.gather(
            runtime.store.claim_some(now, room, most), runtime.store.job_due(room)
        )
        for claimed in found:
            runtime.places.take(takes(claimed.job.step))
        return [partial(self._carry_out, claimed) for claimed in found], due

    async def _carry_out(self, claimed: Claimed) -> None:
        wakes = Wakes(self._owed, self._jobs.wake, lambda: not self._jobs.ending)
        try:
            await carry_out(self._runtime, claimed, wakes)
        finally:
            self._jobs.wake()  # whatever became of it, there is a place

    async def _take_posts(
        self, platform: str, ranks: Sequence[Rank], most: int
    ) -> tuple[Sequence[Work], float | None]:
        """What is due is asked for in one write with what is due next, here and above: the one is
        nothing without the other."""
        store, now = self._runtime.store, self._runtime.clock()
        found, due = await asyncio.gather(
            store.claim_posts(now, platform, most, ranks), store.post_due(platform, ranks)
        )
        return [partial(self._hand_out, post) for post in found], due

    async def _hand_out(self, post: Post) -> None:
        try:
            await hand_out(self._runtime, post)
        finally:
            for driver in self._posts[post.message.address.platform].values():
                driver.wake()  # what stood behind it may be of another kind
        if post.message.user in self._forgotten:
            # the answer to /forget is the last thing known of them
            await self._runtime.store.settle()

    async def _notice(self) -> None:
        """What the command line has done to the database is seen by everything that reads it; what
        sleeps is woken. News go out a few at each look."""
        runtime = self._runtime
        with suppress(TimeoutError):
            async with asyncio.timeout(NOTICED_SECONDS):
                await self._operated.wait()
        self._operated.clear()
        if await runtime.store.changed_outside():
            self._jobs.wake()
            self._owed()
        if await runtime.store.spread(runtime.clock(), tuple(runtime.adapters)):
            self._owed()

    async def _remind(self) -> None:
        """Words for everyone who has seen nothing new for the set time. A lost tick does no
        harm."""
        every = self._runtime.settings.still_working_seconds
        await asyncio.sleep(min(every / 4, 10.0))
        if await self._runtime.store.remind(self._runtime.clock(), every, self._still_working):
            self._owed()

    def _still_working(self, job: Job) -> Outbound:
        minutes = round((self._runtime.clock() - job.created) / 60)
        waited = text("status.minutes", job.language, minutes=minutes) if minutes else ""
        return to_outbound(
            job,
            Notice(
                f"{text('bot.still_working', job.language)} {waited}".strip(),
                cancel_buttons(job.language),
            ),
        )

    async def _sweep(self) -> None:
        await self._runtime.store.sweep(self._runtime.clock())
        await clear_away(self._runtime)
        await sweep_files(self._runtime)
        self._forgotten.clear()
        await asyncio.sleep(self._runtime.settings.sweep_seconds)
