"""Pieces of words of many languages in classes by their meaning: what was never seen is like what
was."""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from core.domain.understanding import packing

PATH = Path(__file__).parent / "classes.bin"
"""`packed`: keys (4 bytes each), places (4 bytes each), coarse and fine classes (2 bytes each), all
pieces one behind the other.

Made by tests.phrases.classes."""
START = "_"
"""Before a piece that begins a word."""
UNKNOWN = ("?", "?")


@dataclass(frozen=True, slots=True)
class Classes:
    """The coarse and the fine class of each piece. Numbers instead of a dictionary, which would
    take ten times the memory."""

    longest: Mapping[str, int]
    """The length of the longest piece by the sign that it begins with."""
    keys: Sequence[int]
    """The CRC of each piece, in rising order."""
    places: Sequence[int]
    """Where each piece stands in `text`; one more for the end."""
    coarse: Sequence[int]
    fine: Sequence[int]
    text: memoryview

    def of(self, piece: str) -> tuple[str, str] | None:
        """Its classes; None for what is no piece."""
        spelled = piece.encode()
        key = zlib.crc32(spelled)
        at = bisect_left(self.keys, key)
        while at < len(self.keys) and self.keys[at] == key:
            if self.text[self.places[at] : self.places[at + 1]] == spelled:
                return f"c{self.coarse[at]}", f"f{self.fine[at]}"
            at += 1
        return None


@cache
def shipped() -> Classes:
    """The classes of this package."""
    return unpacked(packing.mapped(PATH))


def packed(pieces: Mapping[str, tuple[int, int]]) -> bytes:
    """The file of these pieces by their coarse and fine class."""
    ordered = sorted((zlib.crc32(piece.encode()), piece) for piece in pieces)
    longest: dict[str, int] = {}
    places, text = array("I", [0]), b""
    for _, piece in ordered:
        text += piece.encode()
        places.append(len(text))
        for said in {piece, piece.removeprefix(START)} - {""}:
            longest[said[0]] = max(len(said), longest.get(said[0], 0))
    found = [pieces[piece] for _, piece in ordered]
    columns = (
        array("I", [key for key, _ in ordered]),
        places,
        *(array("H", [classes[column] for classes in found]) for column in (0, 1)),
    )
    head = {"pieces": len(ordered), "longest": longest}
    return packing.packed(head, *(packing.little(column) for column in columns), text)


def unpacked(file: packing.File) -> Classes:
    """The classes of a file that `packed` made."""
    head, rest = packing.unpacked(file)
    count = head["pieces"]
    keys, rest = rest[: 4 * count], rest[4 * count :]
    places, rest = rest[: 4 * count + 4], rest[4 * count + 4 :]
    coarse, fine, text = rest[: 2 * count], rest[2 * count : 4 * count], rest[4 * count :]
    return Classes(
        head["longest"],
        packing.numbers("I", keys),
        packing.numbers("I", places),
        packing.numbers("H", coarse),
        packing.numbers("H", fine),
        text,
    )


def classes(line: str) -> list[tuple[str, str]]:
    """The classes of the pieces of a folded line, in order: at each place the longest piece that is
    known."""
    return [found for word in line.split() for found in _pieces(word)]


@lru_cache(maxsize=2048)  # people write the same words
def _pieces(word: str) -> tuple[tuple[str, str], ...]:
    known, start = shipped(), 0
    found: list[tuple[str, str]] = []
    while start < len(word):
        reach = start + known.longest.get(word[start], 0)
        for end in range(min(len(word), reach), start, -1):
            piece = word[start:end]
            hit = (known.of(START + piece) if start == 0 else None) or known.of(piece)
            if hit:
                break
        else:
            hit, end = UNKNOWN, start + 1
        if hit is not UNKNOWN or not found or found[-1] is not UNKNOWN:
            found.append(hit)
        start = end
    return tuple(found)
