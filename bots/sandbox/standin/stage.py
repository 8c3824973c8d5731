"""What all endpoints of one stand-in share: its options, its memory, its faults, its folder and its
running work."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bots.sandbox.standin.faults import Faults
from bots.sandbox.standin.world import World

MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Options:
    """How a stand-in behaves when nothing goes wrong.

    `speed` multiplies invented waiting, 0 means none. `video_height` is the shorter side of its
    videos in pixels. `credits` is what a new token has. `quota`: one token a client id and ten an
    address in seven days. `fetch_urls`: files behind loopback addresses are fetched; all others are
    pictures of its own. `films` is a folder in which films outlive the stand-in that has made them,
    so that the next one need not make the same."""

    seed: int | None = 0
    speed: float = 1.0
    video_height: int = 1080
    credits: int = 1000
    generation_cost: int = 100
    edit_cost: int = 10
    quota: bool = True
    two_stage: bool = True
    shape: Literal["flat", "wrapped"] = "flat"
    largest: int = 200 * MEGABYTE
    fetch_urls: bool = True
    films: Path | None = None


@dataclass
class Stage:
    """One running stand-in. `pool` makes one video at a time; `films` are those made, by what they
    show."""

    options: Options
    world: World
    faults: Faults
    folder: Path
    pool: ThreadPoolExecutor
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    films: dict[str, Path] = field(default_factory=dict)
    closing: bool = False

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run something beside the request that began it."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def pause(self, seconds: float) -> None:
        """An invented wait, scaled by the speed."""
        await asyncio.sleep(seconds * self.options.speed)

    async def stop(self) -> None:
        """End all running work and wait for it."""
        self.closing = True
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
