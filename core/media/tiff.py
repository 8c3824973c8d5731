"""The directories of a TIFF: whether a camera's raw photo hides in it, and which of its pages is
the picture."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

MOST_DIRECTORIES = 64
MOST_ENTRIES = 1000
MOST_VALUES = 64
"""Far above any real file, each of them; a made-up one must not keep us reading."""

SUBFILE, WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, MAKE, SUB = 254, 256, 257, 259, 262, 271, 330
CFA_PATTERN, DNG_VERSION = 33421, 50706
WANTED = {SUBFILE, WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, MAKE, SUB, CFA_PATTERN, DNG_VERSION}
SENSOR = {32803, 34892}
"""Photometric interpretations of what a sensor saw: a colour filter's mosaic, and the same without
its mosaic."""
PACKED = {32767, 32769, 32770, 34713, 34892, 65000, 65535}
"""Compressions that only cameras use: of Sony, Nikon, Samsung, Kodak, Pentax, and of DNG."""
MAKERS = {
    "nikon": "nef",
    "sony": "arw",
    "pentax": "pef",
    "ricoh": "pef",
    "samsung": "srw",
    "canon": "cr2",
}
SIZES = {1: "B", 2: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of a TIFF: its tags with their first values. `page`: it stands in the chain, not
    below another one."""

    page: bool
    tags: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def first(self, tag: int) -> int:
        """The first value of a tag, 0 where there is none."""
        return next(iter(self.tags.get(tag, ())), 0)

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.first(WIDTH) * self.first(HEIGHT)

    @property
    def reduced(self) -> bool:
        """Whether it says of itself that it is a small copy of another image."""
        return bool(self.first(SUBFILE) & 1)

    @property
    def sensor(self) -> bool:
        """Whether it holds what only a raw converter can read."""
        told = self.first(PHOTOMETRIC) in SENSOR or self.first(COMPRESSION) in PACKED
        return told or CFA_PATTERN in self.tags or DNG_VERSION in self.tags


def raw_kind(path: Path) -> str:
    """The usual ending of the raw photo (`dng`, `nef`, …; `raw` where the maker is unknown), "" for
    an ordinary TIFF.

    Also a picture of which only a smaller copy can be reached counts as one. Never raises for what
    a file may contain."""
    found = directories(path)
    if any(DNG_VERSION in directory.tags for directory in found):
        return "dng"
    pages = [directory for directory in found if directory.page]
    seen = pages[_main(pages)].pixels if pages else 0
    hidden = any(not directory.page and directory.pixels > seen for directory in found)
    if not hidden and not any(directory.sensor for directory in found):
        return ""
    letters = (value & 0xFF for directory in found for value in directory.tags.get(MAKE, ()))
    make = bytes(letters).lower().decode("latin-1")
    return next((kind for maker, kind in MAKERS.items() if maker in make), "raw")


def main_page(path: Path) -> int:
    """The number of the page that is the picture: the first that is not a small copy of another
    one."""
    return _main([directory for directory in directories(path) if directory.page])


def _main(pages: list[Directory]) -> int:
    return next((number for number, page in enumerate(pages) if not page.reduced), 0)


def directories(path: Path) -> list[Directory]:
    """All directories, the pages first in their order, as far as they can be read."""
    with path.open("rb") as file:
        return read(file)


def read(file: BinaryIO) -> list[Directory]:
    """The same of a file that is open."""
    reader = _Reader(file)
    found = list(reader.chain(reader.start, page=True)) if reader.start else []
    for directory in found:  # which grows meanwhile
        for at in directory.tags.get(SUB, ()):
            if len(found) < MOST_DIRECTORIES:
                found.extend(reader.chain(at, page=False))
    return found


class _Reader:
    """Reads entries in the byte order and width of one file; what lies outside of it has no
    values."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._seen = file, set[int]()
        self._end = file.seek(0, 2)
        head = self._at(0, 16)
        self._order = "<" if head[:2] == b"II" else ">"
        version = self._number("H", head[2:4])
        self._big = version == 43
        self._word = "Q" if self._big else "I"
        known = version in (42, 43)
        self.start = (
            self._number(self._word, head[8:16] if self._big else head[4:8]) if known else 0
        )

    def chain(self, at: int, *, page: bool) -> Iterator[Directory]:
        """The directory at a place and those that follow it."""
        while at and at not in self._seen and len(self._seen) < MOST_DIRECTORIES:
            self._seen.add(at)
            head, entry = (8, 20) if self._big else (2, 12)
            count = self._number("Q" if self._big else "H", self._at(at, head))
            raw = self._at(at + head, min(count, MOST_ENTRIES) * entry)
            entries = (raw[n : n + entry] for n in range(0, len(raw) - entry + 1, entry))
            yield Directory(
                page, dict(pair for pair in map(self._tag, entries) if pair is not None)
            )
            at = self._number(
                self._word, self._at(at + head + count * entry, struct.calcsize(self._word))
            )

    def _tag(self, entry: bytes) -> tuple[int, tuple[int, ...]] | None:
        tag, kind = self._number("H", entry[:2]), self._number("H", entry[2:4])
        if tag not in WANTED or kind not in SIZES:
            return None
        wide = 8 if self._big else 4
        count, value = self._number(self._word, entry[4 : 4 + wide]), entry[4 + wide :]
        size = struct.calcsize("<" + SIZES[kind])
        if count * size > wide:
            value = self._at(self._number(self._word, value), min(count, MOST_VALUES) * size)
        count = min(count, MOST_VALUES, len(value) // size)
        return tag, struct.unpack(f"{self._order}{count}{SIZES[kind]}", value[: count * size])

    def _at(self, at: int, size: int) -> bytes:
        if at >= self._end:
            return b""
        self._file.seek(at)
        return self._file.read(min(size, self._end - at))

    def _number(self, code: str, data: bytes) -> int:
        """0 where the file has ended before it."""
        size = struct.calcsize("<" + code)
        return int(struct.unpack(self._order + code, data)[0]) if len(data) == size else 0
