"""From nothing to ready, and what lies in memory then, against a process that only imports the two
libraries."""

import asyncio
import signal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measuring import Scale, child, ratio, resident, spent_by
from benchmarks.report import Figure, Table
from tests.process import Scene, scene

TITLE = "Start and memory"
START, MEMORY = 1.6, 1.3
MEGABYTE = 2**20
REST = 2.0
"""Seconds after which a process that is ready has come to rest."""


async def run(scale: Scale) -> Table:
    """Ours and the imports in turn."""
    ours: list[tuple[float, float, float]] = []
    bare: list[tuple[float, float]] = []
    words: list[tuple[float, float]] = []
    for _ in range(scale.of(7, 1) + 1):  # the first finds nothing in the disk's cache
        ours.append(await _started())
        bare.append(await _told("imports"))
        words.append(await _told("words"))
    starts, begun = [each[0] for each in ours[1:]], [each[0] for each in bare[1:]]
    sizes, least = [each[1] for each in ours[1:]], [each[1] for each in bare[1:]]
    start, apart = ratio(starts, begun)
    memory, between = ratio(sizes, least)
    beside = f"{median(starts):.2f} s CPU, the imports {median(begun):.2f}"
    larger = f"{median(sizes) / MEGABYTE:.0f} MB, the imports {median(least) / MEGABYTE:.0f}"
    rest = median(each[2] for each in ours[1:])
    first, read = (median(each) for each in zip(*words[1:], strict=True))
    return Table(
        TITLE,
        (
            Figure("start to ready", start, "×", START, beside=beside, spread=apart),
            Figure("memory at rest", memory, "×", MEMORY, beside=larger, spread=between),
            Figure("CPU of what is loaded after that", rest, "s"),
            Figure("CPU of what the first words need", 1000 * first, "ms"),
            Figure("memory of that", read / MEGABYTE, "MB"),
        ),
    )


async def _started() -> tuple[float, float, float]:
    """Processor seconds until it listens on both platforms; bytes, and further seconds, once it
    has come to rest."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        async with scene(Path(folder), discord=True) as here:
            await here.up()  # the very first start tells both platforms of all commands
            await _end(here)
            await here.up()
            cpu = spent_by(here.bot.pid)
            await asyncio.sleep(REST)
            found = cpu, float(resident(here.bot.pid)), spent_by(here.bot.pid) - cpu
            await _end(here)
            return found


async def _end(here: Scene) -> None:
    await asyncio.sleep(REST)
    here.bot.signal(signal.SIGTERM)
    await here.bot.ended()


async def _told(module: str) -> tuple[float, float]:
    """What a child says that measures itself: processor seconds and bytes."""
    async with child(f"bare.{module}") as other:
        cpu, size = await other.told()
        return float(cpu), float(size)
