"""Processor time, memory and medians, and children that measure themselves (Linux)."""

import asyncio
import json
import os
import resource
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
LONGEST_LINE = 2**24
"""Bytes of what a child may say at once."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done: `full` takes what it takes, and `short` is for a look. `people` is how many
    may ask at once."""

    name: str
    people: int = 10_000

    def of(self, full: Any, short: Any) -> Any:
        """The value for this scale."""
        return {"full": full, "short": short}[self.name]

    def at_once(self, full: tuple[int, ...], short: tuple[int, ...]) -> list[int]:
        """The numbers of people for this scale."""
        return [people for people in self.of(full, short) if people <= self.people]


FULL, SHORT = Scale("full"), Scale("short")


def spent() -> float:
    """Processor seconds of this process, its threads and all that it has started."""
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    ended = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return ended + sum(map(spent_by, _children(os.getpid())))


def resident(process: int | str = "self") -> int:
    """Bytes of resident memory."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE


def spent_by(process: int) -> float:
    """Processor seconds of another process, its threads and all that it has started: what has
    ended, and what runs."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS + sum(map(spent_by, _children(process)))


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(it) for each in found for it in each.read_text(encoding="ascii").split()]


def load() -> str:
    """The load of this machine, as `0.4 0.8 1.1`."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The smallest and the largest."""
    return min(values), max(values)


def share(values: Sequence[float], part: float) -> float:
    """The value at this part of the way from the smallest to the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def ratio(ours: Sequence[float], bare: Sequence[float]) -> tuple[float, tuple[float, float]]:
    """The median of the ratios pair by pair, and how far they lie apart."""
    each = [one / other for one, other in zip(ours, bare, strict=True)]
    return median(each), spread(each)


@dataclass
class Child:
    """A process that runs a module of this package, takes lines of JSON and says lines of JSON."""

    process: Process

    async def found(self) -> dict[str, Any]:
        """The next thing it says, where that has names."""
        named: dict[str, Any] = await self.told()
        return named

    async def told(self) -> Any:
        """The next thing it says."""
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        assert line, "a child has ended without an answer; what it wrote stands above"
        return json.loads(line)

    def tell(self, what: object) -> None:
        """Say something to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what).encode() + b"\n")


@asynccontextmanager
async def child(module: str, *arguments: object, **environment: str) -> AsyncIterator[Child]:
    """A module of this package in a process of its own; it is ended with the block."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"benchmarks.{module}", *map(json.dumps, arguments)),
        cwd=ROOT,
        env=inherited(environment),
        stdin=PIPE,
        stdout=PIPE,
        limit=LONGEST_LINE,
    )
    try:
        yield Child(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def inherited(more: Mapping[str, str]) -> dict[str, str]:
    """What a process needs of the environment, and nothing that would set up a bot."""
    found = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return {**found, "PYTHONPATH": str(ROOT), **more}


def say(what: object) -> None:
    """What a child says to whoever started it."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def arguments() -> list[Any]:
    """What a child was started with."""
    return [json.loads(each) for each in sys.argv[1:]]
