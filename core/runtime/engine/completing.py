"""What a message is completed with just before it leaves: what lies sealed is opened, and copies,
of a video or of what is kept of somebody, are put in."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter, Keeping
from core.files import private
from core.i18n import text
from core.messages import SEALED, Button, Document, Form, Outbound, Video
from core.nemo import wire
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.shelf import NOT_NOW, WORK
from core.vault import WrongKey

log = structlog.get_logger()


def opened(runtime: Runtime, message: Outbound) -> Outbound:
    """The message with the secret of its ticket and its links; without them where the key is
    another one by now."""
    rows = tuple(
        tuple(filter(None, (_linked(runtime, button) for button in row))) for row in message.buttons
    )
    message = message.offering(*filter(None, rows))
    ticket = message.ticket
    if ticket is None or not ticket.secret:
        return message
    ticket = replace(ticket, secret=_read(runtime, ticket.secret))
    return replace(message, to=replace(message.to, ticket=ticket))


def _linked(runtime: Runtime, button: Button) -> Button | None:
    if not button.url.startswith(SEALED):
        return button
    token = _read(runtime, button.url.removeprefix(SEALED))
    return (
        replace(button, url=wire.claim_link(runtime.settings.nemo_web_url, token))
        if token
        else None
    )


def _read(runtime: Runtime, sealed: str) -> str:
    try:
        return runtime.vault.open(sealed)
    except WrongKey:
        log.warning("something in the outbox was sealed with another key")
        return ""


PAUSE = 5.0
"""Seconds until the adapter is asked again whose disk was away."""


async def whole(adapter: Adapter, message: Outbound) -> Outbound:
    """A message that brings such a copy, with all of it. Raises Occupied where the adapter cannot
    tell just now: half a copy would be taken for the whole."""
    if not message.document or not isinstance(adapter, Keeping):
        return message
    try:
        theirs = await adapter.copy(message.user)
    except OSError as problem:
        log.warning("a chat could not be copied yet", error=type(problem).__name__)
        raise media.Occupied(PAUSE) from None
    kept = json.loads(message.document) | dict(theirs)
    return replace(message, media=Document(json.dumps(kept, ensure_ascii=False, indent=2)))


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
    await asyncio.to_thread(private.folder, path.parent)
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
