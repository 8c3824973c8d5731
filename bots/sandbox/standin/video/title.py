"""Words on the picture: a font that has all the letters, lines that fit, a shadow that keeps them
legible."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from bots.sandbox.standin.video.motion import smooth
from bots.sandbox.standin.video.planes import BLACK, WHITE, Planes

Font = ImageFont.FreeTypeFont

PACKAGE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
"""Noto Sans SC (SIL Open Font License) from the package index: Latin, Greek, Cyrillic, Chinese,
kana. Extra `media`."""

SYSTEM = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
"""Used where the package is not installed, or lacks a letter."""

FADE = 0.5
"""Seconds in which a title comes and goes."""


@dataclass(frozen=True, slots=True)
class Title:
    """Words between two moments, in seconds from the start of the film."""

    words: str
    start: float
    end: float


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


def draw(words: str, frame: tuple[int, int]) -> Lettering | None:
    """Set the words in at most three lines in the lower middle of the frame; None when no letter
    can be drawn."""
    words, path = drawable(words)
    if not words:
        return None
    size = round(min(frame) * 0.105)
    while True:
        font = _font(path, size)
        lines = wrapped(words, font, frame[0] * 0.82)
        if len(lines) <= 3 or size <= min(frame) * 0.05:
            break
        size = round(size * 0.88)
    return _set("\n".join(balanced(words, font, frame[0] * 0.82)[:4]), font, frame)


def _set(words: str, font: Font, frame: tuple[int, int]) -> Lettering:
    weight = max(0, round(font.size / 46))  # the regular weight is thin on a moving picture
    spacing = font.size * 0.3
    pencil = ImageDraw.Draw(Image.new("L", (1, 1)))
    box = pencil.multiline_textbbox(
        (0, 0), words, font, spacing=spacing, align="center", stroke_width=weight
    )
    blur = max(2, round(font.size * 0.2))
    margin = blur * 3
    size = tuple(
        int(length + 2 * margin + 3) // 2 * 2 for length in (box[2] - box[0], box[3] - box[1])
    )
    size = (min(size[0], frame[0]), min(size[1], frame[1]))
    letters = Image.new("L", size, 0)
    place = ((size[0] - (box[2] - box[0])) / 2 - box[0], (size[1] - (box[3] - box[1])) / 2 - box[1])
    ImageDraw.Draw(letters).multiline_text(
        place, words, 255, font, spacing=spacing, align="center", stroke_width=weight
    )
    # a close dark edge and a wide soft one: legible on snow, hardly seen on a dark picture
    near = letters.filter(ImageFilter.GaussianBlur(blur / 4)).point(
        [min(215, value * 3) for value in range(256)]
    )
    wide = letters.filter(ImageFilter.GaussianBlur(blur)).point(
        [min(140, round(value * 1.4)) for value in range(256)]
    )
    shadow = ImageChops.lighter(near, wide).filter(ImageFilter.GaussianBlur(blur / 12))
    left = (frame[0] - size[0]) // 4 * 2
    top = int(frame[1] * 0.74 - size[1] / 2) // 2 * 2
    return Lettering(letters, shadow, (left, max(0, min(top, frame[1] - size[1]))))


def wrapped(words: str, font: Font, width: float) -> list[str]:
    """Break into lines: at spaces, and between any two Chinese characters."""
    lines: list[str] = []
    for paragraph in words.splitlines() or [words]:
        line = ""
        for piece in _pieces(paragraph):
            if line and font.getlength(line + piece.rstrip()) > width:
                lines.append(line.strip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.strip())
    return [line for line in lines if line]


def balanced(words: str, font: Font, width: float) -> list[str]:
    """As few lines as `wrapped` needs, but of nearly the same length: no single word is left
    over."""
    lines = wrapped(words, font, width)
    narrow, fits = width / 3, width
    for _ in range(7):
        middle = (narrow + fits) / 2
        if len(wrapped(words, font, middle)) > len(lines):
            narrow = middle
        else:
            fits = middle
    return wrapped(words, font, fits)


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
    """Chinese, Japanese and Korean letters and full-width signs."""
    return (
        "\u2e80" <= letter <= "\ud7ff"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff00" <= letter <= "\uffef"
    )


def drawable(words: str) -> tuple[str, str]:
    """The words without signs no font has (emoji), and the path of the font with the most letters
    ("": Pillow's)."""
    words = " ".join(words.split(" "))
    best, found = "", ""
    for path in fonts():
        kept = "".join(letter for letter in words if letter.isspace() or _has(path, letter))
        if len(kept) > len(best.rstrip()) or not best:
            best, found = kept, path
        if len(kept) == len(words):
            break
    return " ".join(best.split()), found


@lru_cache(maxsize=1)
def fonts() -> tuple[str, ...]:
    """Paths of the fonts on this machine, best first; the last is "", Pillow's own."""
    spec = importlib.util.find_spec(PACKAGE[0])
    packaged = (
        [Path(place) / PACKAGE[1] for place in (spec.submodule_search_locations or ())]
        if spec
        else []
    )
    paths = [*packaged, *map(Path, SYSTEM)]
    return (*(str(path) for path in paths if path.is_file()), "")


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> Font:
    font = ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
    assert isinstance(font, Font)
    return font


@lru_cache(maxsize=4096)
def _has(path: str, letter: str) -> bool:
    """Whether the font draws this letter as anything but the box for missing ones."""
    font = _font(path, 24)
    missing, drawn = font.getmask("\U0010fffe"), font.getmask(letter)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)
