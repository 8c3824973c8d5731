"""How what somebody asks for is answered: aside, in a word, with a job that begins; or why it is
not done: somebody else's button, a limit or a budget that is reached."""

from dataclasses import replace
from math import ceil

from core.domain import replies
from core.domain.conversation.chat import Context, Decision, Start, queued, reply, toast
from core.domain.limits import MOST_OPEN, Verdict
from core.domain.requests import Connection, Job, Kept, Notice, Project, Session
from core.domain.understanding import (
    Wish,
    read,
)
from core.i18n import text
from core.messages import Command, Inbound, Outbound


def phrase(context: Context, inbound: Inbound, key: str) -> Outbound:
    """An answer in the words of one phrase."""
    return reply(context, inbound, text(key, context.chat.speaks))


def briefly(context: Context, inbound: Inbound, key: str) -> Outbound:
    """A word to who asked alone: where others read, a line under the button that was pressed is
    enough."""
    words = text(key, context.chat.speaks)
    if inbound.place.aside and inbound.ticket:
        return toast(context, inbound, words)
    return reply(context, inbound, words, discreet=True)


def about(project: Project) -> Connection:
    """That of a job about the project at hand: its session belongs to the token that made it."""
    session = Session(project.session, project.task, project.bind)
    return Connection(project.payer, session)


def begin(context: Context, job: Job, key: str) -> Decision:
    """Start a job, with the words that say so and its place in the queue."""
    job = replace(job, notified_at=job.created)
    return Decision(
        context.chat, start=(Start(job, (Notice(text(key, job.language), queue=queued(context)),)),)
    )


def owns(inbound: Inbound, job: Job) -> bool:
    """Whether the job that a button names belongs to who pressed it."""
    return (job.user, job.address.platform) == (inbound.user, inbound.address.platform)


def not_yours(context: Context, inbound: Inbound) -> Decision:
    """A button under somebody else's message is answered with words and does nothing."""
    key = (
        "talk.masked_video"
        if context.named and _in_a_chats_name(context.named)
        else "talk.not_yours"
    )
    return Decision(
        context.chat, posts=(toast(context, inbound, text(key, context.chat.speaks)),), refused=key
    )


def _in_a_chats_name(job: Job) -> bool:
    """A request of an earlier version, taken from somebody who wrote as a group or channel: those
    have such numbers."""
    return job.user.startswith("-")


def too_many(context: Context, inbound: Inbound, verdict: Verdict, now: float) -> Decision:
    """A limit: what was sent is kept, and the words say when it is possible again."""
    waiting = context.chat.holds(now)
    wished = inbound.command in (None, Command.VIDEO) and isinstance(
        read(inbound.text, context.chat.speaks), Wish
    )
    wish = inbound.text.strip() if wished else ""
    keep = Kept(
        waiting.files + inbound.attachments, wish or waiting.wish, context.wanted or waiting.skill
    )
    words = _limit(verdict, context.chat.speaks, now)
    posts = (reply(context, inbound, words, discreet=True),)
    return Decision(context.chat.keeping(keep, now), posts=posts, refused=verdict.reason)


def _limit(verdict: Verdict, language: str, now: float) -> str:
    if verdict.limit:
        return replies.over_budget(verdict, language, now)
    hours, minutes = (max(1, ceil((verdict.again - now) / seconds)) for seconds in (3600, 60))
    return text(verdict.reason, language, hours=hours, minutes=minutes, count=MOST_OPEN)
