"""Hand out: one message of the outbox, where it is worth a send; its video fetched if the platform
takes it, and its own table of failures."""

import asyncio
from dataclasses import dataclass, replace
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
from core.messages import Form, Outbound, shown
from core.ops import machine
from core.runtime.engine.completing import opened, remove, with_film
from core.runtime.engine.copies import filled, over, whole
from core.runtime.engine.failed_deliveries import (
    LONGEST_DELIVERY_PAUSE,
    NOWHERE,
    Stage,
    failed,
    stumbled,
)
from core.runtime.engine.galleries import pictured
from core.runtime.engine.runtime import Runtime
from core.store import Buried, Post

log = structlog.get_logger()


@dataclass(slots=True)
class Attempt:
    """One message on its way out."""

    post: Post
    stage: Stage = Stage.BEFORE


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
        await stumbled(runtime, attempt.post, attempt.stage)


async def deliver(runtime: Runtime, attempt: Attempt) -> None:
    """Post one claimed message, or put it back with the time at which to try again."""
    post = attempt.post
    now, adapter = runtime.clock(), runtime.adapters.get(post.message.address.platform)
    if adapter is None:
        await runtime.store.postpone(post, now + LONGEST_DELIVERY_PAUSE)
        return
    if post.message.slot and await spared(runtime, post, adapter, now):
        return
    if post.message.news and post.claims > 1 and not adapter.repeatable:
        await runtime.store.drop(post)  # it may be there, and nobody gets news twice
        return
    if post.edit == NOWHERE:
        post = attempt.post = replace(post, edit=None)
    if held := too_soon(post, adapter):
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
        await _send(runtime, attempt, adapter, marked(post, adapter, message), rest)
    finally:
        if copy is not None:
            await asyncio.to_thread(remove, copy)


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
        message = post.message
        return await whole(adapter, message) if message.document else message, None
    if video.copy:
        return await filled(runtime, post.message, video), None
    if video.form is Form.LINK:
        return post.message, None
    return await with_film(runtime, post, adapter, video)


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
    said = _said(message)
    rows = tuple(
        tuple(replace(it, label=harmless.words(it.label)) for it in row) for row in message.buttons
    )
    return said if rows == said.buttons else said.offering(*rows)


CLOSED_SECONDS = 600.0
"""So long no further status is tried there: a platform shuts out who knocks at closed doors all the
time."""


def too_soon(post: Post, adapter: Adapter) -> Flooded | None:
    """Whether it is too soon for a file, which is then not fetched in vain."""
    if post.message.video is None or not isinstance(adapter, Paced):
        return None
    return adapter.held(post.message, post.edit)


async def spared(runtime: Runtime, post: Post, adapter: Adapter, now: float) -> bool:
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


def marked(post: Post, adapter: Adapter, message: Outbound) -> Outbound:
    """Words that may have been posted before say so, where the adapter cannot do better."""
    status = message.slot and (post.edit or not message.asks)
    sure = post.claims <= 1 or adapter.repeatable or status
    return message if sure else doubtful(message)
