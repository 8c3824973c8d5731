"""Answers that cost nothing: the timeline and the balance."""

from dataclasses import replace

from core.domain.conversation import asking
from core.domain.requests import Fail, Job, Next, Notice, Outcome
from core.i18n import text
from core.nemo import wire
from core.nemo.errors import TokenRejected
from core.runtime.steps.context import StepContext
from core.runtime.steps.turn import edit_buttons, timeline_of


async def report(job: Job, context: StepContext) -> Outcome:
    """What is on the timeline."""
    state = await context.project(job)
    timeline = timeline_of(state, job.language)
    if timeline:
        return _answer(Notice(timeline, edit_buttons(job, state.exportable), final=True), job)
    key = "talk.status_media" if state.videos else "talk.status_nothing"
    words = text(key, job.language, count=len(state.videos))
    return _answer(
        Notice(asking(words, job.language, job.address, private=job.private), final=True), job
    )


async def balance(job: Job, context: StepContext) -> Outcome:
    """What is left to spend."""
    credits = wire.read_credits(
        await context.nemo.send(wire.credits(context.token(job), context.attribution))
    )
    lines = [text("talk.credits", job.language, available=credits.available)]
    if credits.frozen:
        lines.append(text("talk.credits_frozen", job.language, frozen=credits.frozen))
    if context.spending.user:
        lines.append(text("talk.credits_spent", job.language, spent=context.spending.user))
    if job.progress.wish.for_group:
        lines.append(text("talk.credits_group", job.language, spent=context.spending.group))
    return _answer(Notice("\n".join(lines), final=True, discreet=True), job)


async def verify(job: Job, context: StepContext) -> Outcome:
    """`/login`: the token is tried on the balance, which costs nothing, and kept sealed if it is
    good."""
    token = context.vault.open(job.secret.sealed) if job.secret else ""
    try:
        credits = wire.read_credits(
            await context.nemo.send(wire.credits(token, context.attribution))
        )
    except TokenRejected:
        return Fail(Notice(text("talk.login_wrong", job.language), final=True, discreet=True))
    words = text("talk.logged_in", job.language, available=credits.available)
    account = replace(context.account, own=context.vault.seal(token))
    return Next(job.progress, Notice(words, final=True, discreet=True), last=True, account=account)


def _answer(notice: Notice, job: Job) -> Outcome:
    return Next(job.progress, notice, last=True)
