"""A request goes on with its next step in the write of the one before, within its places, and not
when the process is to end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.domain.limits.capacity import Capacity, Scarce
from core.domain.requests import Advanced, Job, Step
from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine import Places
from core.runtime.engine.carrying import write_down
from core.store import Store
from core.store.sqlite import SqliteStore
from tests.test_store_contract import NOW, gathered

ONE = Capacity(turns=1, uploads=1, deliveries=1, calls=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await SqliteStore.open(tmp_path / "bot.sqlite")
    yield opened
    await opened.close()


def next_step(job: Job) -> Advanced:
    return Advanced(replace(job, step=Step.UPLOAD, due=NOW, attempts=0))


@pytest.mark.parametrize(
    ("taken", "may", "goes_on"), [(0, True, True), (1, True, False), (0, False, False)]
)
async def test_the_next_step_needs_a_place_and_a_process_that_stays(
    store: Store, taken: int, may: bool, goes_on: bool
) -> None:
    places = Places(ONE)
    for _ in range(taken):
        places.take(Scarce.FILE)
    runtime = cast(Any, SimpleNamespace(clock=lambda: NOW, store=store, places=places))
    job = (await gathered(store)).job
    written, following = await write_down(runtime, next_step(job), lambda _: may)
    assert written
    assert (following is not None) is goes_on
    assert places.room(NOW)[Scarce.FILE] == int(not taken and not goes_on)


async def test_a_place_that_was_not_needed_is_given_back(store: Store) -> None:
    places = Places(ONE)
    runtime = cast(Any, SimpleNamespace(clock=lambda: NOW, store=store, places=places))
    job = (await gathered(store)).job
    await store.release(job)
    with pytest.raises(Exception, match="job 1"):
        await write_down(runtime, next_step(replace(job, version=0)), lambda _: True)
    assert places.room(NOW)[Scarce.FILE] == 1


async def test_a_driver_says_that_it_ends_to_what_still_runs() -> None:
    begun, leave = asyncio.Event(), asyncio.Event()
    said: list[bool] = []
    driver = EmbeddedDriver(lambda: 1, lambda: NOW)

    async def work() -> None:
        begun.set()
        said.append(driver.ending)
        await leave.wait()
        said.append(driver.ending)

    async def take(most: int) -> tuple[list[Any], None]:
        return ([] if begun.is_set() else [work]), None

    running = asyncio.create_task(driver.run(take))
    await begun.wait()
    running.cancel()
    asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(leave.set))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert said == [False, True]


async def test_a_driver_looks_once_where_all_is_taken_and_again_when_a_hand_is_free() -> None:
    """Of two hands and three pieces the third begins with the end of another; who has hands left
    does not look again because something ended."""
    looked, leave = list[int](), [asyncio.Event() for _ in range(3)]
    begun: asyncio.Queue[int] = asyncio.Queue()
    waiting = [0, 1, 2]
    driver = EmbeddedDriver(lambda: 2, lambda: NOW)

    async def work(number: int) -> None:
        begun.put_nowait(number)
        await leave[number].wait()

    async def take(most: int) -> tuple[list[Any], float | None]:
        looked.append(most)
        taken = [waiting.pop(0) for _ in range(min(most, len(waiting)))]
        return [partial(work, number) for number in taken], (NOW if waiting else None)

    running = asyncio.create_task(driver.run(take))
    assert [await begun.get(), await begun.get()] == [0, 1]
    assert looked == [2]
    leave[0].set()
    assert await begun.get() == 2
    assert looked == [2, 1]
    leave[1].set()
    for _ in range(20):
        await asyncio.sleep(0)
    assert looked == [2, 1, 1], "nothing waits any more"
    leave[2].set()
    for _ in range(20):
        await asyncio.sleep(0)
    assert looked == [2, 1, 1], "there was a hand free all the time"
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_what_others_have_by_now_gets_no_time_to_end() -> None:
    begun, told = asyncio.Event(), asyncio.Event()
    driver = EmbeddedDriver(lambda: 1, lambda: NOW, grace=300.0)

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            told.set()

    async def take(most: int) -> tuple[list[Any], None]:
        return ([] if begun.is_set() else [work]), None

    running = asyncio.create_task(driver.run(take))
    await begun.wait()
    driver.give_up()
    running.cancel()
    await asyncio.wait([running])
    assert told.is_set()
