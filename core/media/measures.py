"""How large, how fast and how fine a copy of a film may be, so that it has no more than so many
bytes."""

from dataclasses import dataclass
from math import ceil

FRAMES = 240
"""Pictures of a GIF: more make a file that nobody's phone likes to load."""
QUICKEST, SLOWEST = 7, 25
"""Hundredths of a second for which a picture of a GIF is shown, in which GIFs count."""
LONGEST_GIF = 120.0
"""Seconds of a film that becomes one."""
EDGE, SHORTEST_EDGE = 480, 120
"""Pixels of the longer side of a GIF, at first and at least."""
ROOM = 0.9
"""Share of the bytes that is aimed at, since nobody knows beforehand what a picture takes."""
LEAST_SOUND, MOST_SOUND = 24_000, 96_000
"""Bits a second."""
SOUNDS_SHARE = 0.25
LEAST_PICTURES = 48_000
"""Bits a second under which there is nothing to be seen any more."""
BITS_A_PIXEL = 0.07
"""With fewer, a smaller picture looks better."""
SMALLEST = 128
"""Pixels of the shorter side."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A GIF: pixels, and hundredths of a second for each picture."""

    width: int
    height: int
    pause: int


@dataclass(frozen=True, slots=True)
class Coded:
    """An MP4: pixels (both even), and bits a second of its pictures and of its sound."""

    width: int
    height: int
    bits: int
    sound: int = 0


def gif(width: int, height: int, seconds: float) -> Moving | None:
    """The GIF that is tried first; None of what is too long for one."""
    if seconds > LONGEST_GIF:
        return None
    pause = min(SLOWEST, max(QUICKEST, ceil(100 * seconds / FRAMES)))
    return Moving(*_within(width, height, EDGE), pause)


def smaller_gif(tried: Moving, size: int, most: int) -> Moving | None:
    """The next one, after one of `size` bytes had too many; None where nothing would be seen in it.

    A part of what is saved comes from the pace, as long as that is quick."""
    share = min(0.8, ROOM * most / size)
    pause = max(tried.pause, min(SLOWEST, ceil(tried.pause / share**0.4)))
    scale = (share * pause / tried.pause) ** 0.5
    edge = int(max(tried.width, tried.height) * scale)
    if edge < SHORTEST_EDGE:
        return None
    return Moving(*_within(tried.width, tried.height, edge), pause)


def coded(
    shape: tuple[int, int], fps: float, seconds: float, most: int, *, sound: bool
) -> Coded | None:
    """The MP4 of at most so many bytes; None where nothing would be seen in it."""
    whole = int(ROOM * most * 8 / max(seconds, 0.1))
    heard = min(MOST_SOUND, max(LEAST_SOUND, int(SOUNDS_SHARE * whole))) if sound else 0
    bits = whole - heard
    if bits < LEAST_PICTURES:
        return None
    width, height = shape
    pixels = bits / (max(fps, 1.0) * BITS_A_PIXEL)
    scale = min(1.0, (pixels / (width * height)) ** 0.5)
    scale = min(1.0, max(scale, SMALLEST / min(width, height)))
    return Coded(_even(width * scale), _even(height * scale), bits, heard)


def _within(width: int, height: int, edge: int) -> tuple[int, int]:
    scale = min(1.0, edge / max(width, height))
    return _even(width * scale), _even(height * scale)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
