"""What a message is completed with just before it leaves: what lies sealed is opened, and its film
is fetched, by its link or through the API."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import structlog

from core import media
from core.adapter import Adapter, Roomy
from core.files import private_folder
from core.messages import SEALED, Button, Outbound, Video
from core.nemo import wire
from core.nemo.errors import FileTooLarge, NemoError
from core.ops import machine
from core.runtime.engine.fitting import (
    LARGEST_FILM,
    MOST_RUNS,
    OtherWay,
    fitted,
    other_way,
    without_file,
    without_link,
)
from core.runtime.engine.runtime import Runtime
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
        return await without_file(runtime, post, replace(message, media=video), broken), None
    return await _suited(runtime, post, replace(message, media=video), copy, size, most)


async def _suited(
    runtime: Runtime, post: Post, message: Outbound, film: Path, size: int, most: int
) -> tuple[Outbound, Path | None]:
    """The message with its film, or with a copy where that is larger than `most` bytes; with the
    link alone where there is none. Raises Occupied."""
    if size > most:
        try:
            copied = _may_be_copied(runtime, post)
            smaller = await fitted(runtime, post, message, film, most) if copied else None
        except media.Occupied:
            await asyncio.to_thread(film.replace, _waiting(film))
            raise
        if smaller is None:
            await asyncio.to_thread(remove, film)
            return await without_file(runtime, post, message), None
        message = smaller
    video = message.video
    assert video is not None, "there is a film"
    return replace(message, media=await asyncio.to_thread(_measured, video, film)), film


def _fetched_before(work: Path, film: Path) -> int:
    """The bytes of a film that was fetched before, while others had their copies made; 0 where none
    was. Its folder is there from now on."""
    private_folder(work)
    before = _waiting(film)
    if not before.exists():
        return 0
    before.replace(film)
    return film.stat().st_size


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


def _waiting(film: Path) -> Path:
    """Its name until there is a converter free for it."""
    return film.with_name(f"{film.stem}-waits.mp4")


def room(adapter: Adapter, message: Outbound) -> int:
    """Bytes that a file may have where this goes."""
    return adapter.room(message) if isinstance(adapter, Roomy) else adapter.largest_upload


def worth_fetching(runtime: Runtime, adapter: Adapter, post: Post) -> int:
    """Bytes of a film that something can be made of here."""
    return max(adapter.largest_upload, LARGEST_FILM if _may_be_copied(runtime, post) else 0)


def _may_be_copied(runtime: Runtime, post: Post) -> bool:
    """Whether there is a converter, and it has not ended this process again and again."""
    return runtime.workshop.copies and post.claims <= MOST_RUNS


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
