"""The engine: its movements put together for one process, which keeps nobody in silence."""

import asyncio
from collections.abc import Mapping
from functools import partial

from core.adapter import Receive
from core.runtime.driver import Driver
from core.runtime.engine.intake import Intake
from core.runtime.engine.leading import Run
from core.runtime.engine.queues import Handing, Hands, notice
from core.runtime.engine.reminders import remind
from core.runtime.engine.roles import Finished, Roles
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import clear_away, sweep_files

__all__ = ["Engine", "Finished"]


class Engine:
    """One process's engine. `jobs` and `posts` are the drivers of the queues."""

    def __init__(self, runtime: Runtime, jobs: Driver, posts: Mapping[str, Hands]) -> None:
        self._runtime, self._jobs = runtime, jobs
        operated = asyncio.Event()
        self._forgotten = set[str]()  # whose last answers leave traces until the next sweep
        self.receive: Receive = Intake(runtime, operated, self._forgotten).receive
        handing = Handing(runtime, posts, self._forgotten)
        self.job, self.post = jobs.wake, handing.ready
        runtime.store.listen(self)
        regular: dict[str, Run] = {
            "still working": partial(remind, runtime),
            "command line": partial(notice, runtime, self, operated),
            "sweep": self._sweep,
        }
        self._roles = Roles(runtime, jobs, handing, self.receive, regular)
        self.heard, self.turned = self._roles.heard, self._roles.turned

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

    async def _sweep(self) -> None:
        await self._runtime.store.sweep(self._runtime.clock())
        await clear_away(self._runtime)
        await sweep_files(self._runtime)
        self._forgotten.clear()
        await asyncio.sleep(self._runtime.settings.sweep_seconds)
