"""Files of our own making that go out: copies of videos, which a request has left for its
message."""

import asyncio
from dataclasses import replace
from pathlib import Path

from core import media
from core.i18n import text
from core.messages import Form, Outbound, Video
from core.runtime.engine.runtime import Runtime


async def filled(runtime: Runtime, message: Outbound, video: Video) -> Outbound:
    """The message with its file; with words where that is gone, or is not to be sent."""
    path = runtime.work / Path(video.copy).name
    size = await asyncio.to_thread(_size, path)
    if size is None or video.form is Form.LINK:
        return replace(message.saying(text("copy.failed", message.language)), media=None)
    seen = await asyncio.to_thread(media.geometry, path)
    found = replace(
        video,
        path=str(path),
        bytes=size,
        width=seen.width,
        height=seen.height,
        seconds=seen.seconds,
    )
    return replace(message, media=found)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
