"""A driver looks when something is due, and not before: what is told of later moves its timer
alone."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from core.domain.limits.capacity import Rank
from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine.queues import FILES, WORDS, Handing

NOW = 1_800_000_000.0


class Looking:
    """A driver that finds nothing, whose clock stands still until it is set."""

    def __init__(self, due: float | None = None) -> None:
        self.now, self.looks, self.due = NOW, 0, due
        self.looked = asyncio.Event()
        self.driver = EmbeddedDriver(lambda: 1, lambda: self.now)

    async def take(self, most: int) -> tuple[list[Any], float | None]:
        self.looks += 1
        self.looked.set()
        return [], self.due

    async def settled(self) -> int:
        """How often it has looked, once it sleeps."""
        for _ in range(20):
            await asyncio.sleep(0)
        return self.looks


async def seen(here: Looking, *told: Callable[[EmbeddedDriver], None]) -> list[int]:
    running = asyncio.create_task(here.driver.run(here.take))
    found = [await here.settled()]
    for tell in told:
        tell(here.driver)
        found.append(await here.settled())
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    return found


async def test_what_is_due_later_moves_the_timer_alone() -> None:
    here = Looking()

    def passed(driver: EmbeddedDriver) -> None:
        here.now = NOW + 60
        driver.wake(NOW + 300)

    told = [lambda driver: driver.wake(NOW + 30), lambda driver: driver.wake(NOW + 90)]
    assert await seen(here, *told, lambda driver: driver.wake(), passed) == [1, 1, 1, 2, 2]


async def test_a_time_that_has_come_is_looked_at_at_once() -> None:
    at_once = [lambda driver: driver.wake(NOW - 1), lambda driver: driver.wake(NOW)]
    assert await seen(Looking(), *at_once) == [1, 2, 3]
    later = lambda driver: driver.wake(NOW + 90)  # noqa: E731
    assert await seen(Looking(NOW + 60), later, *at_once) == [1, 1, 2, 3]


async def test_a_timer_that_comes_first_is_the_one_that_counts() -> None:
    here = Looking(NOW + 3600)
    running = asyncio.create_task(here.driver.run(here.take))
    assert await here.settled() == 1
    here.looked.clear()
    here.driver.wake(NOW + 0.01)
    await here.looked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


class Woken:
    def __init__(self) -> None:
        self.at = list[float]()

    def wake(self, at: float = 0.0) -> None:
        self.at.append(at)


@pytest.mark.parametrize(
    ("platform", "rank", "woken"),
    [
        ("one", Rank.WORDS, "one words"),
        ("one", Rank.STATUS, "one words"),
        ("other", Rank.NEWS, "other words"),
        ("one", Rank.FILE, "one files"),
        ("elsewhere", Rank.FILE, ""),
        ("", Rank.FILE, "one files, other files"),
        ("one", None, "one words, one files"),
        ("", None, "one words, one files, other words, other files"),
    ],
)
def test_those_hands_are_woken_that_take_it(platform: str, rank: Rank | None, woken: str) -> None:
    hands = {name: {WORDS: Woken(), FILES: Woken()} for name in ("one", "other")}
    handing = Handing(*([None, hands, set()]))  # type: ignore[arg-type]
    handing.ready(NOW, platform, rank)
    found = [
        f"{name} {'words' if ranks == WORDS else 'files'}"
        for name, here in hands.items()
        for ranks, driver in here.items()
        if driver.at == [NOW]
    ]
    assert ", ".join(found) == woken
