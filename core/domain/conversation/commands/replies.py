"""How the answer to a command reaches who asked: aside, in a word, or with a job that begins."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, Start, queued, reply, toast
from core.domain.requests import Connection, Job, Notice, Project, Session
from core.i18n import text
from core.messages import Inbound, Outbound


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
