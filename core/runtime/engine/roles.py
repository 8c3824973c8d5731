"""What this process does: everything where it is alone; among others what its role is, and of that
what it leads. Besides, what it does again and again."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial

import structlog

from core.adapter import (
    Adapter,
    Attachable,
    Audible,
    Balanced,
    Divided,
    Heard,
    Receive,
    Rereading,
)
from core.messages import Address, Inbound
from core.runtime.driver import Driver
from core.runtime.engine.claiming import Claiming
from core.runtime.engine.leading import Part, Run, alive, led
from core.runtime.engine.queues import Handing, Working, rounds
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import sweep_files
from core.store import Buried, Shared

log = structlog.get_logger()


class Finished(Exception):
    """An adapter has nothing more to take in (the terminal was closed): the process may end."""


class Roles:
    """`regular` is what is done again and again beside the requests."""

    def __init__(
        self, runtime: Runtime, jobs: Driver, handing: Handing, receive: Receive,
        regular: Mapping[str, Run],
    ) -> None:  # fmt: skip
        self._runtime, self._jobs, self._handing = runtime, jobs, handing
        alone = runtime.shared is None
        self._receive, self._regular = receive if alone else _until_buried(receive), regular
        self._working = Working(runtime, jobs)
        self._hearing = Counter[str]()  # how much of each platform is taken in here
        self._sending: set[str] = set()  # and those that are handed out here

    def heard(self) -> dict[str, float]:
        """When each platform that knows it, and is taken in here, last gave a sign of life."""
        alone = self._runtime.shared is None
        return {
            name: adapter.heard
            for name, adapter in self._runtime.adapters.items()
            if (alone or self._hearing[name]) and isinstance(adapter, Audible)
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
        await alive(partial(self._in_role, shared), shared.live, self._give_up)

    async def _all(self) -> None:
        parts = {"jobs": self._working.run, **self._rounds()}
        for adapter in self._runtime.adapters.values():
            parts |= self._platform(adapter)
        await together(parts)

    async def _in_role(self, shared: Shared) -> None:
        role = self._runtime.settings.role
        parts: dict[str, Run] = {"files": partial(rounds, "files", self._sweep_files)}
        if role != "worker":
            parts |= self._rounds()
        if role != "gateway":
            told = Claiming(self._runtime, shared, self._jobs)
            parts["jobs"] = partial(self._working.run, told.carry)
        for adapter in self._runtime.adapters.values():
            if role != "worker":
                parts |= self._led(shared, adapter)
            if isinstance(adapter, Attachable) and (role == "worker" or _divided(adapter)):
                parts[f"attached {adapter.platform}"] = adapter.attach
        await together(parts)

    def _led(self, shared: Shared, adapter: Adapter) -> dict[str, Run]:
        """What one process does at a time: all of a platform, or what is left of it when others
        may have a part in it."""
        name, lease = adapter.platform, self._runtime.settings.lease_seconds
        parts: dict[str, Run] = {}
        run: dict[str, Run] = {f"outbox {name}": partial(self._hand_out, name)}
        if isinstance(adapter, Balanced) and adapter.anywhere:
            parts[f"adapter {name}"] = partial(self._take_in, adapter)
        elif not _divided(adapter):
            run = self._platform(adapter)
        lost = partial(shared.let_go, name)
        whole = Part(name, partial(together, run), partial(self._handing.give_up, name), lost)
        led_here = [whole, *self._groups(adapter)]
        return parts | {f"lead {part.name}": partial(led, shared, part, lease) for part in led_here}

    def _groups(self, adapter: Adapter) -> Iterator[Part]:
        """Each of them has a leader."""
        if not isinstance(adapter, Divided) or adapter.parts == 1:
            return
        for number in range(adapter.parts):
            run = partial(adapter.run_part, number)
            work = partial(self._take_in, adapter, run)
            yield Part(f"{adapter.platform}/{number}", work, of=adapter.parts)

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

    async def _take_in(
        self, adapter: Adapter, run: Callable[[Receive], Awaitable[None]] | None = None
    ) -> None:
        if isinstance(adapter, Rereading):
            adapter.recall = partial(self._recall, adapter.platform)
        self._hearing[adapter.platform] += 1
        try:
            await (run or adapter.run)(self._receive)
        finally:
            self._hearing[adapter.platform] -= 1
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


def _until_buried(receive: Receive) -> Receive:
    """An adapter hears of no failure where others take in what comes from now on: it would excuse
    itself for it. It is ended instead."""

    async def take_in(inbound: Inbound) -> None:
        try:
            await receive(inbound)
        except Buried:
            await asyncio.Event().wait()

    return take_in


def _divided(adapter: Adapter) -> bool:
    return isinstance(adapter, Divided) and adapter.parts > 1


async def together(parts: Mapping[str, Run]) -> None:
    """All of it, until one of them raises something."""
    async with asyncio.TaskGroup() as group:
        for name, run in parts.items():
            group.create_task(run(), name=name)
