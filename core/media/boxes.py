"""Width, height and length of an MP4 or MOV, read from its boxes (ISO 14496-12) without decoding anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_BOXES = 10_000
"""Far above any real file; a made-up one must not keep us reading."""
PARENTS = {b"moov", b"trak", b"mdia", b"mvex"}


@dataclass(frozen=True, slots=True)
class Geometry:
    """Pixels as shown, after rotation, and seconds; zero where unknown."""

    width: int = 0
    height: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Track:
    """One `trak`: its handler (`vide`, `soun`, …) and its size as shown."""

    handler: bytes
    width: int
    height: int


def geometry(path: Path) -> Geometry:
    """The size of the first picture track and the length of the whole. Never raises for what a file may contain."""
    tracks, seconds = _read(path)
    shown = next((track for track in tracks if track.handler == b"vide" and track.width and track.height), None)
    return Geometry(shown.width, shown.height, seconds) if shown else Geometry(seconds=seconds)


def only_sound(path: Path) -> bool:
    """Does it hold sound and no picture? Then an .mp4 is an .m4a."""
    handlers = {track.handler for track in _read(path)[0]}
    return b"soun" in handlers and b"vide" not in handlers


def _read(path: Path) -> tuple[list[Track], float]:
    tracks: list[Track] = []
    seconds = longest = 0.0
    scale = width = height = 0
    with path.open("rb") as file:
        for name, body in _boxes(file):
            match name:
                case b"trak":
                    width = height = 0
                case b"tkhd":
                    width, height = _size(body)
                case b"hdlr":
                    tracks.append(Track(body[8:12], width, height))
                case b"mvhd":
                    scale, duration = _duration(body)
                    seconds = duration / scale if scale else 0.0
                case b"mehd":
                    longest = int.from_bytes(body[4 : 12 if body[:1] == b"\1" else 8], "big") / scale if scale else 0.0
    return tracks, seconds or longest


def _boxes(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Every box of interest, depth first, with up to 120 bytes of its body; media data is skipped unread."""
    end = file.seek(0, 2)
    at = 0
    for _ in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        size, name, body = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < body - at:
            return
        file.seek(body)
        yield name, file.read(min(120, at + size - body))
        at = body if name in PARENTS else at + size


def _size(tkhd: bytes) -> tuple[int, int]:
    """Width and height (16.16 fixed point), swapped where the matrix turns the picture by a quarter."""
    fields = tkhd[20 + 4 :] if tkhd[:1] != b"\1" else tkhd[32 + 4 :]
    if len(fields) < 60:
        return 0, 0
    across, down = (int.from_bytes(fields[16 + 4 * n : 20 + 4 * n], "big", signed=True) for n in (0, 1))
    width, height = (int.from_bytes(fields[52 + 4 * n : 54 + 4 * n], "big") for n in (0, 1))
    return (height, width) if abs(down) > abs(across) else (width, height)


def _duration(mvhd: bytes) -> tuple[int, int]:
    """Units a second, and length in units; 0 for the value that means unknown."""
    at, width = (20, 8) if mvhd[:1] == b"\1" else (12, 4)
    scale, duration = int.from_bytes(mvhd[at : at + 4], "big"), mvhd[at + 4 : at + 4 + width]
    return scale, 0 if duration == b"\xff" * width else int.from_bytes(duration, "big")
