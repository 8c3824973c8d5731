"""What a process takes, sampled again and again, and whether that has grown by more than it may."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MEGABYTE = 2**20


@dataclass(frozen=True)
class Sample:
    """One look: bytes of resident memory, open files, threads, and bytes of the database with its
    log."""

    at: float
    memory: int
    files: int
    threads: int
    database: int


@dataclass(frozen=True)
class Bound:
    """How much a measure may grow from the middle of a run to its end: a share of what it was, and
    at least `least`."""

    name: str
    share: float
    least: float
    unit: float = 1.0


BOUNDS = (
    Bound("memory", 0.08, 8 * MEGABYTE, MEGABYTE),
    Bound("files", 0.0, 6),
    Bound("threads", 0.0, 2),
    Bound("database", 0.15, 0.3 * MEGABYTE, MEGABYTE),
)
MIDDLE, END = (0.4, 0.6), (0.8, 1.0)
"""Parts of a run that are compared: before its middle, caches and the retention of a month fill
up."""


def sample(process: int, database: Path) -> Sample:
    """Look at a process of this machine (Linux)."""
    told = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    )
    parts = (database.with_name(database.name + end) for end in ("", "-wal"))
    return Sample(
        time.monotonic(),
        int(told["VmRSS"].split()[0]) * 1024,
        len(list(Path(f"/proc/{process}/fd").iterdir())),
        int(told["Threads"]),
        sum(part.stat().st_size for part in parts if part.exists()),
    )


def during(samples: Sequence[Sample], part: tuple[float, float], name: str) -> float:
    """The median of one measure in a part of the run."""
    first, last = samples[0].at, samples[-1].at
    here = [
        one for one in samples if part[0] <= (one.at - first) / max(last - first, 1e-9) <= part[1]
    ]
    return float(median(getattr(one, name) for one in here))


def growth(samples: Sequence[Sample]) -> list[str]:
    """What has grown by more than it may."""
    found = []
    for bound in BOUNDS:
        before, after = during(samples, MIDDLE, bound.name), during(samples, END, bound.name)
        if after - before > max(before * bound.share, bound.least):
            found.append(
                f"{bound.name} grew from {before / bound.unit:.1f} to {after / bound.unit:.1f}"
            )
    return found


def described(samples: Sequence[Sample]) -> str:
    """Each measure at the start, in the middle and at the end."""
    lines = []
    for bound in BOUNDS:
        start, middle, end = (
            during(samples, part, bound.name) / bound.unit for part in ((0.0, 0.1), MIDDLE, END)
        )
        unit = " MB" if bound.unit > 1 else ""
        lines.append(f"{bound.name}: {start:.1f} → {middle:.1f} → {end:.1f}{unit}")
    return " · ".join(lines)
