"""The engine: receives from the adapters, drives jobs and outbox, and keeps nobody in silence."""

import asyncio
from collections.abc import Mapping
from functools import partial

import structlog

from core.adapter import Adapter, Audible, Heard, Rereading
from core.domain.requests import Job, Notice, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import SPOOL, Address, Command, Inbound, Outbound
from core.runtime.driver import Driver, Work
from core.runtime.engine.carrying import carry_out
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.intake import Intake
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import clear_away, clear_files, sweep_files

__all__ = ["Engine", "Finished", "Runtime"]

log = structlog.get_logger()


class Finished(Exception):
    """An adapter has nothing more to take in (the terminal was closed): the process may end."""


class Engine:
    """One process's engine. `jobs` and `posts` are the drivers of the queues.

    Each platform has hands of its own for its messages: one that is slow, or asks for pauses, holds
    up no other."""

    def __init__(self, runtime: Runtime, jobs: Driver, posts: Mapping[str, Driver]) -> None:
        self._runtime, self._jobs, self._posts = runtime, jobs, posts
        self._intake = Intake(runtime)
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
        log.info(
            "taken in" if taken else "seen before, or not for us",
            id=inbound.id,
            files=len(inbound.attachments),
        )
        self._jobs.wake()
        self._owed()

    def _owed(self) -> None:
        for driver in self._posts.values():
            driver.wake()

    def heard(self) -> dict[str, float]:
        """When each platform that knows it last gave a sign of life."""
        adapters = self._runtime.adapters.items()
        return {name: adapter.heard for name, adapter in adapters if isinstance(adapter, Audible)}

    def turned(self) -> dict[str, float]:
        """When each queue was last looked through."""
        words = {f"{platform} words": driver.turned for platform, driver in self._posts.items()}
        return {"requests": self._jobs.turned, **words}

    async def touch(self) -> None:
        """Show that the store can be written."""
        await self._runtime.store.touch(self._runtime.clock())

    async def serve(self) -> None:
        """Run everything until cancelled, or until an adapter ends: Finished, or what only the
        operator can mend."""
        async with asyncio.TaskGroup() as group:
            for adapter in self._runtime.adapters.values():
                group.create_task(self._run(adapter), name=f"adapter {adapter.platform}")
            group.create_task(
                self._jobs.run(self._take_job, self._runtime.store.job_due), name="jobs"
            )
            for platform, driver in self._posts.items():
                take, due = (
                    partial(self._take_post, platform),
                    partial(self._runtime.store.post_due, platform),
                )
                group.create_task(driver.run(take, due), name=f"outbox {platform}")
            group.create_task(self._remind(), name="still working")
            group.create_task(self._sweep(), name="sweep")

    async def _run(self, adapter: Adapter) -> None:
        if isinstance(adapter, Rereading):
            adapter.recall = partial(self._recall, adapter.platform)
        await adapter.run(self.receive)
        raise Finished(adapter.platform)

    async def _recall(self, platform: str) -> Mapping[Address, Heard]:
        return await self._runtime.store.recall(platform, self._runtime.clock())

    async def _take_job(self) -> Work | None:
        claimed = await self._runtime.store.claim(self._runtime.clock())
        if claimed is None:
            return None

        async def work() -> None:
            await carry_out(self._runtime, claimed, self._owed)
            self._owed()

        return work

    async def _take_post(self, platform: str) -> Work | None:
        post = await self._runtime.store.claim_post(self._runtime.clock(), platform)
        if post is None:
            return None

        async def work() -> None:
            await hand_out(self._runtime, post)
            if (
                post.message.user in self._forgotten
            ):  # the answer to /forget is the last thing known of them
                await self._runtime.store.settle()

        return work

    async def _remind(self) -> None:
        """Words for everyone who has seen nothing new for the set time. A lost tick does no
        harm."""
        every = self._runtime.settings.still_working_seconds
        while True:
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
        while True:
            await self._runtime.store.sweep(self._runtime.clock())
            await clear_away(self._runtime)
            await sweep_files(self._runtime)
            self._forgotten.clear()
            await asyncio.sleep(self._runtime.settings.sweep_seconds)
