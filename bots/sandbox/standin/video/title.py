"""Words on the picture: lines that fit, set in fonts that have the letters, with a shadow that
keeps them legible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bots.sandbox.standin.video.fonts import drawable, font, runs
from bots.sandbox.standin.video.motion import smooth
from bots.sandbox.standin.video.planes import BLACK, WHITE, Planes

FADE = 0.5
"""Seconds in which a title comes and goes."""
WIDE = 0.82
"""Share of the frame's width that a line takes at most."""
LEADING = 1.32
"""Letter heights from one line to the next."""


class Place(StrEnum):
    """Where a title stands; where nobody says it, in the lower third."""

    TOP = "top"
    MIDDLE = "middle"
    LOWER = "lower"
    BOTTOM = "bottom"


HEIGHTS = {Place.TOP: 0.16, Place.MIDDLE: 0.5, Place.LOWER: 0.74, Place.BOTTOM: 0.87}
"""The middle of the words, as a share of the frame's height."""


@dataclass(frozen=True, slots=True)
class Title:
    """Words between two moments, in seconds from the start of the film."""

    words: str
    start: float
    end: float
    place: Place = Place.LOWER
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """A title drawn once: two masks of one even size, and where their corner stands in the
    frame."""

    letters: Image.Image
    shadow: Image.Image
    corner: tuple[int, int]

    def on(self, picture: Planes, strength: float) -> Planes:
        """The picture with the title at `strength` 0-1; fading in, it also rises a little."""
        if strength <= 0:
            return picture
        rise = round((1 - strength) * picture.size[1] / 80) * 2
        top = min(self.corner[1] + rise, picture.size[1] - self.letters.height)
        corner = (self.corner[0], top)
        dim = [round(value * strength) for value in range(256)]
        return picture.painted(self.shadow.point(dim), BLACK, corner).painted(
            self.letters.point(dim), WHITE, corner
        )


def strength(title: Title, moment: float) -> float:
    """How much of the title is to be seen at a moment, 0-1."""
    fade = min(FADE, (title.end - title.start) / 3)
    if fade <= 0 or not title.start <= moment < title.end:
        return 0.0
    return smooth(min(1.0, (moment - title.start) / fade, (title.end - moment) / fade))


def draw(title: Title, frame: tuple[int, int]) -> Lettering | None:
    """Set the words in at most three or four lines; None when no letter of them can be drawn."""
    words = drawable(title.words)
    if not words:
        return None
    size = round(min(frame) * 0.105 * title.scale)
    while len(wrapped(words, measure(size), frame[0] * WIDE)) > 3 and size > min(frame) * 0.05:
        size = round(size * 0.88)
    lines = balanced(words, measure(size), frame[0] * WIDE)[:4]
    return _set(lines, size, frame, HEIGHTS[title.place])


def measure(size: int) -> Callable[[str], float]:
    """What tells the pixels that a line takes with letters of `size` pixels."""
    return lambda line: sum(font(run.path, size).getlength(run.words) for run in runs(line))


def _set(lines: list[str], size: int, frame: tuple[int, int], height: float) -> Lettering:
    weight = max(0, round(size / 46))  # the regular weight is thin on a moving picture
    blur = max(2, round(size * 0.2))
    margin = blur * 3
    lengths = [measure(size)(line) for line in lines]
    wanted = (
        max(lengths) + 2 * (margin + weight),
        size * (LEADING * (len(lines) - 1) + 1.3) + 2 * margin,
    )
    room = (min(int(wanted[0] + 3) // 2 * 2, frame[0]), min(int(wanted[1] + 3) // 2 * 2, frame[1]))
    letters = Image.new("L", room, 0)
    pencil = ImageDraw.Draw(letters)
    base = (room[1] - size * LEADING * (len(lines) - 1)) / 2 + size * 0.36
    for number, (line, length) in enumerate(zip(lines, lengths, strict=True)):
        left = (room[0] - length) / 2
        for run in runs(line):
            face = font(run.path, size)
            pencil.text(
                (left, base + number * size * LEADING),
                run.words,
                255,
                face,
                "ls",
                stroke_width=weight,
            )
            left += face.getlength(run.words)
    top = int(frame[1] * height - room[1] / 2) // 2 * 2
    corner = ((frame[0] - room[0]) // 4 * 2, max(0, min(top, frame[1] - room[1])))
    return Lettering(letters, _shadow(letters, blur), corner)


def _shadow(letters: Image.Image, blur: int) -> Image.Image:
    """A close dark edge and a wide soft one: legible on snow, hardly seen on a dark picture."""
    near = letters.filter(ImageFilter.GaussianBlur(blur / 4)).point(
        [min(215, value * 3) for value in range(256)]
    )
    wide = letters.filter(ImageFilter.GaussianBlur(blur)).point(
        [min(140, round(value * 1.4)) for value in range(256)]
    )
    return ImageChops.lighter(near, wide).filter(ImageFilter.GaussianBlur(blur / 12))


def wrapped(words: str, length: Callable[[str], float], width: float) -> list[str]:
    """Break into lines: at spaces, and between any two Chinese characters."""
    lines: list[str] = []
    for paragraph in words.splitlines() or [words]:
        line = ""
        for piece in _pieces(paragraph):
            if line and length(line + piece.rstrip()) > width:
                lines.append(line.strip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.strip())
    return [line for line in lines if line]


def balanced(words: str, length: Callable[[str], float], width: float) -> list[str]:
    """As few lines as `wrapped` needs, but of nearly the same length: no single word is left
    over."""
    lines = wrapped(words, length, width)
    narrow, fits = width / 3, width
    for _ in range(7):
        middle = (narrow + fits) / 2
        if len(wrapped(words, length, middle)) > len(lines):
            narrow = middle
        else:
            fits = middle
    return wrapped(words, length, fits)


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for letter in words:
        if wide(letter):
            if piece:
                yield piece
                piece = ""
            yield letter
        else:
            piece += letter
            if letter.isspace():
                yield piece
                piece = ""
    if piece:
        yield piece


def wide(letter: str) -> bool:
    """Chinese and Japanese letters and full-width signs: a line may break at any of them (Korean
    has spaces)."""
    return (
        "\u2e80" <= letter <= "\ua4cf"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff00" <= letter <= "\uffef"
    )
