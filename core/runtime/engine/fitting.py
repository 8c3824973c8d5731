"""What is posted where a finished film cannot go as it is: fetched by another way, as a smaller
copy, or its link, or words that say so."""

import asyncio
from dataclasses import replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import structlog

from core import media
from core.i18n import text
from core.messages import Button, Command, Outbound, Span
from core.nemo.errors import Busy, Cut, FileTooLarge, NotSent, Trouble
from core.runtime.engine.runtime import Runtime
from core.store import Post

log = structlog.get_logger()


class OtherWay(StrEnum):
    """Whether a file whose link has failed is fetched through the API (D29)."""

    NONE = "none"
    """Not now."""
    AS_WELL = "as well"
    """Yes; but the link may work for others."""
    INSTEAD = "instead"
    """Yes, and the link is not passed on."""


def other_way(problem: Exception, attempts: int) -> OtherWay:
    """What passes is waited for once. A file that is too large, or half of one, is the same by any
    way."""
    match problem:
        case FileTooLarge() | media.NoVideo(broken=True):
            return OtherWay.NONE
        case NotSent() | Cut() | Trouble() | Busy():
            return OtherWay.AS_WELL if attempts else OtherWay.NONE
    return OtherWay.INSTEAD


def without_link(message: Outbound) -> Outbound:
    """The words without the line that holds the link of their video."""
    url = message.video.url if message.video else ""
    kept = [part for part in message.text.split("\n\n") if not url or url not in part]
    said = "\n\n".join(kept)
    return message.saying(said, _still(message, said))


def _still(message: Outbound, said: str) -> tuple[Span, ...]:
    """The spans that words keep which have lost something, or got it, at their end alone."""
    pairs = zip(message.text, said, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return tuple(span for span in message.spans if span.stop <= same)


async def without_file(
    runtime: Runtime, post: Post, message: Outbound, broken: bool = False
) -> Outbound:
    """What is posted where the file cannot be: its link, or, where that does not work either, words
    that say so.

    The link of a film that is `broken`, as far as we can tell, goes with a word about it.
    """
    video = message.video
    if video is None or (video.url and not broken):
        return replace(message, media=replace(video, path="") if video else message.media)
    if post.message.video and post.message.video.url and not video.url and post.job:
        await runtime.store.disown(post.job)
    found = await runtime.store.job(post.job or 0)
    language = found[0].language if found else "en"
    words, ready = text("result.no_file", language), text("result.ready", language)
    if video.url:
        warned = text("result.broken_file", language)
        words = (
            message.text.replace(ready, warned)
            if ready in message.text
            else f"{warned}\n\n{message.text}"
        )
    offered = any(button.command is Command.EXPORT for row in message.buttons for button in row)
    row = () if offered else ((Button(text("button.export", language), Command.EXPORT, post.job),),)
    link = replace(video, path="") if video.url else None
    said = replace(message.saying(words, _still(message, words)), media=link)
    return said.offering(*row, *message.buttons)


LARGEST_FILM = 256 * 2**20
"""Bytes of a film that is fetched to be made smaller."""
LONGEST_FITTING = 600.0
"""Seconds for which a result waits until others have their copies; then its link has to do."""
MOST_RUNS = 3
"""Times that a process may have died over it."""


async def fitted(
    runtime: Runtime, post: Post, message: Outbound, film: Path, most: int
) -> Outbound | None:
    """The message with a smaller copy in place of the film; None where the link has to do. Raises
    Occupied while others come first."""
    person = f"{message.address.platform}:{message.user}"
    small = film.with_name(f"{film.stem}-small.mp4")
    try:
        await runtime.workshop.copy(film, small, most, person)
        await asyncio.to_thread(small.replace, film)
    except media.Occupied:
        if runtime.clock() - post.created > LONGEST_FITTING:
            return None
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
