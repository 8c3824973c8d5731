"""What the process says that decodes a file, as the errors and results it stands for."""

import json
from pathlib import Path
from typing import Any

from core.media import (
    ConverterMissing,
    DamagedFile,
    DoesNotFit,
    MediaError,
    PictureTooLarge,
    Prepared,
    SoundTooLong,
    UnsupportedMedia,
)


def picture_of(said: bytes) -> bytes:
    """The JPEG that it is. Raises what is told instead."""
    if said.startswith(b"\xff\xd8"):
        return said
    raise _error(said)


def size_of(said: bytes) -> int:
    """The bytes of a copy. Raises what is told instead."""
    match _answer(said):
        case {"bytes": int(size)}:
            return size
    raise _error(said)


def prepared_of(said: bytes, target: Path, mime: str) -> Prepared:
    """The part to upload, which is there and nowhere else: what decodes a stranger's file is not
    asked which file of ours is to be sent. Raises what is told instead."""
    match _answer(said):
        case {"path": str(path)} if path == str(target) and not target.is_symlink():
            return Prepared(target, target.name, mime, target.stat().st_size)
        case {"path": _}:
            raise DamagedFile("the converter has made another file than it was told to")
    raise _error(said)


def _answer(said: bytes) -> dict[str, Any]:
    """Silence is a crash: of the decoder, not of the bot."""
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"detail": "the converter crashed"}
    return found


def _error(said: bytes) -> MediaError | OSError:
    match answer := _answer(said):
        case {"error": "PictureTooLarge", "pixels": pixels, "limit": limit}:
            return PictureTooLarge(pixels, limit)
        case {"error": "DoesNotFit", "limit": limit}:
            return DoesNotFit(limit)
        case {"error": "SoundTooLong", "seconds": seconds}:
            return SoundTooLong(seconds)
        case {"error": "UnsupportedMedia", "extension": extension}:
            return UnsupportedMedia(extension)
        case {"error": "ConverterMissing"}:
            return ConverterMissing()
        case {"errno": int(number), "detail": detail}:  # a full disk, say: not the file's fault
            return OSError(number, detail)
    return DamagedFile(str(answer.get("detail", "")))
