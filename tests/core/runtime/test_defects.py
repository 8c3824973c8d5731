"""What nobody has foreseen ends a request with words, and never leaves it where nobody looks at it:
neither in a step nor where the write refuses what the step has found."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core import skills, vault
from core.domain.limits import Scarce
from core.domain.requests import Advanced, State, Step
from core.i18n import text
from core.nemo.client import NemoClient
from core.runtime.engine import Runtime
from core.runtime.engine.carrying import carry_out
from core.store.sqlite import SqliteStore
from tests.fakes import FakeAdapter
from tests.knowing import knowing
from tests.test_store_contract import NOW, gathered
from tests.world import photo, settings_for, world

NOBODY = "http://127.0.0.1:9"


def impossible() -> str:
    raise ZeroDivisionError


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[Runtime]:
    store, nemo = await SqliteStore.open(tmp_path / "bot.sqlite", NOW), NemoClient(NOBODY)
    yield Runtime(
        store=store,
        nemo=nemo,
        vault=vault.load(None, tmp_path / "secrets.key"),
        settings=settings_for(tmp_path, NOBODY),
        skills=skills.available(None),
        skill_platform="test",
        adapters={"fake": FakeAdapter()},
        folder=tmp_path,
        clock=lambda: NOW,
    )
    await nemo.close()
    await store.close()


@pytest.mark.parametrize("name", [impossible, lambda: "\ud800"])  # which no store can write
async def test_a_request_that_cannot_go_on_is_over_with_words(
    runtime: Runtime, name: Callable[[], str]
) -> None:
    runtime = replace(runtime, identifier=name)
    store, places = runtime.store, runtime.places
    job = (await gathered(store)).job
    drafted = knowing(job.progress, draft="{}", pinned=True, timeline="a photo")
    await store.commit(Advanced(replace(job, step=Step.NAME, progress=drafted, due=NOW)), NOW)
    (claimed,), _ = await store.next_jobs(NOW, places.room(NOW), 5)
    free = places.room(NOW)
    places.take(Scarce.CALL)

    await carry_out(runtime, claimed, lambda _: True)

    assert places.room(NOW) == free
    said = list[str]()
    while post := await store.claim_post(NOW):
        said.append(post.message.text)
        await store.drop(post)
    assert text("trouble.ours_later", "en") in said
    found = await store.job(job.id)
    assert found is not None
    assert found[0].state is State.FAILED


REFUSED = (
    """CREATE TRIGGER refused BEFORE UPDATE OF step ON jobs
    WHEN OLD.step = 'generate' AND NEW.step = 'check' AND NEW.body NOT LIKE '%"cut":true%'
    BEGIN SELECT RAISE(ABORT, 'no store can write what the turn has brought'); END""",
    """CREATE TRIGGER refused BEFORE INSERT ON outbox
    WHEN EXISTS (SELECT 1 FROM jobs WHERE id = NEW.job AND step = 'generate' AND claimed = 1)
    BEGIN SELECT RAISE(ABORT, 'nor what is said while it runs'); END""",
)


@pytest.mark.parametrize("refused", REFUSED)
async def test_a_paid_turn_in_which_something_breaks_still_brings_its_video(
    tmp_path: Path, refused: str
) -> None:
    async with world(tmp_path) as here:
        with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db:
            db.execute(refused)
        await here.adapter.says("make a 2-second video", photo())
        await here.adapter.until(lambda it: bool(it.videos) or "on our side" in it.transcript())
        assert len(here.adapter.videos) == 1
        assert len(here.standin.asked("turn")) == 1
