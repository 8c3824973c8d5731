"""Fonts for the words on the picture: which one has a letter, and how a line is set in as few of
them as can be."""

import importlib.util
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

Font = ImageFont.FreeTypeFont

PACKAGES = (
    ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf"),
    ("pylopdf_fonts_ar", "NotoSansArabic-Variable.ttf"),
    ("pylopdf_fonts_hi", "NotoSansDevanagari-Variable.ttf"),
)
"""Noto Sans (SIL Open Font License) from the package index, extra `media`: Latin, Greek, Cyrillic,
Chinese and kana in the first; Korean, Arabic, Devanagari."""

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
"""Used where a package is not installed, or lacks a letter."""

SHAPED = ((0x0590, 0x109F), (0x1780, 0x18AF), (0xA840, 0xABFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC))
"""Scripts whose letters change with their neighbours or run from right to left; without libraqm
they come out wrong."""
JOINER = "\u200d"
_EMPTY = "\u200b\u2060\ufe0e\ufe0f\ufeff"
_SILENT = _EMPTY + "\u200c\u200d\u200e\u200f"
"""Signs that only say how their neighbours are shown; the first of them say nothing to a font."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring letters of one font; `path` is "" for Pillow's own."""

    words: str
    path: str


def drawable(words: str) -> str:
    """The words without the signs that no font here has (emoji), or that would be drawn wrong."""
    kept = "".join(
        cluster
        for cluster in clusters(words)
        if cluster.isspace() or _font_for(cluster) is not None
    )
    return " ".join("".join(letter for letter in kept if letter not in _EMPTY).split())


def lost(words: str) -> tuple[str, ...]:
    """The signs that `drawable` leaves out, each once, as they stand in the words."""
    return tuple(
        dict.fromkeys(it for it in clusters(words) if not it.isspace() and _font_for(it) is None)
    )


def clusters(words: str) -> Iterator[str]:
    """Letters with all that belongs to them: marks, and the parts that make one emoji."""
    cluster = ""
    for letter in unicodedata.normalize("NFC", words):
        joined = cluster.endswith(JOINER) and unicodedata.category(letter) == "So"
        if cluster and (joined or _belongs(letter) or _flag(cluster, letter)):
            cluster += letter
        else:
            if cluster:
                yield cluster
            cluster = letter
    if cluster:
        yield cluster


def _belongs(letter: str) -> bool:
    return (
        letter in _SILENT
        or unicodedata.category(letter).startswith("M")
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )


def _flag(cluster: str, letter: str) -> bool:
    """Two letters of a country make one flag."""
    return len(cluster) == 1 and all(
        "\U0001f1e6" <= sign <= "\U0001f1ff" for sign in (cluster, letter)
    )


def runs(line: str) -> list[Run]:
    """A drawable line in pieces of one font each, as they follow one another on the picture from
    left to right."""
    if (path := next((path for path in fonts() if _has_all(path, line)), None)) is not None:
        return [Run(line, path)]
    found: list[Run] = []
    for cluster in clusters(line):
        before = found[-1] if found else None
        if before is not None and (cluster.isspace() or _has_all(before.path, cluster)):
            found[-1] = Run(before.words + cluster, before.path)
        else:
            found.append(Run(cluster, _font_for(cluster) or ""))
    return found[::-1] if _leftwards(line) else found


def _leftwards(line: str) -> bool:
    """Whether the line begins at the right."""
    strong = (unicodedata.bidirectional(letter) for letter in line)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)


def _font_for(cluster: str) -> str | None:
    """The first font that has all of it; None where there is none, or where it could not be put
    together."""
    if (
        any(low <= ord(letter) <= high for letter in cluster for low, high in SHAPED)
        and not shaping()
    ):
        return None
    return next((path for path in fonts() if _has_all(path, cluster)), None)


def _has_all(path: str, cluster: str) -> bool:
    return (
        all(letter in _SILENT or _has(path, letter) for letter in cluster)
        and cluster.strip(_SILENT) != ""
    )


@lru_cache(maxsize=1)
def shaping() -> bool:
    """Whether Pillow can put letters together that depend on their neighbours."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=1)
def fonts() -> tuple[str, ...]:
    """Paths of the fonts on this machine, best first; the last is "", Pillow's own."""
    packaged = (place / name for package, name in PACKAGES for place in _places(package))
    return (*(str(path) for path in (*packaged, *map(Path, SYSTEM)) if path.is_file()), "")


def _places(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    return [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []


@lru_cache(maxsize=64)
def font(path: str, size: int) -> Font:
    """A font at a size in pixels."""
    opened = ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
    assert isinstance(opened, Font)
    return opened


@lru_cache(maxsize=4096)
def _has(path: str, letter: str) -> bool:
    """Whether the font draws this letter as anything but the box for missing ones."""
    face = _plain(path)
    missing, drawn = face.getmask("\U0010fffe"), face.getmask(letter)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@lru_cache(maxsize=16)
def _plain(path: str) -> Font:
    """A font that puts no letter together of others: what it lacks would come out with its marks in
    the wrong place."""
    return (
        ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)
        if path
        else font(path, 24)
    )
