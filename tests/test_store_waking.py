"""On Postgres, whatever happens to jobs: those that can be taken up have one task each, due when
they are, and written with them."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from core.domain.limits.capacity import BOUNDLESS, NEARLY_DONE_FIRST, scarce_for_step
from core.domain.requests import Step
from core.messages import Address, Attachment
from core.store.postgres import PostgresStore, waking
from tests import messages
from tests.servers import postgres
from tests.stores import Server
from tests.test_store_contract import thinking
from tests.test_store_readiness import NOW, Life

HERE, PHOTO = Address("fake", "c"), (Attachment("fake:1"),)
READY = "SELECT id, due, step FROM jobs WHERE state = 'open' AND claimed = 0 AND waits = 0"
TASKS = """
SELECT queueing_lock, args, extract(epoch FROM scheduled_at)::float8, queue_name, priority
FROM procrastinate_jobs WHERE status = 'todo'"""


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


class Shared(Life):
    """The same people, on a database that others share."""

    async def claim(self) -> None:
        self.running += await self.store.claim_some(self.now, BOUNDLESS, self.luck.choice((1, 5)))


@pytest.fixture
async def life(url: str) -> AsyncIterator[Shared]:
    """Those who live there; the luck is theirs to choose."""
    with ExitStack() as made:
        place = Server("", made, {False: url})
        found = Shared(await place.open(), place, random.Random(1))
        yield found
        await found.store.close()


def tasks(url: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Those that there are, and those that there should be at least."""
    order = {step: number for number, step in enumerate(reversed(NEARLY_DONE_FIRST))}
    with psycopg.connect(url) as db:
        found = sorted(db.execute(TASKS).fetchall(), key=str)
        jobs = db.execute(READY).fetchall()
    numbers = {id for id, *_ in jobs}
    expected = [
        (f"job-{id}", {"job": id}, due, scarce_for_step(Step(step)), order[Step(step)])
        for id, due, step in jobs
    ]
    return [task for task in found if task[1]["job"] in numbers], sorted(expected, key=str)


@pytest.mark.parametrize("seed", [7, 21])
async def test_what_can_be_taken_up_has_a_task_and_one_only(
    url: str, life: Shared, seed: int
) -> None:
    life.luck = random.Random(seed)
    acts = (
        *(life.ask, life.ask, life.claim, life.claim, life.go_on, life.go_on),
        *(life.confirm, life.cancel, life.move, life.wait, life.restart, life.pause),
    )
    for _ in range(120):
        await life.luck.choice(acts)()
        there, expected = tasks(url)
        assert there == expected


async def test_a_task_that_was_lost_with_its_process_is_written_again(
    url: str, life: Shared
) -> None:
    store = life.store
    assert isinstance(store, PostgresStore)
    for _ in range(3):
        await life.ask()
    with psycopg.connect(url) as db:
        db.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert tasks(url)[0] == []
    await store.sweep(NOW)
    there, expected = tasks(url)
    assert there == expected != []
    with psycopg.connect(url) as db:
        assert db.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (len(there),)
    await store.close()


async def test_one_job_is_taken_up_by_its_number_when_it_is_due(url: str, life: Shared) -> None:
    store = life.store
    assert isinstance(store, PostgresStore)
    await life.ask()
    with psycopg.connect(url) as db:
        [(id, due, _)] = db.execute(READY).fetchall()
    assert await store.claim_this(id, due - 5) == due
    claimed = await store.claim_this(id, due)
    assert not isinstance(claimed, float)
    assert claimed is not None
    assert claimed.job.id == id
    assert await store.claim_this(id, due) is None
    await store.release(claimed.job)
    await store.look_again(id, 1e8)
    [(_, _, later, _, _)] = tasks(url)[0]
    assert later > due
    await store.close()


async def test_many_that_were_lost_are_written_again_a_few_at_a_time(url: str) -> None:
    store = await PostgresStore.open(url)
    for number in range(3):
        said = messages.said(f"m{number}", f"u{number}", HERE, "make a video", PHOTO)
        await store.take_in(said, thinking(said), NOW)
    with psycopg.connect(url) as db:
        db.execute("DELETE FROM procrastinate_jobs")
    pieces = [await store._writer.run(lambda db: waking.make_sure(db, most=2)) for _ in range(2)]
    assert pieces == [True, False]
    there, expected = tasks(url)
    assert len(there) == 3
    assert there == expected
    await store.close()
