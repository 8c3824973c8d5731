"""The video at hand: exported, looked at, changed; and what there is to say while there is none
yet: what runs, what waits, what it costs."""

from dataclasses import replace

from core.domain import replies
from core.domain.conversation.chat import (
    Context,
    Decision,
    Start,
    asks,
    reply,
    suggestion_buttons,
    to_job,
)
from core.domain.conversation.commands.replies import about, begin
from core.domain.conversation.commands.versions import show_again
from core.domain.gathering import files_still_here
from core.domain.requests import READ_ONLY, USUAL_CREDITS, Export, Job, Plan, Progress, Step, Wish
from core.domain.understanding import (
    resolution_asked,
)
from core.i18n import text
from core.messages import Inbound, Outbound, Payload


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
    wish = Wish(resolution=resolution_asked(inbound.text))
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


def underway(context: Context, inbound: Inbound, otherwise: str, now: float) -> Outbound:
    """How many requests run, which photos wait for words, or what to say where there is nothing at
    all."""
    language, running = context.chat.speaks, in_the_making(context)
    if running and all(job.progress.price.unanswered for job in running):
        return _price_again(context, inbound, running[-1])
    if running:
        return reply(context, inbound, text("talk.status_running", language, count=len(running)))
    unsaid = (
        job
        for job in context.open
        if job.step is Step.GATHER and not job.cancelled and not job.bundle.words
    )
    gathered = [file for job in unsaid for file in job.bundle.files]
    files = (*context.chat.holds(now).files, *gathered)
    if inbound.attachments:  # what to make of them is asked in a moment
        return reply(context, inbound, text("talk.no_video_yet", language))
    if files:
        words = text("talk.no_video_yet", language)
        words += f"\n{files_still_here(files, language)}"
        return reply(context, inbound, words, *suggestion_buttons(context.skill, language))
    return asks(context, inbound, otherwise)


def _price_again(context: Context, inbound: Inbound, job: Job) -> Outbound:
    """What waits for a yes to its price is not in progress: the question once more."""
    language, balance = context.chat.speaks, job.progress.price.balance
    key = "talk.confirm" if inbound.place.private and balance is not None else "talk.confirm_group"
    words = text(key, language, needed=USUAL_CREDITS.get(job.plan, 0), available=balance)
    return reply(context, inbound, words, *replies.confirm_buttons(language, job.id))


def in_the_making(context: Context) -> list[Job]:
    """The requests for videos and changes that have their words."""
    mine = (job for job in context.open if job.plan not in READ_ONLY and not job.cancelled)
    return [job for job in mine if job.step is not Step.GATHER or job.bundle.words]
