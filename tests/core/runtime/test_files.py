"""A file on its way: while others convert it waits as a row, fetched once, and not for ever."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.requests import Job, Next, Step, Wait
from core.media import Occupied, Prepared
from core.messages import Attachment
from core.runtime.steps import STEPS, Files, StepContext
from core.runtime.steps.files import LONGEST_CONVERSION_WAIT
from tests.core.runtime import test_turn


class Workshop:
    """Has no place as often as it is told."""

    def __init__(self, busy: int) -> None:
        self.busy = busy
        self.fetched: list[str] = []

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        self.fetched.append(attachment.ref)
        (path := folder / "came").write_bytes(b"a photo")
        return path

    async def prepare(self, source: Path, folder: Path, name: str) -> Prepared:
        if self.busy:
            self.busy -= 1
            raise Occupied(2.5)
        (made := folder / f"{name}.jpg").write_bytes(source.read_bytes())
        return Prepared(made, made.name, "image/jpeg", 7)

    async def copy(self, film: Path, target: Path, most: int) -> int:
        raise AssertionError("a photo is no film")

    def context(self, work: Path, late: float = 0.0) -> StepContext:
        context = test_turn.context(test_turn.Backend())
        files = Files(fetch=self.fetch, prepare=self.prepare, copy=self.copy, folder=work)
        return replace(context, files=files, now=test_turn.NOW + late)


def job() -> Job:
    return test_turn.job(Step.BRING, files=(Attachment("fake:1", "a.heic"),))


def test_a_file_that_has_to_wait_is_fetched_once_and_holds_no_place(tmp_path: Path) -> None:
    workshop = Workshop(busy=2)
    for _ in range(2):
        outcome = asyncio.run(STEPS[Step.BRING](job(), workshop.context(tmp_path)))
        assert isinstance(outcome, Wait)
        assert (outcome.after, outcome.progress.upload.parts) == (2.5, ())
    outcome = asyncio.run(STEPS[Step.BRING](job(), workshop.context(tmp_path)))
    assert isinstance(outcome, Next)
    assert workshop.fetched == ["fake:1"]
    assert [path.name for path in tmp_path.iterdir()] == ["7-1.jpg"]


def test_nobody_waits_for_ever(tmp_path: Path) -> None:
    workshop = Workshop(busy=2)
    assert isinstance(
        asyncio.run(STEPS[Step.BRING](job(), workshop.context(tmp_path, LONGEST_CONVERSION_WAIT))),
        Wait,
    )
    with pytest.raises(Occupied):
        asyncio.run(
            STEPS[Step.BRING](job(), workshop.context(tmp_path, LONGEST_CONVERSION_WAIT + 1))
        )
