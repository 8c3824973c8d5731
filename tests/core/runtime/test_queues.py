"""What goes on beside the requests survives a defect, and not many in a row; and what is claimed
while a process ends is handed back."""

import asyncio
import errno
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine import WORDS, Places
from core.runtime.engine.queues import MOST, Handing, Working, rounds
from core.store import Store
from core.store.sqlite import SqliteStore
from tests.outgoing import outgoing
from tests.test_store_contract import HERE, NOW, gathered


class Leave(BaseException):
    """The end of a test."""


async def test_a_defect_ends_nothing_and_what_went_well_begins_the_count_anew() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        if len(done) > 3 * MOST:
            raise Leave
        if len(done) % (MOST - 1):
            raise ValueError("a bad row")

    with pytest.raises(Leave):
        await rounds("news", work, pause=0)


async def test_what_never_goes_well_ends_the_process_at_last() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        raise ValueError("a bad row")

    with pytest.raises(ValueError, match="a bad row"):
        await rounds("news", work, pause=0)
    assert len(done) == MOST


async def test_that_a_machine_is_short_of_something_is_no_defect_however_long_it_takes() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        if len(done) > 2 * MOST:
            raise Leave
        raise OSError(errno.EMFILE, "Too many open files")

    with pytest.raises(Leave):
        await rounds("sweep", work, pause=0)


class Late:
    """A store that has claimed, and whose answer is still on its way."""

    def __init__(self, store: Store) -> None:
        self.release, self.postpone, self.give_way = store.release, store.postpone, store.give_way
        self._store, self._claimed, self._comes = store, asyncio.Event(), asyncio.Event()

    async def next_jobs(self, *asked: Any) -> Any:
        return await self._late(self._store.next_jobs(*asked))

    async def next_posts(self, *asked: Any) -> Any:
        return await self._late(self._store.next_posts(*asked))

    async def _late(self, claiming: Any) -> Any:
        found = await claiming
        self._claimed.set()
        await self._comes.wait()
        return found

    async def ends(self, look: Any) -> None:
        """The process ends after the claim, and before its answer is there."""
        looking = asyncio.create_task(look)
        await self._claimed.wait()
        looking.cancel()
        self._comes.set()
        with pytest.raises(asyncio.CancelledError):
            await looking


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    yield opened
    await opened.close()


async def test_a_request_that_is_claimed_while_the_process_ends_counts_as_not_begun(
    store: Store,
) -> None:
    await store.release((await gathered(store)).job)
    later = NOW + 60
    late, places = Late(store), Places()
    runtime = cast(Any, SimpleNamespace(clock=lambda: later, store=late, places=places))
    await late.ends(Working(runtime, EmbeddedDriver(lambda: 1, lambda: NOW))._take(5))
    (again,), _ = await store.next_jobs(later, places.room(later), 5)
    assert again.job.claims == 1


async def test_words_that_are_claimed_while_the_process_ends_count_as_not_sent(
    store: Store,
) -> None:
    await store.post(outgoing(HERE, "Your video is ready!"), NOW)
    late = Late(store)
    runtime = cast(Any, SimpleNamespace(clock=lambda: NOW, store=late))
    await late.ends(Handing(runtime, {}, set())._take(HERE.platform, WORDS, 5))
    (again,), _ = await store.next_posts(NOW, HERE.platform, 5, WORDS)
    assert again.claims == 1
