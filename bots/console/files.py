"""Files of the terminal chat: a reference is a path on this computer, a finished clip is saved
beside the user."""

import asyncio
import io
import os
import re
import shutil
from itertools import count
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes
from uuid import uuid4

from bots.copies import copied
from core.messages import Attachment, Video

FILE = "file:"
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
"""Only such an ending goes with a copy: a name's own may fill all that a file system allows by
itself."""


def to_attachment(path: Path) -> Attachment:
    """The reference to a file; blocks for one look at its size."""
    return Attachment(path.as_uri(), name=path.name, bytes=path.stat().st_size)


def _to_path(ref: str) -> Path:
    """The path behind a reference: one by percent signs holds any name, also what is no text at
    all."""
    if not ref.startswith(f"{FILE}//"):
        return Path(ref.removeprefix(FILE))  # of an earlier version
    path = os.fsdecode(unquote_to_bytes(ref.removeprefix(f"{FILE}//")))
    return Path(path.removeprefix("/") if os.name == "nt" else path)


async def fetch(attachment: Attachment, folder: Path) -> Path:
    """A copy of the file in `folder`. Raises FileGone, and the OSError of a full disk."""
    source = _to_path(attachment.ref)
    target = folder / f"{uuid4().hex}{source.suffix if ENDING.fullmatch(source.suffix) else ''}"
    return await copied(source, target)


async def save(video: Video, folder: Path) -> Path:
    """Keep the clip as the first free `video-<n>.mp4`, or `.gif`, of `folder`, or a picture as
    `photos-<n>.jpg`. Raises OSError."""
    stem = "photos" if video.path.endswith(".jpg") else "video"

    def copy() -> Path:
        with Path(video.path).open("rb") as original:
            return _save(original, folder, stem, Path(video.path).suffix or ".mp4")

    return await asyncio.to_thread(copy)


async def save_document(document: str, folder: Path) -> Path:
    """Keep the JSON text as the first free `my-data-<n>.json` of `folder`. Raises OSError."""
    return await asyncio.to_thread(_save, io.BytesIO(document.encode()), folder, "my-data", ".json")


def _save(source: BinaryIO, folder: Path, name: str, suffix: str) -> Path:
    for n in count(1):
        target = folder / f"{name}-{n}{suffix}"
        try:
            with target.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileExistsError:
            continue
        return target
    raise AssertionError
