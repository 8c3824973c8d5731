"""A finished video on its way out: fetched by its link or through the API, and what is posted where
it cannot be."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter
from core.files import private
from core.i18n import text
from core.messages import Button, Command, Outbound, Span, Video
from core.nemo.errors import Busy, Cut, FileTooLarge, NemoError, NotSent, Trouble
from core.ops import machine
from core.runtime.engine.completing import fitted, held, room, worth_fetching
from core.runtime.engine.runtime import Runtime
from core.store import Post

log = structlog.get_logger()

DOWNLOADS = 3
"""Tries to fetch the finished file; after that the link has to do."""
DOWNLOADS_WHEN_SHORT = 8
"""The same where this machine has run out of disk or handles, which may take minutes to pass."""


async def with_film(
    runtime: Runtime, post: Post, adapter: Adapter, video: Video
) -> tuple[Outbound | None, Path | None]:
    """The message with a local copy of its video; None to try again a little later."""
    copy, message = runtime.work / f"out-{post.id}.mp4", post.message
    largest, most = worth_fetching(runtime, adapter, post), room(adapter, post.message)
    try:
        try:
            there = await asyncio.to_thread(_fetched_before, runtime.work, copy)
            size = there or await _download(runtime, post, video, copy, largest)
        except (NemoError, media.NoVideo) as problem:
            way = other_way(problem, post.attempts) if video.url else OtherWay.NONE
            if way is OtherWay.NONE:
                raise
            log.warning("the link of a finished video does not work", post=post.id)
            if way is OtherWay.INSTEAD:
                message, video = without_link(message), replace(video, url="")
            size = await _download(runtime, post, replace(video, url=""), copy, largest)
    except (NemoError, media.MediaError, OSError) as problem:
        await asyncio.to_thread(remove, copy)
        log.warning(
            "the finished file could not be fetched", post=post.id, error=type(problem).__name__
        )
        broken = isinstance(problem, media.NoVideo) and problem.broken
        most = DOWNLOADS_WHEN_SHORT if machine.short(problem) else DOWNLOADS
        if post.attempts < most and not broken and not isinstance(problem, FileTooLarge):
            return None, None
        return await _without_file(runtime, post, replace(message, media=video), broken), None
    return await _suited(runtime, post, replace(message, media=video), copy, size, most)


async def _suited(
    runtime: Runtime, post: Post, message: Outbound, film: Path, size: int, most: int
) -> tuple[Outbound, Path | None]:
    """The message with its film, or with a copy where that is larger than `most` bytes; with the
    link alone where there is none. Raises Occupied."""
    if size > most:
        smaller = await fitted(runtime, post, message, film, most)
        if smaller is None:
            await asyncio.to_thread(remove, film)
            return await _without_file(runtime, post, message), None
        message = smaller
    video = message.video
    assert video is not None, "there is a film"
    return replace(message, media=await asyncio.to_thread(_measured, video, film)), film


def _fetched_before(work: Path, film: Path) -> int:
    """The bytes of the film, where it is in this folder already, which is there from now on; else
    0."""
    private.folder(work)
    return held(film)


def _measured(video: Video, film: Path) -> Video:
    """The video as it lies there."""
    seen = media.geometry(film)
    return replace(
        video,
        path=str(film),
        bytes=film.stat().st_size,
        width=seen.width,
        height=seen.height,
        seconds=seen.seconds,
    )


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


async def _without_file(
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


async def _download(runtime: Runtime, post: Post, video: Video, copy: Path, limit: int) -> int:
    """Bytes of the finished file, which is one by its own bytes, whatever it was served as.

    Through the API with the job's own token where there is no link (D29). Raises NemoError or
    NoVideo."""
    size = await _fetched(runtime, post, video, copy, limit)
    found = await asyncio.to_thread(media.condition, copy)
    if found is not media.Condition.WHOLE:
        raise media.NoVideo(broken=found is media.Condition.BROKEN)
    return size


async def _fetched(runtime: Runtime, post: Post, video: Video, copy: Path, limit: int) -> int:
    if video.url:
        return await runtime.nemo.download(video.url, copy, limit)
    found = await runtime.store.job(post.job or 0)
    if found is None:
        raise NemoError("the job of this video is gone")
    job, account = found
    backend = runtime.backend(job, account)
    return await backend.download_render(job.progress.render.id, copy, limit)


def remove(copy: Path) -> None:
    """As far as it goes: what cannot be deleted now is found by the next sweep."""
    with suppress(OSError):
        copy.unlink()
