"""The table of the hand-out: what each failure means for a message and its chat, that each has an
end, and what becomes of a message that a defect of ours has stopped."""

from dataclasses import replace
from enum import StrEnum

import structlog

from core.adapter import (
    Adapter,
    Blame,
    DeliveryError,
    Disconnected,
    Flooded,
    Gone,
    Moved,
    NoSuchMessage,
    Reach,
    Refused,
    Unclear,
    Unsent,
)
from core.domain.recovery import backoff
from core.domain.spans import DAY
from core.messages import Outbound
from core.runtime.engine.refusals import poorer, unposted, words_change
from core.runtime.engine.runtime import Runtime
from core.store import Post

log = structlog.get_logger()

LONGEST_DELIVERY_PAUSE = 300.0
LONGEST_UNHEARD = 15.0
"""Seconds until a message looks again for a line that was not there."""
GIVEN_UP, LEAST_TRIES = DAY, 5
"""Seconds after which no way counts as leading there, if it was tried so often: the bot itself may
have been away."""
HELD_OFF = 3 * GIVEN_UP
"""Seconds of nothing but pauses, or without any line, after which the same counts."""
CHAT_PAUSE = DAY
ALL_PAUSE = 30.0
"""Seconds that one chat, and that a whole platform waits at most before it is tried again, whatever
was asked for."""
MAYBE_POSTED = 5
"""Times that the answer to one message may be lost, where nothing tells whether it was posted: it
says that it may come twice, and the pauses are ten times as long each time, three hours in all.
Silence would be worse than a repetition."""
NOWHERE = ""
"""In place of a message's id: no way led to where this status should have stood."""


async def failed(runtime: Runtime, post: Post, adapter: Adapter, problem: DeliveryError) -> None:
    """The table of the hand-out: what each failure means for this message and its chat."""
    store, now = runtime.store, runtime.clock()
    runtime.meter.refusals.labels(adapter.platform, type(problem).__name__).inc()
    if _over(post, problem, now):
        await _given_up(runtime, post)
        return
    match problem:
        case Flooded():
            await _pause_all(runtime, post, problem)
        case Moved(address=address) if address.chat != post.message.address.chat:
            await store.move(post.message.address, address)
            await store.postpone(post, now + _again(runtime, post), failed=True)
        case NoSuchMessage() if post.edit is not None:
            await store.forget_slot(post)
            await store.postpone(post, now + _again(runtime, post), failed=True)
        case Gone():
            await (store.posted(post, NOWHERE, now) if post.message.slot else store.keep(post))
        case Unclear() if (post.message.slot and not post.message.asks) or (
            post.claims > (0 if post.message.news else MAYBE_POSTED) and not adapter.repeatable
        ):
            await store.drop(post)
        case Unclear():
            pause = _pause(runtime, post) if adapter.repeatable else 10.0 ** (post.claims - 1)
            await store.postpone(post, now + pause, failed=True, unclear=True)
        case Unsent():
            away = isinstance(problem, Disconnected)  # then it was no try of this message
            pause = _until_heard(post, now) if away else _pause(runtime, post)
            await store.postpone(post, now + pause, failed=not away)
        case _:
            await _with_less(runtime, post, problem)


def _over(post: Post, problem: DeliveryError, now: float) -> bool:
    """Whether this was the last try of a failure that is otherwise tried again."""
    age = now - post.created
    if isinstance(problem, Flooded | Disconnected):
        return age > HELD_OFF
    passing = isinstance(problem, Unsent | Unclear | Moved | NoSuchMessage)
    return passing and age > GIVEN_UP and post.attempts >= LEAST_TRIES


async def _given_up(runtime: Runtime, post: Post) -> None:
    log.error(
        "no way has led there for a day, so it is kept until somebody writes there", post=post.id
    )
    await (runtime.store.drop(post) if post.message.slot else runtime.store.keep(post))


async def _with_less(runtime: Runtime, post: Post, problem: DeliveryError) -> None:
    """Refused, so surely not posted: the next try has less in it. What is refused bare as well, the
    status tells."""
    less = poorer(post.message, problem)
    if post.attempts == 0 and not post.message.slot and words_change(post.message, less):
        await runtime.store.postpone(
            post, runtime.clock() + _pause(runtime, post), failed=True
        )  # it may have been a mood
        return
    if less is not None:
        await runtime.store.amend(post, less, runtime.clock())
        return
    log.error("a message was refused for good", post=post.id, detail=str(problem))
    if told := unposted(post.message):
        await runtime.store.post(told, runtime.clock(), post.job)
    await runtime.store.drop(post)


async def _pause_all(runtime: Runtime, post: Post, flooded: Flooded) -> None:
    """This message waits, and with it whatever else the platform would refuse."""
    everywhere = flooded.reach is Reach.EVERYWHERE
    until = runtime.clock() + min(
        max(0.0, flooded.seconds), ALL_PAUSE if everywhere else CHAT_PAUSE
    )
    if flooded.reach is not Reach.MESSAGE:
        await runtime.store.hold(post.message.address, until, everywhere=everywhere)
    await runtime.store.postpone(post, until)


def _again(runtime: Runtime, post: Post) -> float:
    """At once where that is all there is to it; not over and over."""
    return _pause(runtime, post) if post.attempts else 0.0


def _until_heard(post: Post, now: float) -> float:
    """Short, so that a line that is back finds soon what waited for it."""
    return min(max(now - post.created, 0.5), LONGEST_UNHEARD)


def _pause(runtime: Runtime, post: Post) -> float:
    return backoff(post.attempts, 1.0, runtime.luck(), LONGEST_DELIVERY_PAUSE)


PAUSE = 5.0
"""Seconds until the next try, which has less in it: others of the chat come in between."""
SENT_AT_MOST = 2
"""Times that a message may be handed to a platform of which nobody knows whether it took it."""


class Stage(StrEnum):
    """How far a message has come."""

    BEFORE = "before"
    """Surely not posted."""
    SENDING = "sending"
    """Perhaps posted."""
    POSTED = "posted"


def less(post: Post, stage: Stage) -> Outbound | None:
    """What is tried next; None where nothing is. A status never is: the next one brings newer
    words."""
    message = post.message
    if stage is Stage.POSTED or message.slot or message.toast:
        return None
    if stage is Stage.SENDING and (post.claims >= SENT_AT_MOST or message.news):
        return None
    suspected = Refused("a defect of ours", Blame.FILES)
    found = poorer(message, suspected)
    return found or (replace(message) if stage is Stage.SENDING else None)


async def stumbled(runtime: Runtime, post: Post, stage: Stage) -> None:
    """The message with less in it, a little later; once nothing less is left, its status says that
    it did not come."""
    now = runtime.clock()
    message = less(post, stage)
    if message is not None:
        await runtime.store.amend(post, message, now + PAUSE, unclear=stage is Stage.SENDING)
        return
    if stage is not Stage.POSTED and (told := unposted(post.message)):
        await runtime.store.post(told, now, post.job)
    await runtime.store.drop(post)
