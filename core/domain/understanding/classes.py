"""Pieces of words of many languages in classes by their meaning: what was never seen is like what
was."""

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "classes.bin"
"""zlib over lines `piece coarse fine`, classes by number; `_` before a piece that begins a word.

Made by tests.phrases.classes."""
START = "_"
UNKNOWN = ("?", "?")


@dataclass(frozen=True, slots=True)
class Classes:
    """The coarse and the fine class of each piece, and the length of the longest."""

    pieces: dict[str, tuple[str, str]]
    longest: int


@cache
def shipped() -> Classes:
    """The classes of this package. Read once."""
    lines = zlib.decompress(PATH.read_bytes()).decode().splitlines()
    shared: dict[str, tuple[str, str]] = {}
    pieces: dict[str, tuple[str, str]] = {}
    for line in lines:
        piece, _, numbers = line.partition(" ")
        coarse, _, fine = numbers.partition(" ")
        pieces[piece] = shared.setdefault(numbers, (f"c{coarse}", f"f{fine}"))
    return Classes(pieces, max(map(len, pieces)))


def classes(line: str) -> list[tuple[str, str]]:
    """The classes of the pieces of a folded line, in order: at each place the longest piece that is
    known."""
    return [found for word in line.split() for found in _pieces(word)]


def _pieces(word: str) -> list[tuple[str, str]]:
    known, start = shipped(), 0
    found: list[tuple[str, str]] = []
    while start < len(word):
        for end in range(min(len(word), start + known.longest), start, -1):
            piece = word[start:end]
            hit = (known.pieces.get(START + piece) if start == 0 else None) or known.pieces.get(
                piece
            )
            if hit:
                break
        else:
            hit, end = UNKNOWN, start + 1
        if hit is not UNKNOWN or not found or found[-1] is not UNKNOWN:
            found.append(hit)
        start = end
    return found
