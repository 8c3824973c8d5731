"""What there is to say while there is no video yet: what runs, what waits, what it costs."""

from core.domain.conversation.chat import Context, asks, reply, suggestion_buttons
from core.domain.files import still_here
from core.domain.replies import buttons
from core.domain.requests import READ_ONLY, USUAL_CREDITS, Job, Step
from core.i18n import text
from core.messages import Inbound, Outbound


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
        words += f"\n{still_here(files, language)}"
        return reply(context, inbound, words, *suggestion_buttons(context.skill, language))
    return asks(context, inbound, otherwise)


def _price_again(context: Context, inbound: Inbound, job: Job) -> Outbound:
    """What waits for a yes to its price is not in progress: the question once more."""
    language, balance = context.chat.speaks, job.progress.price.balance
    key = "talk.confirm" if inbound.place.private and balance is not None else "talk.confirm_group"
    words = text(key, language, needed=USUAL_CREDITS.get(job.plan, 0), available=balance)
    return reply(context, inbound, words, *buttons.confirm(language, job.id))


def in_the_making(context: Context) -> list[Job]:
    """The requests for videos and changes that have their words."""
    mine = (job for job in context.open if job.plan not in READ_ONLY and not job.cancelled)
    return [job for job in mine if job.step is not Step.GATHER or job.bundle.words]
