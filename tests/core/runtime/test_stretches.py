"""What the next step of a stretch is given is what a claim would have given it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.requests import Advanced, Next, Outcome, Payer, Project, Step, advance
from core.domain.versions import History, Version, Versions
from core.runtime.engine.carrying import led_on
from core.store import Store
from core.store.sqlite import SqliteStore
from tests.knowing import knowing
from tests.test_store_contract import NOW, gathered

MADE = Version(1, words="make", job=1, at=NOW, mark="m", kept=True)
HISTORY = History(Versions((MADE,), 1), ((1, '{"t": []}'),))
NEXT = Version(2, parent=1, words="slower", job=1, at=NOW, mark="n", kept=True)
GROWN = History(Versions((MADE, NEXT), 2), ((2, '{"t": [1]}'),))
HERE = Project("s1", version=1, made=True)
SEEN = knowing(session="s1", draft='{"t": []}', payer=Payer.OPERATOR, before="{}")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await SqliteStore.open(tmp_path / "bot.sqlite")
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (Step.PRICE, Next(knowing(session="s1", balance=80))),
        (Step.CHECK, Next(SEEN, project=replace(HERE, version=2), history=GROWN)),
        (Step.CHECK, Next(SEEN, project=HERE)),
        (Step.POLL, Next(knowing(SEEN, url="https://example.com/a.mp4"))),
    ],
)
async def test_the_next_step_finds_what_a_claim_would_find(
    store: Store, step: Step, outcome: Outcome
) -> None:
    first = (await gathered(store)).job
    there = replace(first, step=step, progress=SEEN, due=NOW)
    _, claimed = await store.go_on(Advanced(there, history=HISTORY), NOW)
    assert claimed is not None
    assert claimed.job.step is step
    advanced = advance(claimed.job, outcome, NOW + 1)
    led = led_on(claimed, advanced, NOW + 1)
    written, found = await store.go_on(advanced, NOW + 1)
    assert written
    assert found is not None
    version = found.job.version
    assert replace(led.job, version=version) == found.job
    for name in ("chat", "versions", "draft", "change", "account", "grants", "closed_until"):
        assert getattr(led, name) == getattr(found, name), name
