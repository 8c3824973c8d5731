"""A copy of a video: where its file comes from, what is made of it, and that a run that was cut off
is not done twice."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from core.adapter import FileGone
from core.domain.requests import (
    Copy,
    CopyKind,
    Fail,
    Job,
    Next,
    Outcome,
    Plan,
    Progress,
    Step,
    Wait,
)
from core.media import ConverterMissing, DamagedFile, DoesNotFit, Occupied
from core.messages import Attachment
from core.nemo.errors import BadRequest, Trouble
from core.runtime.steps import STEPS, Files
from core.runtime.steps.copy import LONGEST_COPY_WAIT, MOST_GIF
from tests.core.runtime import test_turn
from tests.films import film as taken


@dataclass
class World:
    """Where films are, and a workshop that does what it is told; `asked` remembers both."""

    work: Path
    film: Path
    there: tuple[str, ...] = ("link",)
    does: Exception | None = None
    asked: list[Any] = field(default_factory=list)

    def _gives(self, way: str, target: Path, problem: Exception) -> Path:
        self.asked.append(way)
        if way not in self.there:
            raise problem
        target.write_bytes(self.film.read_bytes())
        return target

    async def download(self, url: str, path: Path, limit: int) -> int:
        return self._gives("link", path, BadRequest("gone")).stat().st_size

    async def download_by(self, call: object, path: Path, limit: int) -> int:
        return self._gives("backend", path, BadRequest("gone")).stat().st_size

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        return self._gives(attachment.ref, folder / "came.mp4", FileGone("gone"))

    async def copy(self, film: Path, target: Path, most: int) -> int:
        self.asked.append((target.name, most))
        if self.does:
            raise self.does
        target.write_bytes(b"a copy")
        return 6

    def run(self, work: Job, late: float = 0.0) -> Outcome:
        backend: Any = test_turn.Backend()
        backend.download, backend.download_by = self.download, self.download_by
        context = test_turn.context(backend, work=work)
        files = Files(fetch=self.fetch, prepare=self.copy, copy=self.copy, folder=self.work)  # type: ignore[arg-type]
        context = replace(context, files=files, now=work.created + late)
        return asyncio.run(STEPS[Step.COPY](work, context))


def job(kind: CopyKind = CopyKind.GIF, clip: str = "", render: str = "r-1") -> Job:
    copy = Copy(kind, 4, "https://x/v.mp4", render, clip)
    made = test_turn.job(Step.CHECK)
    progress = Progress(connection=made.progress.connection, copy=copy)
    return replace(made, plan=Plan.COPY, step=Step.COPY, progress=progress)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return taken(tmp_path_factory.mktemp("film") / "film.mp4", sound=False)


@pytest.fixture
def world(tmp_path: Path, film: Path) -> Callable[..., World]:
    def make(**more: Any) -> World:
        return World(tmp_path / "work", film, **more)

    return make


@pytest.mark.parametrize(
    ("there", "clip", "asked"),
    [
        (("link",), "", ["link"]),
        (("backend",), "", ["link", "backend"]),
        (("fake:clip",), "fake:clip", ["link", "backend", "fake:clip"]),
    ],
)
def test_the_film_comes_from_the_first_place_that_still_has_it(
    world: Callable[..., World], there: tuple[str, ...], clip: str, asked: list[str]
) -> None:
    here = world(there=there)
    outcome = here.run(job(clip=clip))
    assert isinstance(outcome, Next)
    assert outcome.last
    assert here.asked == [*asked, ("7-copy.gif", MOST_GIF)]
    assert outcome.notice is not None
    assert outcome.notice.video is not None
    assert (here.work / outcome.notice.video.copy).read_bytes() == b"a copy"


def test_a_smaller_film_has_at_most_three_fifths_of_the_bytes_and_ten_megabytes(
    tmp_path: Path, world: Callable[..., World]
) -> None:
    here = world()
    here.run(job(CopyKind.SMALLER))
    assert here.asked[-1] == ("7-copy.mp4", int(0.6 * here.film.stat().st_size))
    large = world()
    large.work, large.film = tmp_path / "other", taken(tmp_path / "large.mp4", size=20_000_000)
    large.run(job(CopyKind.SMALLER))
    assert large.asked[-1] == ("7-copy.mp4", 10_000_000)


def test_a_copy_that_was_whole_before_the_process_died_is_not_made_again(
    world: Callable[..., World],
) -> None:
    here = world()
    first = here.run(job())
    here.asked.clear()
    assert here.run(replace(job(), claims=2)) == first
    assert here.asked == []


def test_who_waits_for_the_workshop_keeps_the_film_and_is_not_left_waiting_for_ever(
    world: Callable[..., World],
) -> None:
    here = world(does=Occupied(2.5))
    for _ in range(2):
        outcome = here.run(job())
        assert isinstance(outcome, Wait)
        assert outcome.after == 2.5
    assert here.asked.count("link") == 1
    ended = here.run(job(), LONGEST_COPY_WAIT + 1)
    assert isinstance(ended, Fail)
    assert "did not work" in ended.notice.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"there": ()}, "I no longer have that video"),
        ({"does": DoesNotFit(1)}, "can't make it any smaller"),
        ({"does": ConverterMissing()}, "can't make copies here"),
        ({"does": DamagedFile("x")}, "did not work"),
    ],
)
def test_what_goes_wrong_is_told_in_words_and_nothing_is_paid(
    world: Callable[..., World], more: dict[str, Any], words: str
) -> None:
    outcome = world(**more).run(job(render="", clip=""))
    assert isinstance(outcome, Fail)
    assert words in outcome.notice.text


def test_trouble_that_passes_is_left_to_the_table(world: Callable[..., World]) -> None:
    here = world()

    async def broken(url: str, path: Path, limit: int, call: object = None) -> int:
        raise Trouble("502")

    here.download = broken  # type: ignore[method-assign]
    with pytest.raises(Trouble):
        here.run(job())


def test_what_is_no_film_is_not_copied(world: Callable[..., World], tmp_path: Path) -> None:
    (page := tmp_path / "page").write_text("<html>")
    here = world(there=("link", "backend"))
    here.film = page
    outcome = here.run(job())
    assert isinstance(outcome, Fail)
    assert here.asked == ["link", "backend"]
