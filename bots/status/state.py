"""What is behind the status port: figures, and signs of life."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bots.databases import Figures, Outside, StoreBroken
from bots.status.access import Access
from bots.status.summary import ages
from core.ops.meter import Meter
from core.ops.readiness import Signs, deaf
from core.settings import Limits

log = structlog.get_logger()

FRESH_SECONDS = 2.0
"""For so long figures are shown again: whoever asks often costs nothing."""
WRITE_SECONDS = 5.0


@dataclass
class Status:
    """What is behind the port. `folder` is the private one; `heard` and `turned` tell the last sign
    of each platform and queue, `touch` writes to the database and raises where that fails; `limits`
    hold where NEMO_TOKEN pays."""

    database: Outside
    folder: Path
    meter: Meter
    heard: Callable[[], Mapping[str, float]]
    turned: Callable[[], Mapping[str, float]]
    touch: Callable[[], Awaitable[None]]
    version: str
    clock: Callable[[], float] = time.time
    begun: float = 0.0
    limits: Limits | None = None
    write_seconds: float = WRITE_SECONDS
    _read: tuple[float, Figures] = (0.0, Figures())
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.begun = self.begun or self.clock()
        self.access = Access(self.folder)

    async def figures(self) -> Figures:
        """Those of a moment ago, or new ones. Raises StoreBroken."""
        async with self._reading:
            if self.clock() - self._read[0] > FRESH_SECONDS:
                found = await asyncio.to_thread(self.database.figures, self.clock())
                self._read = self.clock(), found
            return self._read[1]

    async def deaf(self) -> list[str]:
        """Of what is wrong just now, what a new start may mend."""
        _, signs = await self.signs()
        return deaf(signs, self.clock())

    def counted(self) -> dict[str, float]:
        """How often each kind of line was logged, from warning on."""
        return {
            f"{sample.labels['event']} {sample.labels['error']}".strip(): sample.value
            for metric in self.meter.troubles.collect()
            for sample in metric.samples
            if sample.name.endswith("_total")
        }

    async def signs(self) -> tuple[Figures, Signs]:
        """The figures, none where they cannot be read, and the signs of life."""
        try:
            found = await self.figures()
            async with asyncio.timeout(self.write_seconds):  # on a full disk the store waits
                await self.touch()
        except (StoreBroken, TimeoutError) as problem:
            log.warning("the database takes no writes", error=type(problem).__name__)
            found, writable = Figures(), False
        else:
            writable = True
        words, job = ages(found, self.clock())
        return found, Signs(self.begun, writable, self.heard(), self.turned(), words, job)
