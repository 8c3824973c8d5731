"""A film that is too large for where it goes is posted as a smaller copy beside its link.

The copy is made while its message is claimed, so nobody else makes it at the same time, and what
fails leaves the link alone, as where there is no converter."""

import asyncio
from dataclasses import replace
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter, Roomy
from core.i18n import text
from core.messages import Outbound
from core.runtime.engine.runtime import Runtime
from core.store import Post

log = structlog.get_logger()

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
