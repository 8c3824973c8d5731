"""What a message is completed with just before it leaves: what lies sealed is opened, copies are
put in, and a film that is too large for where it goes is made smaller."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter, Keeping, Roomy
from core.files import private
from core.i18n import text
from core.messages import SEALED, Button, Document, Form, Outbound, Video
from core.nemo import wire
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.shelf import NOT_NOW, WORK
from core.store import Post
from core.vault import WrongKey

log = structlog.get_logger()


def opened(runtime: Runtime, message: Outbound) -> Outbound:
    """The message with the secret of its ticket and its links; without them where the key is
    another one by now."""
    if any(not row or any(_sealed(button) for button in row) for row in message.buttons):
        linked = (tuple(_linked(runtime, button) for button in row) for row in message.buttons)
        rows = (tuple(filter(None, row)) for row in linked)
        message = message.offering(*filter(None, rows))
    ticket = message.ticket
    if ticket is None or not ticket.secret:
        return message
    ticket = replace(ticket, secret=_read(runtime, ticket.secret))
    return replace(message, to=replace(message.to, ticket=ticket))


def _sealed(button: Button) -> bool:
    return button.url.startswith(SEALED)


def _linked(runtime: Runtime, button: Button) -> Button | None:
    if not _sealed(button):
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


LARGEST_FILM = 256 * 2**20
"""Bytes of a film that is fetched to be made smaller."""
LONGEST_FITTING = 600.0
"""Seconds for which a result waits until others have their copies; then its link has to do."""
MOST_RUNS = 3
"""Times that a process may have died over it."""


def room(adapter: Adapter, message: Outbound) -> int:
    """Bytes that a file may have where this goes."""
    return adapter.room(message) if isinstance(adapter, Roomy) else adapter.largest_upload


def worth_fetching(runtime: Runtime, adapter: Adapter, post: Post) -> int:
    """Bytes of a film that something can be made of here."""
    return max(adapter.largest_upload, LARGEST_FILM if _may_be_copied(runtime, post) else 0)


def _may_be_copied(runtime: Runtime, post: Post) -> bool:
    """Whether there is a converter, and it has not ended this process again and again."""
    return runtime.workshop.copies and post.claims <= MOST_RUNS


def held(film: Path) -> int:
    """Bytes of the film that was fetched before, while others had their copies made; 0 where none
    was."""
    before = _waiting(film)
    if not before.exists():
        return 0
    before.replace(film)
    return film.stat().st_size


def _waiting(film: Path) -> Path:
    return film.with_name(f"{film.stem}-waits.mp4")


async def fitted(
    runtime: Runtime, post: Post, message: Outbound, film: Path, most: int
) -> Outbound | None:
    """The message with a smaller copy in place of the film; None where the link has to do. Raises
    Occupied while others come first."""
    person = f"{message.address.platform}:{message.user}"
    small = film.with_name(f"{film.stem}-small.mp4")
    if not _may_be_copied(runtime, post):
        return None
    try:
        await runtime.workshop.copy(film, small, most, person)
        await asyncio.to_thread(small.replace, film)
    except media.Occupied:
        if runtime.clock() - post.created > LONGEST_FITTING:
            return None
        await asyncio.to_thread(film.replace, _waiting(film))
        raise
    except (media.MediaError, OSError) as problem:
        log.warning("no smaller copy", post=post.id, error=type(problem).__name__)
        return None
    return beside(message)


def beside(message: Outbound) -> Outbound:
    """The words with a line about what the file is, and with the link of the whole film, where it
    has one."""
    video = message.video
    if video is None or not video.url:
        return message
    link = (
        () if video.url in message.text else (text("result.link", message.language, url=video.url),)
    )
    lines = (message.text, text("copy.beside", message.language), *link)
    said = message.saying("\n\n".join(filter(None, lines)), message.spans)
    return replace(said, media=replace(video, smaller=True))
