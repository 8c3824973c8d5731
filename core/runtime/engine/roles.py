"""What this process does: everything where it is alone; among others what its role is, and of that
what it leads."""

import asyncio
from collections.abc import Mapping
from functools import partial

from core.adapter import Adapter, Audible, Heard, Receive, Rereading
from core.messages import Address
from core.runtime.driver import Driver
from core.runtime.engine.handing import Handing
from core.runtime.engine.leading import Part, Run, alive, led
from core.runtime.engine.rounds import rounds
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import sweep_files
from core.runtime.engine.working import Working
from core.store.sharing import Shared


class Finished(Exception):
    """An adapter has nothing more to take in (the terminal was closed): the process may end."""


class Roles:
    """`regular` is what is done again and again beside the requests."""

    def __init__(
        self, runtime: Runtime, jobs: Driver, handing: Handing, receive: Receive,
        regular: Mapping[str, Run],
    ) -> None:  # fmt: skip
        self._runtime, self._jobs, self._handing = runtime, jobs, handing
        self._receive, self._regular = receive, regular
        self._working = Working(runtime, jobs, handing.owed)
        self._hearing: set[str] = set()  # platforms that are taken in here
        self._sending: set[str] = set()  # and those that are handed out here

    def heard(self) -> dict[str, float]:
        """When each platform that knows it, and is taken in here, last gave a sign of life."""
        alone = self._runtime.shared is None
        return {
            name: adapter.heard
            for name, adapter in self._runtime.adapters.items()
            if (alone or name in self._hearing) and isinstance(adapter, Audible)
        }

    def turned(self) -> dict[str, float]:
        """When each queue that this process has was last looked through."""
        alone, works = self._runtime.shared is None, self._runtime.settings.role != "gateway"
        turned = {"requests": self._jobs.turned} if works else {}
        for platform in self._runtime.adapters if alone else self._sending:
            turned |= self._handing.turned(platform)
        return turned

    async def run(self) -> None:
        """Until cancelled, or until an adapter ends: Finished, or what only the operator can mend.
        Raises Buried where others have taken over what this process had."""
        shared = self._runtime.shared
        if shared is None:
            await self._all()
            return
        wake = {"jobs": self._jobs.wake, "posts": self._handing.owed}
        await alive(partial(self._in_role, shared), partial(shared.live, wake), self._give_up)

    async def _all(self) -> None:
        parts = {"jobs": self._working.run, **self._rounds()}
        for adapter in self._runtime.adapters.values():
            parts |= self._platform(adapter)
        await together(parts)

    async def _in_role(self, shared: Shared) -> None:
        role = self._runtime.settings.role
        parts: dict[str, Run] = {"files": partial(rounds, "files", self._sweep_files)}
        if role != "worker":
            parts |= self._led(shared) | self._rounds()
        if role != "gateway":
            parts["jobs"] = self._working.run
        await together(parts)

    def _led(self, shared: Shared) -> dict[str, Run]:
        """What one process does at a time."""
        lease = self._runtime.settings.lease_seconds
        parts = (self._part(shared, adapter) for adapter in self._runtime.adapters.values())
        return {f"lead {part.name}": partial(led, shared, part, lease) for part in parts}

    def _part(self, shared: Shared, adapter: Adapter) -> Part:
        name = adapter.platform
        return Part(
            name=name,
            run=partial(together, self._platform(adapter)),
            give_up=partial(self._handing.give_up, name),
            lost=partial(shared.let_go, name),
        )

    def _platform(self, adapter: Adapter) -> dict[str, Run]:
        name = adapter.platform
        return {
            f"adapter {name}": partial(self._take_in, adapter),
            f"outbox {name}": partial(self._hand_out, name),
        }

    def _rounds(self) -> dict[str, Run]:
        return {name: partial(rounds, name, work) for name, work in self._regular.items()}

    def _give_up(self) -> None:
        """Others have what runs here."""
        self._jobs.give_up()
        for platform in self._sending:
            self._handing.give_up(platform)

    async def _take_in(self, adapter: Adapter) -> None:
        if isinstance(adapter, Rereading):
            adapter.recall = partial(self._recall, adapter.platform)
        self._hearing.add(adapter.platform)
        try:
            await adapter.run(self._receive)
        finally:
            self._hearing.discard(adapter.platform)
        raise Finished(adapter.platform)

    async def _recall(self, platform: str) -> Mapping[Address, Heard]:
        return await self._runtime.store.recall(platform, self._runtime.clock())

    async def _hand_out(self, platform: str) -> None:
        self._sending.add(platform)
        try:
            await self._handing.run(platform)
        finally:
            self._sending.discard(platform)

    async def _sweep_files(self) -> None:
        """Those on the disk of this process."""
        await asyncio.sleep(self._runtime.settings.sweep_seconds)
        await sweep_files(self._runtime)


async def together(parts: Mapping[str, Run]) -> None:
    """All of it, until one of them raises something."""
    async with asyncio.TaskGroup() as group:
        for name, run in parts.items():
            group.create_task(_ran(run), name=name)


async def _ran(run: Run) -> None:
    await run()
