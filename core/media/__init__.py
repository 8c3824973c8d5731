"""Files as the backend takes them: what kind they are, converted where need be, under a name of our
own."""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from core.media.boxes import Condition, Geometry, condition, geometry
from core.media.errors import (
    ConverterMissing,
    DamagedFile,
    DoesNotFit,
    MediaError,
    NoVideo,
    Occupied,
    PictureTooLarge,
    RawPhoto,
    SoundTooLong,
    TooMuchTogether,
    TooSlow,
    UnsupportedMedia,
)
from core.media.kinds import HEAD, KINDS, Kind, sniff
from core.media.recognition import recognise

__all__ = [
    "HEAD",
    "KINDS",
    "Condition",
    "ConverterMissing",
    "DamagedFile",
    "DoesNotFit",
    "Geometry",
    "Kind",
    "MediaError",
    "NoVideo",
    "Occupied",
    "PictureTooLarge",
    "Prepared",
    "RawPhoto",
    "SoundTooLong",
    "TooMuchTogether",
    "TooSlow",
    "UnsupportedMedia",
    "clean_name",
    "condition",
    "copies_films",
    "geometry",
    "passed_on",
    "prepare",
    "recognise",
    "sniff",
]


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
    outside goes through core.media.workshop. Decoders are therefore loaded here only when they are
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
