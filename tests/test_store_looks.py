"""Looking for what is due costs one statement where nothing is: that is what most looks find."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.domain.limits.capacity import BOUNDLESS, Rank
from core.domain.requests import Next, Notice, Part, Payer, Step, advance
from core.store.sqlite import SqliteStore
from core.store.statements.versions import LARGE
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.test_store_contract import HERE, NOW, draft_of, gathered

Ran = list[str]


@pytest.fixture
def ran() -> Ran:
    return []


@pytest.fixture
async def store(tmp_path: Path, ran: Ran) -> AsyncIterator[SqliteStore]:
    class Watched(sqlite3.Connection):
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            ran.append(sql)
            return super().execute(sql, values)

    opened = await SqliteStore.open(tmp_path / "bot.sqlite", NOW, Watched)
    yield opened
    await opened.close()


async def test_a_look_for_requests_is_one_statement(store: SqliteStore, ran: Ran) -> None:
    claimed = await gathered(store)
    await store.release(claimed.job)
    ran.clear()
    found, first = await store.next_jobs(NOW - 9, BOUNDLESS, 64)
    assert (found, first) == ([], {Step.CONNECT: claimed.job.due})
    assert len(ran) == 2, ran  # the other one begins the transaction


async def test_what_is_left_is_due_as_it_was(store: SqliteStore) -> None:
    claimed = await gathered(store)
    await store.release(claimed.job)
    (taken,), first = await store.next_jobs(claimed.job.due, BOUNDLESS, 64)
    assert (taken.job.id, first) == (claimed.job.id, {})


async def test_a_look_for_messages_is_one_statement(store: SqliteStore, ran: Ran) -> None:
    await store.post(outgoing(HERE, "words"), NOW)
    ran.clear()
    ranks = (Rank.WORDS, Rank.STATUS, Rank.NEWS)
    assert await store.next_posts(NOW - 5, "fake", 64, ranks) == ([], NOW)
    assert await store.next_posts(NOW, "fake", 64, (Rank.FILE,)) == ([], None)
    assert len(ran) == 4, ran
    (post,), due = await store.next_posts(NOW, "fake", 64, ranks)
    assert (post.message.text, due) == ("words", None)


async def test_a_claim_that_goes_on_has_what_stands_in_the_row(store: SqliteStore) -> None:
    """It is not read again: what has just been written is at hand."""
    claimed = await gathered(store)
    known = knowing(
        session="s", payer=Payer.OPERATOR, parts=(Part("1-1.jpg", "image/jpeg", 9),),
        before="x" * (LARGE + 1),
        balance=80, asked=True, reply="Done.", draft="y" * (LARGE + 1), url="https://example.com",
    )  # fmt: skip
    told = Next(known, Notice("On its way."), language="de", skill="slow", after=0.0)
    at = replace(claimed.job, step=Step.UPLOAD)
    _, found = await store.go_on(advance(at, told, NOW + 20), NOW + 20)
    assert found is not None
    stored = await store.job(found.job.id)
    assert stored is not None
    whole = replace(stored[0], progress=found.job.progress)
    assert found.job == whole
    assert draft_of(found.job) == "x" * (LARGE + 1)
    await store.release(found.job)
    (again,), _ = await store.next_jobs(NOW + 20, BOUNDLESS, 9)
    assert again.job.progress == found.job.progress
