"""The video at hand: exported, looked at, changed."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, Start, to_job
from core.domain.conversation.commands.replies import about, begin
from core.domain.conversation.commands.underway import underway
from core.domain.conversation.commands.versions import show_again
from core.domain.intents import resolution
from core.domain.payloads import Payload
from core.domain.requests import Export, Job, Plan, Progress, Wish
from core.messages import Inbound


def export(context: Context, inbound: Inbound, now: float) -> Decision:
    """The MP4 of the project at hand, or another look at one whose export took too long."""
    asked = context.named
    if asked is not None and inbound.text == Payload.CHECK and (unfinished := _unfinished(asked)):
        learnt = replace(asked.progress, export=unfinished)
        job = replace(to_job(context, inbound, Plan.WATCH, learnt, now), skill=asked.skill)
        return begin(context, job, "status.checking")
    if context.chat.project is None:
        return Decision(
            context.chat, posts=(underway(context, inbound, "talk.nothing_to_export", now),)
        )
    if context.about is not None and context.about.version:
        return show_again(context, inbound, context.about.version, now)
    wish = Wish(resolution=resolution(inbound.text))
    learnt = Progress(wish, about(context.chat.project))
    job = to_job(context, inbound, Plan.EXPORT, learnt, now)
    return begin(context, job, "status.exporting")


def _unfinished(asked: Job) -> Export | None:
    """The export of this request, to be watched anew; None where there is none, or it is done."""
    known = asked.progress.export
    if known.render is None or known.url:
        return None
    return replace(known, render=replace(known.render, polls=0, waited=0.0))


def look_at(context: Context, inbound: Inbound, now: float) -> Decision:
    """The timeline of the project at hand."""
    if context.chat.project is None:
        return Decision(
            context.chat, posts=(underway(context, inbound, "talk.status_nothing", now),)
        )
    learnt = Progress(connection=about(context.chat.project))
    job = to_job(context, inbound, Plan.STATUS, learnt, now)
    return Decision(context.chat, start=(Start(job),))
