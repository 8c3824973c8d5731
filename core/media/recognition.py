"""What kind of file it is, by as much of it as that takes: a beginning can promise what the rest
does not hold."""

from pathlib import Path

from core.media import kinds, tiff
from core.media.boxes import BEGINNINGS, Boxes, Track, read_boxes
from core.media.errors import DamagedFile, RawPhoto
from core.media.kinds import HEAD, KINDS, RAW, UNKNOWN, Kind, sniff

PLAYED = frozenset(b"avc1 avc3 hvc1 hev1 dvh1 dvhe mp4v av01 vp09 mp4a".split())
"""Codecs in an MP4 that players and the backend know; others stand in files that only look like
one."""


def recognise(source: Path) -> Kind:
    """The kind of a file. Raises DamagedFile for an empty one or a film without its table, and
    RawPhoto."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise DamagedFile("empty")
    kind = sniff(head)
    raw = (
        kind.extension
        if kind.extension in RAW
        else tiff.raw_kind(source)
        if kind.extension == "tiff"
        else ""
    )
    if raw:
        raise RawPhoto(raw)
    return _film(kind, read_boxes(source), head) if head[4:8] in BEGINNINGS else kind


def _film(kind: Kind, boxes: Boxes, head: bytes) -> Kind:
    """By its tracks, where the brand alone does not tell."""
    if kind.extension in ("heic", "avif"):
        return kind
    if not boxes.movie:
        return _no_movie(kind, boxes, head)
    played = [*boxes.pictures, *boxes.sounds]
    match kind.extension:
        case "3gp" | "iso":
            fits = bool(played) and all(track.codec in PLAYED for track in played)
            return _mp4(boxes, boxes.pictures) if fits else kind
        case "m4a":
            return _mp4(boxes, [track for track in boxes.pictures if track.shown])
        case "mp4":
            return _mp4(boxes, boxes.pictures)
    return KINDS["mov"] if head[4:8] != b"ftyp" else kind


def _mp4(boxes: Boxes, pictures: list[Track]) -> Kind:
    return KINDS["m4a" if boxes.sounds and not pictures else "mp4"]


def _no_movie(kind: Kind, boxes: Boxes, head: bytes) -> Kind:
    """A picture under a film's brand; a film that was cut off; or what only begins like one."""
    _, compatible = kinds.brands(head) if head[4:8] == b"ftyp" else (b"", set[bytes]())
    if b"meta" in boxes.names and compatible & (kinds.HEIF | kinds.AVIF):
        return KINDS["avif" if compatible & kinds.AVIF else "heic"]
    if kind.accepted and (compatible or b"mdat" in boxes.names or head[4:8] == b"ftyp"):
        raise DamagedFile("no movie in it")
    return UNKNOWN if kind.accepted else kind
