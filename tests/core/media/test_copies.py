"""Copies of a finished film: a GIF that moves at the film's pace in fitting colours, and an MP4
with fewer bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageSequence

from core.media import ConverterMissing, DamagedFile, DoesNotFit, Occupied, TooSlow, measures
from core.media.copies import to_gif, to_smaller
from core.media.measures import Coded, Moving
from core.workshop import Workshop
from tests.films import FPS, SECONDS, SIZE, film


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film") / "film.mp4")


def test_a_gif_moves_as_the_film_does_and_goes_on_for_ever(clip: Path, tmp_path: Path) -> None:
    to_gif(clip, tmp_path / "a.gif", 10_000_000)
    with Image.open(tmp_path / "a.gif") as made:
        shown: list[Any] = [frame.convert("RGB") for frame in ImageSequence.Iterator(made)]
        assert (made.size, made.info["loop"], made.info["duration"]) == (SIZE, 0, 70)
    assert len(shown) == pytest.approx(SECONDS / 0.07, abs=1)
    begin, end = shown[0].getpixel((30, 90)), shown[-1].getpixel((30, 90))
    assert (begin[2] > begin[0], end[0] > end[2]) == (True, True), "the box has left its place"
    assert max(map(abs, (begin[0], begin[1] - 128, begin[2] - 128))) < 32, "in its own colour"


def test_a_gif_that_has_too_many_bytes_is_made_smaller_until_it_fits(
    clip: Path, tmp_path: Path
) -> None:
    to_gif(clip, tmp_path / "a.gif", 200_000)
    assert (tmp_path / "a.gif").stat().st_size <= 200_000
    with Image.open(tmp_path / "a.gif") as made:
        assert made.width < SIZE[0]
        assert made.width / made.height == pytest.approx(16 / 9, abs=0.06)


@pytest.mark.parametrize("sound", [True, False])
def test_a_smaller_film_fits_and_keeps_its_length_and_its_sound(
    tmp_path: Path, sound: bool
) -> None:
    source = film(tmp_path / "film.mp4", sound=sound)
    most = source.stat().st_size // 2
    to_smaller(source, tmp_path / "a.mp4", most)
    assert (tmp_path / "a.mp4").stat().st_size <= most
    with av.open(str(tmp_path / "a.mp4")) as made:
        assert (made.duration or 0) / 1e6 == pytest.approx(SECONDS, abs=0.1)
        assert bool(made.streams.audio) is sound
        assert made.streams.video[0].frames == FPS * SECONDS


@pytest.mark.parametrize("make", [to_gif, to_smaller])
def test_what_cannot_be_so_small_is_not_made(
    make: Callable[[Path, Path, int], None], clip: Path, tmp_path: Path
) -> None:
    with pytest.raises(DoesNotFit):
        make(clip, tmp_path / "copy", 5_000)


@pytest.mark.parametrize("make", [to_gif, to_smaller])
def test_what_is_no_film_is_not_copied(
    make: Callable[[Path, Path, int], None], tmp_path: Path
) -> None:
    (tmp_path / "page.mp4").write_text("<html>")
    with pytest.raises(DamagedFile):
        make(tmp_path / "page.mp4", tmp_path / "copy", 5_000_000)


# Elsewhere than in the bot


async def test_the_workshop_writes_the_copy_that_is_named_and_nothing_else(
    clip: Path, tmp_path: Path
) -> None:
    size = await Workshop().copy(clip, tmp_path / "7-copy.gif", 1_000_000)
    assert [(file.name, file.stat().st_size) for file in tmp_path.iterdir()] == [
        ("7-copy.gif", size)
    ]


async def test_the_workshop_says_what_did_not_fit_and_leaves_nothing(
    clip: Path, tmp_path: Path
) -> None:
    with pytest.raises(DoesNotFit) as said:
        await Workshop().copy(clip, tmp_path / "7-copy.mp4", 5_000)
    assert (said.value.limit, list(tmp_path.iterdir())) == (5_000, [])


async def test_a_copy_that_takes_too_long_is_given_up(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(TooSlow):
        await Workshop(copy_seconds=0.0).copy(clip, tmp_path / "7-copy.gif", 1_000_000)


async def test_copies_have_a_line_of_their_own(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(Occupied):
        await Workshop(at_once=0).copy(clip, tmp_path / "7-copy.gif", 1_000_000)


async def test_without_pyav_that_is_said(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "av").mkdir()
    (tmp_path / "av" / "__init__.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConverterMissing):
        await Workshop().copy(clip, tmp_path / "7-copy.gif", 1_000_000)


# Measures


@pytest.mark.parametrize(
    ("width", "height", "seconds", "made"),
    [
        (1920, 1080, 5.0, Moving(480, 270, 7)),
        (1080, 1920, 30.0, Moving(270, 480, 13)),
        (320, 180, 0.0, Moving(320, 180, 7)),
        (320, 180, 119.0, Moving(320, 180, 25)),
        (320, 180, 121.0, None),
    ],
)
def test_a_gif_begins_in_a_size_that_phones_like(
    width: int, height: int, seconds: float, made: Moving | None
) -> None:
    assert measures.gif(width, height, seconds) == made


@pytest.mark.parametrize(
    ("size", "most", "made"),
    [
        (1_050_000, 1_000_000, Moving(458, 258, 8)),
        (4_000_000, 1_000_000, Moving(310, 174, 13)),
        (100_000_000, 1_000_000, None),
    ],
)
def test_a_gif_gives_up_size_and_pace_as_far_as_it_must(
    size: int, most: int, made: Moving | None
) -> None:
    assert measures.smaller_gif(Moving(480, 270, 7), size, most) == made


@pytest.mark.parametrize(
    ("seconds", "most", "sound", "made"),
    [
        (10.0, 10_000_000, True, Coded(1920, 1080, 7_104_000, 96_000)),
        (10.0, 10_000_000, False, Coded(1920, 1080, 7_200_000)),
        (10.0, 200_000, False, Coded(350, 196, 144_000)),
        (60.0, 700_000, False, Coded(266, 150, 84_000)),
        (60.0, 700_000, True, Coded(228, 128, 60_000, 24_000)),
        (60.0, 500_000, True, None),
        (0.0, 10_000_000, True, Coded(1920, 1080, 719_904_000, 96_000)),
    ],
)
def test_a_smaller_film_has_fewer_pixels_where_it_has_fewer_bits(
    seconds: float, most: int, sound: bool, made: Coded | None
) -> None:
    assert measures.coded((1920, 1080), 30.0, seconds, most, sound=sound) == made
