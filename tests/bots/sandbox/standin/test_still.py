"""A window between the pixels: where it lies, what is in it, and how evenly it moves."""

import pytest
from PIL import Image, ImageChops, ImageStat

from bots.sandbox.samples import sample_picture
from bots.sandbox.standin.video.motion import MOTIONS, camera
from bots.sandbox.standin.video.planes import Planes, from_image
from bots.sandbox.standin.video.still import MARGIN, ROOM, Span, Still, even, span

FRAME = (1920, 1080)
PICTURE = (even(FRAME[0] * ROOM), even(FRAME[0] * ROOM / 1.5))


def cuts(motion: str, seconds: float) -> list[tuple[Span, float, float, int, int]]:
    """Every cut of a shot on both axes, with the ends and the pixels it is for and the length of
    the picture."""
    way, frames = camera(motion, seconds, PICTURE, FRAME), 24
    found = []
    for number in range(frames):
        left, top, right, bottom = way.box(number / frames, PICTURE, FRAME)
        found.append((span(left, right, FRAME[0]), left, right, FRAME[0], PICTURE[0]))
        found.append((span(top, bottom, FRAME[1]), top, bottom, FRAME[1], PICTURE[1]))
    return found


@pytest.mark.parametrize("motion", MOTIONS)
@pytest.mark.parametrize("seconds", [1.0, 4.0, 10.0, 60.0])
def test_a_window_is_never_a_quarter_of_a_pixel_from_where_it_should_be(
    motion: str, seconds: float
) -> None:
    errors = [cut.error(start, end, wanted) for cut, start, end, wanted, _ in cuts(motion, seconds)]
    assert max(errors) < 0.25
    assert sum(error**2 for error in errors) / len(errors) < 0.08**2


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_cut_stays_inside_the_margin_and_holds_the_window(motion: str) -> None:
    for cut, _, _, wanted, length in cuts(motion, 8.0):
        assert all(number % 2 == 0 for number in (cut.start, cut.length, cut.scaled, cut.offset))
        assert cut.start >= -MARGIN
        assert cut.start + cut.length <= length + MARGIN
        assert 0 <= cut.offset <= cut.scaled - wanted


def apart(one: Planes, other: Image.Image) -> float:
    """The root of the mean square of what two pictures differ by in luma, 0-255."""
    return ImageStat.Stat(ImageChops.difference(one.y, other)).rms[0]


@pytest.mark.parametrize(
    "box", [(0, 0, 390, 220), (10.3, 7.7, 350.3, 199.0), (40.5, 20.25, 389.5, 216.6)]
)
def test_a_window_shows_what_a_slow_exact_scaling_shows(
    box: tuple[float, float, float, float],
) -> None:
    picture = from_image(sample_picture(0, (400, 220)))
    seen = Still(picture).window(box, (320, 180))
    assert seen.size == (320, 180)
    assert seen.u.size == seen.v.size == (160, 90)
    assert apart(seen, picture.y.resize((320, 180), Image.Resampling.BICUBIC, box)) < 2
    moved = (box[0] + 1, box[1], box[2] + 1, box[3])
    assert apart(seen, picture.y.resize((320, 180), Image.Resampling.BICUBIC, moved)) > 2


def test_beyond_the_edges_the_picture_goes_on_as_it_ends() -> None:
    picture = from_image(Image.new("RGB", (200, 120), "#3060c0"))
    seen = Still(picture).window((0, 0, 200, 120), (160, 96))
    assert [plane.getextrema() for plane in (seen.y, seen.u, seen.v)] == [
        plane.getextrema() for plane in (picture.y, picture.u, picture.v)
    ]
