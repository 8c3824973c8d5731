"""Files as the backend takes them: recognised, by as much of them as that takes (a beginning can
promise what the rest does not hold), converted where need be, under a name of our own."""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from core.media import kinds, tiff
from core.media.boxes import BEGINNINGS, Boxes, Track, read_boxes
from core.media.errors import DamagedFile, RawPhoto, UnsupportedMedia
from core.media.kinds import HEAD, KINDS, RAW, UNKNOWN, Kind, sniff


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be uploaded: `name` is clean ASCII with the right extension, `mime` fits
    it."""

    path: Path
    name: str
    mime: str
    bytes: int


def prepare(source: Path, folder: Path, name: str) -> Prepared:
    """The part to upload for a file whose kind nobody has checked yet.

    `name` is our own, without extension (`7-2`). What the backend takes is passed on where it lies;
    anything else is written to `folder`, in one piece, and `source` is left alone unless it bears
    the very name of the result. Blocks for seconds on large pictures, and decodes: what comes from
    outside goes through core.workshop. Decoders are therefore loaded here only when they are
    needed. Raises MediaError."""
    kind = recognise(source)
    return _converted(source, folder, name, kind) if kind.convert else passed_on(source, name, kind)


def passed_on(source: Path, name: str, kind: Kind) -> Prepared:
    """The part to upload for a file of a kind that is not converted. Raises UnsupportedMedia where
    it is not taken either."""
    if not kind.accepted:
        raise UnsupportedMedia(kind.extension)
    return Prepared(source, f"{name}.{kind.extension}", kind.mime, source.stat().st_size)


def copies_films() -> bool:
    """Whether this installation can make copies of films (core.media.copies)."""
    return find_spec("av") is not None


def clean_name(job: int, n: int, extension: str) -> str:
    """A name for an upload that owes nothing to what the sender called the file."""
    plain = re.sub(r"[^a-z0-9]", "", extension.lower())
    return f"{job}-{n}.{'jpg' if plain in ('jpeg', 'jfif') else plain or 'bin'}"


def _converted(source: Path, folder: Path, name: str, kind: Kind) -> Prepared:
    becomes = kind.becomes
    target = folder / f"{name}.{becomes.extension}"
    half = target.with_name(target.name + ".part")
    try:
        if kind.convert == "jpeg":
            from core.media.pictures import to_jpeg

            to_jpeg(source, half)
        else:
            from core.media.sound import to_m4a

            to_m4a(source, half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return Prepared(target, target.name, becomes.mime, target.stat().st_size)


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
