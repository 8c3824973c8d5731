"""The video at hand: exported, looked at, changed, as it was before, made once more."""

from dataclasses import replace

from core.domain.admission import afford
from core.domain.conversation.chat import Context, Decision, Start, asks, to_job
from core.domain.conversation.commands.refusing import too_many
from core.domain.conversation.commands.replies import about, begin, briefly
from core.domain.conversation.commands.underway import underway
from core.domain.gathering import Bundle, Item, Line
from core.domain.intents import resolution
from core.domain.payloads import Payload
from core.domain.requests import Connection, Export, Job, Plan, Progress, Wish
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


def ask_for_change(context: Context, inbound: Inbound, now: float) -> Decision:
    """The Edit button: it only asks; `/edit words` is read as words."""
    return Decision(
        context.chat,
        posts=(
            asks(context, inbound, "talk.edit" if context.chat.project else "talk.nothing_to_edit"),
        ),
    )


def make_again(context: Context, inbound: Inbound, now: float) -> Decision:
    """Run a finished wish once more, as the user's own decision to pay again; under an export that
    of the project."""
    again = next(filter(_wished, (context.named, *context.past)), None)
    if context.named is None or again is None:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.again_gone"),))
    words = (
        context.chat.wish
        if inbound.text == Payload.AMENDED
        else again.progress.wish.words or again.bundle.words
    )
    return _made_again(context, inbound, again, words, now)


def _wished(job: Job | None) -> bool:
    """Whether there is something to run once more: an export has neither photos nor words."""
    return job is not None and bool(job.bundle.items or job.progress.wish.words)


def once_more(context: Context, inbound: Inbound, change: str, now: float) -> Decision:
    """The last video once more, as words ask for it, with the change that they name."""
    made = (job for job in context.past if job.plan is Plan.MAKE and _wished(job))
    theirs = context.about
    again = next((job for job in made if not theirs or job.progress.works_in(theirs.session)), None)
    if again is None:
        return Decision(context.chat, posts=(asks(context, inbound, "ask.nothing_made"),))
    words = "\n".join(
        filter(None, (again.progress.wish.words or again.bundle.words, change.strip()))
    )
    return _made_again(context, inbound, again, words, now)


def _made_again(context: Context, inbound: Inbound, again: Job, words: str, now: float) -> Decision:
    afforded = afford(context.settings, context.space, context.spent, now)
    if not afforded.allowed:
        return too_many(context, inbound, afforded, now)
    job = to_job(context, inbound, Plan.MAKE, Progress(), now)
    files = again.progress.wish.everything or again.bundle.files
    items = tuple(Item(place, file) for place, file in enumerate(files))
    job = replace(job, about=None) if items else job
    bundle = Bundle(items, (Line(0, words),), opened=now, addressed=True, anew=True, agreed=True)
    return begin(context, replace(job, bundle=bundle, skill=again.skill), "status.on_it")


def undo(context: Context, inbound: Inbound, now: float) -> Decision:
    """The version before: its stored draft is exported as it was. Exporting is free."""
    before = context.named or _last_change(context)
    snapshot = before.progress.turn.snapshot if before is not None else None
    if before is None or snapshot is None or not snapshot.draft:
        key = "talk.again_gone" if inbound.job else "talk.nothing_to_undo"
        return Decision(context.chat, posts=(briefly(context, inbound, key),))
    made = before.progress.connection
    learnt = Progress(
        connection=Connection(made.payer, made.session),
        export=Export(snapshot.draft, pinned=True),
    )
    job = replace(to_job(context, inbound, Plan.EXPORT, learnt, now), skill=before.skill)
    return begin(context, job, "status.undoing")


def _last_change(context: Context) -> Job | None:
    """The last request that changed the timeline of the project at hand."""
    project = context.chat.project
    same = (
        job
        for job in context.past
        if project is not None and job.progress.works_in(project.session)
    )
    return next(same, None)
