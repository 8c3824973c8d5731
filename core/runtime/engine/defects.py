"""What becomes of a message that a defect of ours has stopped: never posted again and again, never
in others' way."""

from dataclasses import dataclass, replace
from enum import StrEnum

from core.adapter import Blame, Refused
from core.messages import Outbound
from core.runtime.engine.refusals import poorer, unposted
from core.runtime.engine.runtime import Runtime
from core.store import Post

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


@dataclass(slots=True)
class Attempt:
    """One message on its way out."""

    post: Post
    stage: Stage = Stage.BEFORE


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


async def stumbled(runtime: Runtime, attempt: Attempt) -> None:
    """The message with less in it, a little later; once nothing less is left, its status says that
    it did not come."""
    post, stage, now = attempt.post, attempt.stage, runtime.clock()
    message = less(post, stage)
    if message is not None:
        await runtime.store.amend(post, message, now + PAUSE, unclear=stage is Stage.SENDING)
        return
    if stage is not Stage.POSTED and (told := unposted(post.message)):
        await runtime.store.post(told, now, post.job)
    await runtime.store.drop(post)
