"""Files of the terminal chat: a reference is a path on this computer, a finished clip is saved beside the user."""

import asyncio
import shutil
from itertools import count
from pathlib import Path
from uuid import uuid4

from core.adapter import FileGone
from core.messages import Attachment, Video

FILE = "file:"


def to_attachment(path: Path) -> Attachment:
    """The reference to a file; blocks for one look at its size."""
    return Attachment(f"{FILE}{path}", name=path.name, bytes=path.stat().st_size)


async def fetch(attachment: Attachment, folder: Path) -> Path:
    """A copy of the file in `folder`. Raises FileGone."""
    source = Path(attachment.ref.removeprefix(FILE))
    target = folder / f"{uuid4().hex}{source.suffix}"
    try:
        await asyncio.to_thread(shutil.copyfile, source, target)
    except OSError as problem:
        await asyncio.to_thread(target.unlink, missing_ok=True)
        raise FileGone(type(problem).__name__) from None
    return target


async def save(video: Video, folder: Path) -> Path:
    """Keep the clip as the first free `video-<n>.mp4` of `folder`. Raises OSError."""
    return await asyncio.to_thread(_save, Path(video.path), folder)


def _save(source: Path, folder: Path) -> Path:
    for n in count(1):
        target = folder / f"video-{n}.mp4"
        try:
            with target.open("xb") as copy, source.open("rb") as original:
                shutil.copyfileobj(original, copy)
        except FileExistsError:
            continue
        return target
    raise AssertionError
