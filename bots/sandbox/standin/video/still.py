"""A picture seen through a moving window: places between the pixels, reached by whole numbers that
nearly meet them.

FFmpeg scales about five times as fast as Pillow, but only from whole pixels to whole pixels. So a
slightly larger part is scaled to a slightly larger picture, both chosen so that the window lies on
whole pixels of the result, to within a few hundredths of one: far less than can be seen to move.
"""

import math
from dataclasses import dataclass

from PIL import Image

from bots.sandbox.standin.video.planes import Box, Planes, viewed

CHOICES, LIKELY = 24, 4
"""How many lengths and beginnings are tried, and how many of the lengths with every beginning."""
SPARE = 2 * CHOICES + 8
MARGIN = 2 * SPARE + 8
"""Pixels of repeated edge around the picture, so that there is always something beside the
window."""
ROOM = 1.22
"""How many pixels of a picture should meet one of the frame: a zoom stays sharp, and few sizes
between this and 1 are as hard to meet as a half or the whole."""


@dataclass(frozen=True, slots=True)
class Span:
    """One axis of a cut, all even: `length` pixels from `start` become `scaled`, and the window
    begins at `offset`."""

    start: int
    length: int
    scaled: int
    offset: int

    def error(self, start: float, end: float, wanted: int) -> float:
        """How far, in pixels of the frame, the window's ends are from where they should be."""
        scale = self.scaled / self.length
        left, right = (start - self.start) * scale, (end - self.start) * scale
        return max(abs(left - self.offset), abs(right - self.offset - wanted))


def span(start: float, end: float, wanted: int) -> Span:
    """The cut that shows `start` to `end` as `wanted` pixels as nearly as it can be done."""
    scale = wanted / (end - start)
    least = math.ceil((end - start + SPARE) / 2) * 2
    lengths = sorted(
        range(least, least + 2 * CHOICES, 2),
        key=lambda length: abs(length * scale - even(length * scale)),
    )
    latest = math.floor(start / 2) * 2
    cuts = (
        Span(begin, length, scaled, even((start - begin) * scaled / length))
        for length, scaled in ((length, even(length * scale)) for length in lengths[:LIKELY])
        for begin in range(latest, latest - 2 * CHOICES, -2)
    )
    return min(cuts, key=lambda cut: cut.error(start, end, wanted))


def even(pixels: float) -> int:
    """The nearest even number."""
    return round(pixels / 2) * 2


class Still:
    """A picture with a margin of its own edges, kept to be looked at through windows inside it."""

    def __init__(self, picture: Planes) -> None:
        self.size = picture.size
        self._wide = Planes(
            _edged(picture.y, MARGIN),
            _edged(picture.u, MARGIN // 2),
            _edged(picture.v, MARGIN // 2),
        )

    def window(self, box: Box, size: tuple[int, int]) -> Planes:
        """The part inside `box`, whose edges may lie between pixels, as a picture of `size` (both
        numbers even)."""
        across, down = span(box[0], box[2], size[0]), span(box[1], box[3], size[1])
        part = self._wide.part(
            (across.start + MARGIN, down.start + MARGIN), (across.length, down.length)
        )
        return viewed(part.scaled((across.scaled, down.scaled)), (across.offset, down.offset), size)


def _edged(plane: Image.Image, margin: int) -> Image.Image:
    """The plane with its outermost pixels repeated on all sides."""
    width, height = plane.size
    whole = Image.new("L", (width + 2 * margin, height + 2 * margin))
    whole.paste(plane, (margin, margin))
    for column, place in ((0, 0), (width - 1, margin + width)):
        side = plane.crop((column, 0, column + 1, height))
        whole.paste(side.resize((margin, height)), (place, margin))
    for row, place in ((margin, 0), (margin + height - 1, margin + height)):
        side = whole.crop((0, row, whole.width, row + 1))
        whole.paste(side.resize((whole.width, margin)), (0, place))
    return whole
