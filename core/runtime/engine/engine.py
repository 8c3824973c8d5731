"""The engine: receives from the adapters, drives jobs and outbox, and keeps nobody in silence."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import structlog

from core.domain.requests import Job, Notice, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import OPERATING, SPOOL, Command, Inbound, Outbound
from core.runtime.driver import Driver
from core.runtime.engine.intake import Intake
from core.runtime.engine.queues import Handing, Hands
from core.runtime.engine.roles import Finished, Roles
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import clear_away, clear_files, sweep_files

__all__ = ["Engine", "Finished", "Runtime"]

log = structlog.get_logger()


NOTICED_SECONDS = 2.0
"""After so long at most, what another process has written here is taken up."""


class Engine:
    """One process's engine. `jobs` and `posts` are the drivers of the queues."""

    def __init__(self, runtime: Runtime, jobs: Driver, posts: Mapping[str, Hands]) -> None:
        self._runtime, self._jobs = runtime, jobs
        self._intake = Intake(runtime)
        self._operated = asyncio.Event()
        self._forgotten: set[str] = (
            set()
        )  # users whose last answers leave traces until the next sweep
        handing = Handing(runtime, posts, self._forgotten)
        self.job, self.post = jobs.wake, handing.ready
        runtime.store.listen(self)
        regular = {
            "still working": self._remind,
            "command line": self._notice,
            "sweep": self._sweep,
        }
        self._roles = Roles(runtime, jobs, handing, self.receive, regular)
        self.heard, self.turned = self._roles.heard, self._roles.turned

    async def receive(self, inbound: Inbound) -> None:
        """Take in one message (write 1). Returns when it is on disk; the same id is taken in
        once."""
        await self._intake.shelve(inbound)
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

    async def touch(self) -> None:
        """Show that the store can be written."""
        await self._runtime.store.touch(self._runtime.clock())

    async def leads(self, name: str) -> bool:
        """Whether what one process does for all of them is done here."""
        shared = self._runtime.shared
        return shared is None or await shared.lead(name)

    async def serve(self) -> None:
        """Run everything until cancelled, or until an adapter ends: Finished, or what only the
        operator can mend. Raises Buried where others have taken over what this process had."""
        await self._roles.run()

    async def _notice(self) -> None:
        """What the command line has done to the database is seen by everything that reads it; what
        sleeps is woken. News go out a few at each look."""
        runtime = self._runtime
        with suppress(TimeoutError):
            async with asyncio.timeout(NOTICED_SECONDS):
                await self._operated.wait()
        self._operated.clear()
        changed, _ = await asyncio.gather(  # in one write
            runtime.store.changed_outside(),
            runtime.store.spread(runtime.clock(), tuple(runtime.adapters)),
        )
        if changed:
            self.job(0)
            self.post(0)

    async def _remind(self) -> None:
        """Words for everyone who has seen nothing new for the set time. A lost tick does no
        harm."""
        every = self._runtime.settings.still_working_seconds
        await asyncio.sleep(min(every / 4, 10.0))
        await self._runtime.store.remind(self._runtime.clock(), every, self._still_working)

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
