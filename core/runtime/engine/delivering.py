"""Hand out: one message of the outbox, its video fetched if the platform takes it, and its own
table of failures."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

import structlog

from core import media
from core import sanitize as harmless
from core.adapter import (
    Adapter,
    DeliveryError,
    Flooded,
    Limited,
    Paced,
    Posted,
    Unsent,
)
from core.domain.formatting import Rich, posted
from core.domain.parts import parted
from core.domain.recovery import WORTH_TELLING, backoff
from core.domain.requests import doubtful
from core.files import private
from core.i18n import text
from core.messages import Button, Command, Form, Outbound, Span, Video, shown
from core.nemo.errors import Busy, Cut, FileTooLarge, NemoError, NotSent, Trouble
from core.ops import machine
from core.runtime.engine.copied import filled, over
from core.runtime.engine.defects import Attempt, Stage, stumbled
from core.runtime.engine.failures import LONGEST_DELIVERY_PAUSE, NOWHERE, failed
from core.runtime.engine.fitting import fitted, held, room, worth_fetching
from core.runtime.engine.galleries import pictured
from core.runtime.engine.opening import opened
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.whole import whole
from core.store import Post
from core.store.sharing import Buried

log = structlog.get_logger()

CLOSED_SECONDS = 600.0
"""So long no further status is tried there: a platform shuts out who knocks at closed doors all the
time."""
DOWNLOADS = 3
"""Tries to fetch the finished file; after that the link has to do."""
DOWNLOADS_WHEN_SHORT = 8
"""The same where this machine has run out of disk or handles, which may take minutes to pass."""


async def hand_out(runtime: Runtime, post: Post) -> None:
    """Post one claimed message, or see to what becomes of it: whatever happens, it does not stay in
    others' way."""
    attempt = Attempt(post)
    try:
        await deliver(runtime, attempt)
    except Buried:
        return  # others have it; whoever keeps this process alive ends it
    except Exception:  # the one guard for deliveries: one bad message must not stop the others
        log.exception("a defect in a delivery", post=post.id, stage=attempt.stage)
        await stumbled(runtime, attempt)


async def deliver(runtime: Runtime, attempt: Attempt) -> None:
    """Post one claimed message, or put it back with the time at which to try again."""
    post = attempt.post
    now, adapter = runtime.clock(), runtime.adapters.get(post.message.address.platform)
    if adapter is None:
        await runtime.store.postpone(post, now + LONGEST_DELIVERY_PAUSE)
        return
    if post.message.slot and await _spared(runtime, post, adapter, now):
        return
    if post.message.news and post.claims > 1 and not adapter.repeatable:
        await runtime.store.drop(post)  # it may be there, and nobody gets news twice
        return
    post = attempt.post = replace(post, edit=post.edit or None)
    if held := _held(post, adapter):
        await failed(runtime, post, adapter, held)
        return
    head, rest = _parted(post.message, adapter)
    try:
        message, copy = await _with_file(runtime, replace(post, message=head), adapter)
    except media.Occupied as busy:
        await runtime.store.postpone(post, now + busy.seconds)
        return
    if message is None:
        pause = backoff(post.attempts + 1, runtime.settings.nemo_retry_seconds, runtime.luck())
        await runtime.store.postpone(post, now + pause, failed=True)
        return
    try:
        await _send(runtime, attempt, adapter, _marked(post, adapter, message), rest)
    finally:
        if copy is not None:
            await asyncio.to_thread(_remove, copy)


def _held(post: Post, adapter: Adapter) -> Flooded | None:
    """Whether it is too soon for a file, which is then not fetched in vain."""
    if post.message.video is None or not isinstance(adapter, Paced):
        return None
    return adapter.held(post.message, post.edit)


def _remove(copy: Path) -> None:
    """As far as it goes: what cannot be deleted now is found by the next sweep."""
    with suppress(OSError):
        copy.unlink()


def _parted(message: Outbound, adapter: Adapter) -> tuple[Outbound, Outbound | None]:
    """What goes out now, and what is left for the next message, where the platform's limit does not
    let all through."""
    if not isinstance(adapter, Limited):
        return message, None
    return parted(_said(message), adapter.text_limit, adapter.caption_limit)


def _said(message: Outbound) -> Outbound:
    """Its words as they are posted: they name nobody and hide nothing."""
    words = posted(Rich(message.text, message.spans))
    return message.saying(words.text, words.spans)


async def _spared(runtime: Runtime, post: Post, adapter: Adapter, now: float) -> bool:
    """Whether a status needs no send now: it would change nothing, comes too soon, or may be there
    already."""
    if post.edit == NOWHERE:
        if now < post.edited + CLOSED_SECONDS:
            await runtime.store.drop(post)
        return now < post.edited + CLOSED_SECONDS
    if post.message.over:
        if post.edit is None:  # there is none, or it was deleted by somebody
            await runtime.store.drop(post)
        return post.edit is None
    if post.edit is not None and shown(post.message) == post.last_text:
        await runtime.store.posted(post, post.edit, now, again=now + adapter.edit_seconds)
        return True
    if post.message.prompt:
        return False
    if post.edit is not None and now < post.edited + adapter.edit_seconds:
        await runtime.store.postpone(post, post.edited + adapter.edit_seconds)
        return True
    if post.edit is None and post.claims > 1 and not (adapter.repeatable or post.message.asks):
        await runtime.store.drop(post)
        return True
    return False


def _marked(post: Post, adapter: Adapter, message: Outbound) -> Outbound:
    """Words that may have been posted before say so, where the adapter cannot do better."""
    status = message.slot and (post.edit or not message.asks)
    sure = post.claims <= 1 or adapter.repeatable or status
    return message if sure else doubtful(message)


async def _with_file(
    runtime: Runtime, post: Post, adapter: Adapter
) -> tuple[Outbound | None, Path | None]:
    """The message with what goes with it, and the file to delete afterwards; None to try again a
    little later."""
    video, gallery = post.message.video, post.message.gallery
    if gallery is not None:
        target = runtime.work / f"out-{post.id}.jpg"
        return await pictured(runtime, adapter, post.message, gallery, target)
    if video is None:
        return await whole(adapter, post.message), None
    if video.copy:
        return await filled(runtime, post.message, video), None
    if video.form is Form.LINK:
        return post.message, None
    return await _with_film(runtime, post, adapter, video)


async def _with_film(
    runtime: Runtime, post: Post, adapter: Adapter, video: Video
) -> tuple[Outbound | None, Path | None]:
    """The message with a local copy of its video; None to try again a little later."""
    copy, message = runtime.work / f"out-{post.id}.mp4", post.message
    largest, most = worth_fetching(runtime, adapter, post), room(adapter, post.message)
    try:
        await asyncio.to_thread(private.folder, runtime.work)
        try:
            size = await held(copy) or await _download(runtime, post, video, copy, largest)
        except (NemoError, media.NoVideo) as problem:
            way = other_way(problem, post.attempts) if video.url else OtherWay.NONE
            if way is OtherWay.NONE:
                raise
            log.warning("the link of a finished video does not work", post=post.id)
            if way is OtherWay.INSTEAD:
                message, video = without_link(message), replace(video, url="")
            size = await _download(runtime, post, replace(video, url=""), copy, largest)
    except (NemoError, media.MediaError, OSError) as problem:
        await asyncio.to_thread(_remove, copy)
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
            await asyncio.to_thread(_remove, film)
            return await _without_file(runtime, post, message), None
        message = smaller
    video = message.video
    assert video is not None, "there is a film"
    seen = await asyncio.to_thread(media.geometry, film)
    found = replace(
        video,
        path=str(film),
        bytes=(await asyncio.to_thread(film.stat)).st_size,
        width=seen.width,
        height=seen.height,
        seconds=seen.seconds,
    )
    return replace(message, media=found), film


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
    said = replace(message.saying(words, _still(message, words)), media=None)
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


async def _send(
    runtime: Runtime, attempt: Attempt, adapter: Adapter, message: Outbound, rest: Outbound | None
) -> None:
    store, post, message = runtime.store, attempt.post, _harmless(opened(runtime, message))
    nonce = f"{store.id}-{post.id}"[:25]
    await runtime.sure()
    attempt.stage = Stage.SENDING
    try:
        message_id = await _sent(adapter, message, post, nonce)
    except DeliveryError as problem:
        attempt.stage = Stage.BEFORE  # what may be posted all the same is up to the table
        tell = (
            log.debug
            if isinstance(problem, Flooded) and problem.seconds < WORTH_TELLING
            else log.warning
        )
        tell(
            "not posted",
            post=post.id,
            platform=adapter.platform,
            error=type(problem).__name__,
            detail=str(problem),
        )
        await failed(runtime, post, adapter, problem)
    else:
        attempt.stage = Stage.POSTED
        if post.edit is None:
            runtime.meter.posted(adapter.platform, post.created, runtime.clock())
        if rest is not None and (message.video or message.document):
            rest = replace(rest, to=replace(rest.to, reply_to=message_id))
        now = runtime.clock()
        again = now + adapter.edit_seconds
        if message.video and message.video.smaller:
            message_id = _without_clip(message_id)
        await store.posted(post, message_id, now, rest, again=again)
        if message.video and message.video.copy:
            await over(runtime, message.video)


def _without_clip(posted: str) -> str:
    """The same without the name of the clip, which is not the film: that is brought by its link
    once more."""
    return Posted(posted, number=posted.number) if isinstance(posted, Posted) else posted


async def _sent(adapter: Adapter, message: Outbound, post: Post, nonce: str) -> str:
    """As the adapter says. Where this machine has run out of something, nothing was sent."""
    try:
        return await adapter.send(message, post.edit, nonce, again=post.claims > 1)
    except OSError as problem:
        if not machine.short(problem):
            raise
        raise Unsent(f"this machine is short: {problem.strerror}") from None


def _harmless(message: Outbound) -> Outbound:
    """The words of the user and of the backend are in there: they name nobody and hide nothing."""
    rows = tuple(
        tuple(replace(it, label=harmless.words(it.label)) for it in row) for row in message.buttons
    )
    return _said(message).offering(*rows)
