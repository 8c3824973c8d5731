"""Copies that people have asked for, as they leave: of a film, which the workshop has made, and of
all that is known of somebody, with what the adapter keeps."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter, Keeping
from core.files import private_folder
from core.i18n import text
from core.messages import Document, Form, Outbound, Video
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.shelf import NOT_NOW, WORK

log = structlog.get_logger()


async def filled(runtime: Runtime, message: Outbound, video: Video) -> Outbound:
    """The message with its file; with words where that is gone, or is not to be sent."""
    path = runtime.work / Path(video.copy).name
    size = await asyncio.to_thread(_size, path) or await _elsewhere(runtime, path)
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


async def _elsewhere(runtime: Runtime, path: Path) -> int | None:
    """The size of a file that another process has made, which is at `path` now."""
    if runtime.shelf is None:
        return None
    await asyncio.to_thread(private_folder, path.parent)
    found = await runtime.shelf.get(WORK, path.name, path)
    return await asyncio.to_thread(_size, path) if found else None


async def over(runtime: Runtime, video: Video) -> None:
    """It has been posted."""
    path = runtime.work / Path(video.copy).name
    with suppress(*NOT_NOW):
        await asyncio.to_thread(path.unlink, missing_ok=True)
        if runtime.shelf is not None:
            await runtime.shelf.drop(WORK, [path.name])


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


PAUSE = 5.0
"""Seconds until the adapter is asked again whose disk was away."""


async def whole(adapter: Adapter, message: Outbound) -> Outbound:
    """A message that brings such a copy, with all of it. Raises Occupied where the adapter cannot
    tell just now: half a copy would be taken for the whole."""
    if not isinstance(adapter, Keeping):
        return message
    try:
        theirs = await adapter.copy(message.user)
    except OSError as problem:
        log.warning("a chat could not be copied yet", error=type(problem).__name__)
        raise media.Occupied(PAUSE) from None
    kept = json.loads(message.document) | dict(theirs)
    return replace(message, media=Document(json.dumps(kept, ensure_ascii=False, indent=2)))
