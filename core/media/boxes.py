"""Tracks, size and length of an MP4 or MOV, read from its boxes (ISO 14496-12) without decoding
anything."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

MOST_BOXES = 10_000
"""Far above any real file; a made-up one must not keep us reading."""
MOST_SECONDS = 24 * 3600.0
"""What claims to be longer has no known length: no film of ours is, and platforms count seconds in
few bits."""
PARENTS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"}
FRAME = 8
"""Bytes of a box without its body, where its size has 32 bits."""
BEGINNINGS = frozenset(b"ftyp moov mdat wide pnot skip free udta uuid styp sidx moof".split())
"""Boxes that stand at the top of a movie; older cameras and editors begin with any of them."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Pixels as shown, after rotation, and seconds; zero where unknown."""

    width: int = 0
    height: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Track:
    """One `trak`: its handler (`vide`, `soun`, …), its size as shown, and the four letters of how
    it is coded.

    A track that is not `shown` is there for others: the pictures of chapters, say.
    """

    handler: bytes = b""
    width: int = 0
    height: int = 0
    codec: bytes = b""
    shown: bool = True


class Condition(StrEnum):
    """What a file is as a film."""

    WHOLE = "whole"
    BROKEN = "broken"
    """It begins like one, but cannot be played: cut off, without pictures, or its boxes make no
    sense."""
    OTHER = "other"
    """Anything else: a page, a message, nothing at all."""


@dataclass(slots=True)
class Boxes:
    """What the boxes of a file say. `names` are those at the top; `cut`: one of the film's would
    end outside of it; `compressed`: the table of an old QuickTime movie, which is not read."""

    names: list[bytes] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    seconds: float = 0.0
    cut: bool = False
    compressed: bool = False

    @property
    def pictures(self) -> list[Track]:
        """Its tracks of pictures."""
        return [track for track in self.tracks if track.handler == b"vide"]

    @property
    def sounds(self) -> list[Track]:
        """Its tracks that can be heard."""
        return [track for track in self.tracks if track.handler == b"soun"]

    @property
    def movie(self) -> bool:
        """Is it a movie at all: a header that names tracks, behind nothing but what may stand in
        front of it?"""
        found = bool(self.tracks) or self.compressed
        return found and b"moov" in self.names and self.names[0] in BEGINNINGS


def geometry(path: Path) -> Geometry:
    """The size of the first picture track and the length of the whole. Never raises for what a file
    may contain."""
    boxes = read_boxes(path)
    seconds = boxes.seconds if boxes.seconds <= MOST_SECONDS else 0.0
    shown = next((track for track in boxes.pictures if track.width and track.height), None)
    return Geometry(shown.width, shown.height, seconds) if shown else Geometry(seconds=seconds)


def condition(path: Path) -> Condition:
    """Whether a file is a film that can be played, by its boxes alone. Never raises for what a file
    may contain."""
    boxes = read_boxes(path)
    if not boxes.names or boxes.names[0] not in BEGINNINGS:
        return Condition.OTHER
    whole = boxes.movie and bool(boxes.pictures) and b"mdat" in boxes.names and not boxes.cut
    return Condition.WHOLE if whole else Condition.BROKEN


def read_boxes(path: Path) -> Boxes:
    """All that is of interest in the boxes of a file, as far as they go."""
    found, tracks, longest, scale = Boxes(), [Track()], 0, 0
    with path.open("rb") as file:
        for box in _walk(file):
            top = not box.parent
            if top:
                found.names.append(box.name)
            found.cut |= box.cut and (not top or box.name in (b"mdat", b"moov"))
            match box.name, box.parent:
                case b"trak", b"moov":
                    tracks.append(Track())
                case ((b"tkhd" | b"hdlr" | b"stsd"), _):
                    _note(tracks[-1], box)
                case b"cmov", b"moov":
                    found.compressed = True
                case b"mvhd", _:
                    scale, duration = _duration(box.body)
                    found.seconds = duration / scale if scale else 0.0
                case b"mehd", _:
                    longest = int.from_bytes(
                        box.body[4 : 12 if box.body[:1] == b"\1" else 8], "big"
                    )
    found.seconds = found.seconds or (longest / scale if scale else 0.0)
    found.tracks = [track for track in tracks if track.handler]
    return found


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    body: bytes
    """Up to 120 bytes of it."""
    parent: bytes
    """Empty for a box at the top."""
    cut: bool


def _note(track: Track, box: _Box) -> None:
    match box.name, box.parent:
        case b"tkhd", b"trak":
            track.width, track.height = _size(box.body)
            track.shown = bool(box.body[3:4] and box.body[3] & 1)
        case b"hdlr", b"mdia":
            track.handler = box.body[8:12]
        case b"stsd", b"stbl":
            track.codec = box.body[12:16]


def _walk(file: BinaryIO) -> Iterator[_Box]:
    """Every box of interest, depth first; media data is skipped unread, and what a box claims ends
    where its parent does."""
    ends, parents, at = [file.seek(0, 2)], [b""], 0
    for _ in range(MOST_BOXES):
        while ends and at + FRAME > ends[-1]:
            at = ends.pop()
            parents.pop()
        if not ends:
            return
        file.seek(at)
        head = file.read(2 * FRAME)
        size, name, body = int.from_bytes(head[:4], "big"), head[4:8], at + FRAME
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), at + 2 * FRAME
        end = at + size if size else ends[-1]
        cut = end < body or end > ends[-1]
        end = ends[-1] if cut else end
        file.seek(body)
        yield _Box(name, file.read(max(0, min(120, end - body))), parents[-1], cut)
        if name in PARENTS:
            ends.append(end)
            parents.append(name)
        at = body if name in PARENTS else end


def _size(tkhd: bytes) -> tuple[int, int]:
    """Width and height (16.16 fixed point), swapped where the matrix turns the picture by a
    quarter."""
    fields = tkhd[20 + 4 :] if tkhd[:1] != b"\1" else tkhd[32 + 4 :]
    if len(fields) < 60:
        return 0, 0
    across, down = (
        int.from_bytes(fields[16 + 4 * n : 20 + 4 * n], "big", signed=True) for n in (0, 1)
    )
    width, height = (int.from_bytes(fields[52 + 4 * n : 54 + 4 * n], "big") for n in (0, 1))
    return (height, width) if abs(down) > abs(across) else (width, height)


def _duration(mvhd: bytes) -> tuple[int, int]:
    """Units a second, and length in units; 0 for the value that means unknown."""
    at, width = (20, 8) if mvhd[:1] == b"\1" else (12, 4)
    scale, duration = int.from_bytes(mvhd[at : at + 4], "big"), mvhd[at + 4 : at + 4 + width]
    return scale, 0 if duration == b"\xff" * width else int.from_bytes(duration, "big")
