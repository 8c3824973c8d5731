"""What is under way or waits: let go, ended, or agreed to."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, Start, reply, to_job
from core.domain.conversation.commands.replies import briefly
from core.domain.gathering import files_dropped
from core.domain.replies import with_hint
from core.domain.requests import READ_ONLY, Job, Plan, Step
from core.i18n import text
from core.messages import Inbound


def begin_anew(context: Context, inbound: Inbound, now: float) -> Decision:
    """A fresh start: the project and what waits are let go; what runs goes on."""
    dropped = _dropped(context, now)
    chat = replace(context.chat, kept=(), wish="", chosen="", offers=(), project=None, renewed=now)
    going_on = [
        job for job in context.open if job.plan not in READ_ONLY and job.step is not Step.GATHER
    ]
    running = text("talk.new_running", chat.speaks) if going_on else ""
    words = "\n".join(filter(None, (dropped, f"{text('talk.new', chat.speaks)} {running}".strip())))
    words = with_hint(words, chat.speaks, inbound.address, private=inbound.place.private)
    gathered = tuple(job.id for job in context.open if job.step is Step.GATHER)
    return Decision(chat, posts=(reply(context, inbound, words),), cancel=gathered)


def _dropped(context: Context, now: float) -> str:
    """What goes with cancel and new, in words; empty where nothing waits."""
    held = context.chat.holds(now)
    gathered = [job for job in context.open if job.step is Step.GATHER and not job.cancelled]
    files = (*held.files, *(file for job in gathered for file in job.bundle.files))
    if files:
        return files_dropped(files, context.chat.speaks)
    offered = context.chat.offered(now)
    return (
        text("ask.dropped_words", context.chat.speaks) if held.wish or gathered or offered else ""
    )


def cancel(context: Context, inbound: Inbound, now: float) -> Decision:
    """Stop what runs; without a button that names one, drop what waits as well, and say so."""
    mine = _stoppable(context)
    if rest := _not_begun(mine, inbound.job):
        told = text("batch.dropped", context.chat.speaks, count=len(rest))
        drop = tuple(job.id for job in rest)
        return Decision(context.chat, cancel=drop, posts=(reply(context, inbound, told),))
    chosen = [job for job in mine if job.id == inbound.job] if inbound.job else mine
    dropped = "" if inbound.job else _dropped(context, now)
    if not chosen and not dropped:
        key = "talk.already_over" if inbound.job else "talk.nothing_to_cancel"
        return Decision(context.chat, posts=(briefly(context, inbound, key),))
    stopped = [job for job in chosen if job.step is not Step.GATHER]
    words = filter(None, (_stopping(context, stopped), _with_the_rest(context, stopped), dropped))
    chat = (
        replace(context.chat, kept=(), wish="", chosen="", offers=()) if dropped else context.chat
    )
    said = "\n".join(words) or text("talk.cancelling_early", chat.speaks)
    return Decision(
        chat,
        cancel=tuple(job.id for job in chosen),
        posts=(reply(context, inbound, said),),
        start=tuple(
            Start(to_job(context, inbound, Plan.ABANDON, job.progress, now))
            for job in stopped
            if job.progress.export.render and job.step in (Step.RENDER, Step.POLL)
        ),
    )


def _stoppable(context: Context) -> list[Job]:
    stops = (job for job in context.open if job.plan not in READ_ONLY or job.plan is Plan.COPY)
    return [job for job in stops if not job.cancelled]


def _not_begun(mine: list[Job], batch: int | None) -> list[Job]:
    """What of a set that this request was divided into can still be dropped without a cost."""
    parts = ((job, job.progress.wish.member) for job in mine)
    return [job for job, part in parts if part and part.batch == batch and job.step in UNPAID]


def _with_the_rest(context: Context, stopped: list[Job]) -> str:
    """How many of a set go with the one that is being made; "" where all are alike."""
    rest = [job for job in stopped if job.progress.wish.member and job.step in UNPAID]
    if not rest or len(rest) == len(stopped):
        return ""
    return text("batch.dropped", context.chat.speaks, count=len(rest))


def _stopping(context: Context, stopped: list[Job]) -> str:
    """Credits are spoken of only where the paid request may be on its way."""
    if not stopped:
        return ""
    early = all(job.step in UNPAID for job in stopped)
    return text("talk.cancelling_early" if early else "talk.cancelling", context.chat.speaks)


UNPAID = frozenset(
    {Step.GATHER, Step.CONNECT, Step.BRING, Step.UPLOAD, Step.PRICE, Step.SNAPSHOT, Step.COPY}
)
"""Steps before the paid request, or of a request that pays nothing."""


def confirm(context: Context, inbound: Inbound, now: float) -> Decision:
    """The price is accepted: the request goes on."""
    waiting = [
        job for job in context.open if job.id == inbound.job and job.progress.price.unanswered
    ]
    if not waiting:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.already_over"),))
    posts = (reply(context, inbound, text("status.on_it", context.chat.speaks)),)
    return Decision(context.chat, confirm=(waiting[0].id,), posts=posts)
