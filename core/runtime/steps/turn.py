"""The paid turn: the state before it, the one request, and what the state says afterwards."""

import asyncio
from dataclasses import replace

from core.domain import replies
from core.domain.requests import (
    Changes,
    Fail,
    Job,
    Next,
    Outcome,
    Progress,
    Rewind,
    Snapshot,
    Step,
    TurnProgress,
    Wait,
    Why,
    had_timeline,
    history_of,
    project_of,
    read_reply,
    showing_version,
    turn_words,
    unrequested,
    uploaded_twice,
    version_at_hand,
)
from core.domain.versions import History
from core.i18n import text
from core.nemo import draft, gui
from core.nemo.draft import Differences, Digest
from core.nemo.errors import NemoError, NoCredits
from core.runtime.steps.context import StepContext

LOOKS = 5
"""Unchanged looks at the state after a lost connection until we say that it failed (docs/backend.md
7.8)."""
SILENT_LOOKS = (0.1, 1 / 3, 1.0)
"""A silent turn is looked at again after 3, 10 and 30 s: these parts of the recovery pause
(7.6)."""


async def snapshot(job: Job, context: StepContext) -> Outcome:
    """Write down what the project looks like before it is changed; this line is on disk before the
    paid request.

    Uploaded files that the state does not show yet are waited for a little: the words are about
    them (D14)."""
    known, connection, state = (
        job.progress.turn,
        job.progress.connection,
        await context.state(job),
    )
    brought = connection.fresh and job.progress.upload.done
    if brought and not state.videos and known.polls < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[known.polls] * context.settings.nemo_recovery_first_seconds
        return Wait(_with_turn(job, replace(known, polls=known.polls + 1)), pause)
    if brought and job.rewinds < ANEW and uploaded_twice(job, state.videos):
        return Rewind(job.progress.without_session(), Step.CONNECT)
    taken = Snapshot(state.fingerprint, state.text, state.exportable)
    base = version_at_hand(job, context.chat.project, context.claimed.versions)
    progress = _with_turn(job, replace(known, snapshot=taken, base=base, polls=0))
    session = job.progress.session
    bound = replace(connection, session=replace(session, bind=session.bind or state.bind))
    return Next(replace(progress, connection=bound))


def _with_turn(job: Job, turn: TurnProgress) -> Progress:
    return replace(job.progress, turn=turn)


ANEW = 2
"""Fresh sessions that a picture counted twice is worth; after that the request goes on as it is."""


async def generate(job: Job, context: StepContext) -> Outcome:
    """The paid request, sent once. An earlier run that never reported may have sent it: then only
    look (D20)."""
    if job.claims > 1:
        return Next(_with_turn(job, replace(job.progress.turn, cut=True)))

    async def quiet() -> None:
        await context.voice.tell(await _unusually_long(job, context))

    async def drafted() -> None:
        await context.voice.tell(replies.raw_clip(job.language))

    first = not had_timeline(job)
    end = await context.backend.turn(
        job.progress.session.id,
        turn_words(job, context.claimed.versions),
        context.voice.heard,
        quiet=quiet,
        drafted=drafted if first else None,
    )
    reply = await asyncio.to_thread(
        read_reply, end.text, end.question
    )  # of a long answer it takes a while
    empty = isinstance(end.refusal, NoCredits)
    turn = replace(job.progress.turn, reply=reply, failed=end.failed, out_of_credits=empty)
    return Next(_with_turn(job, turn))


async def _unusually_long(job: Job, context: StepContext) -> str:
    """Words for a turn that has said nothing for ten minutes: what the state shows, and that we go
    on waiting (D17)."""
    try:
        state = await context.patiently(lambda: context.state(job))
        changed = state.fingerprint != job.progress.snapshot.fingerprint
    except NemoError:
        changed = False
    return replies.unusually_long(changed, job.language)


async def check(job: Job, context: StepContext) -> Outcome:
    """Compare the state with the snapshot: what changed is said and exported; what did not is never
    called done. What the turn has cost is asked meanwhile; of a lost one that may still be running
    nobody knows."""
    known = job.progress.turn
    if known.cut and known.polls == 0:
        return Wait(
            _with_turn(job, replace(known, polls=1)),
            context.settings.nemo_recovery_first_seconds,
            replies.recovering(job.language),
        )
    if known.cut or known.polls:
        state = await context.state(job)
    else:
        state, progress = await context.alongside(context.state(job), context.settled(job))
        job = replace(job, progress=progress)
    if state.fingerprint != job.progress.snapshot.fingerprint:
        found = replace(job, progress=await context.settled(job)) if known.cut else job
        return _changed(found, context, state, await _differences(found, context, state))
    outcome = _unchanged(job, context, state)
    if known.cut and isinstance(outcome, Fail):  # given up: what it has cost is known by now
        return replace(outcome, progress=await context.settled(job))
    return outcome


async def _differences(job: Job, context: StepContext, state: Digest) -> Differences:
    """What has changed. Where it cannot be told, that something has."""
    try:
        # what the person has seen: the service may have had another version
        before = context.claimed.draft or job.progress.snapshot.draft
        return await context.anybody.client.beside.differences(before, state.text, job.language)
    except NemoError:
        return Differences((text("draft.updated", job.language),))


def _changed(job: Job, context: StepContext, state: Digest, found: Differences) -> Outcome:
    known, language = job.progress.turn, job.language
    reply = replace(known.reply, words=draft.for_people(known.reply.words, language))
    new = "\n".join(f"• {line}" for line in found.changes) if had_timeline(job) else state.outline
    changes = Changes(
        draft.for_people(new, language),
        replies.timeline_of(state, language),
        unrequested(job, found.added),
    )
    progress = _with_turn(job, replace(known, reply=reply, changes=changes, polls=0))
    job, history = _versioned(replace(job, progress=progress), context, state)
    progress = job.progress
    project = project_of(job, context.chat.project)
    made = project.made or state.exportable
    project = replace(project, made=made, asks=reply.asking, options=reply.options)
    if state.exportable:  # a change is seen, not read about: exporting is free
        drafted, notice = _drafted(progress, state), replies.rendering(language)
        return Next(drafted, notice, project=project, history=history)
    notice = replies.project_changed(job, context.claimed.change)
    return Next(progress, notice, last=True, project=project, history=history)


def _versioned(job: Job, context: StepContext, state: Digest) -> tuple[Job, History | None]:
    """The job with the version that its turn has made; none where the draft is as it was, or has
    nothing to show."""
    known = context.claimed.versions
    if not state.exportable or state.text == job.progress.snapshot.draft:
        return showing_version(job, known, version_at_hand(job, context.chat.project, known)), None
    history = history_of(job, known, state.text, context.now)
    return showing_version(job, history.versions, history.versions.newest), history


def _drafted(progress: Progress, state: Digest) -> Progress:
    """With the draft that is exported now: it has just been read."""
    return replace(progress, export=replace(progress.export, draft=state.text))


def _unchanged(job: Job, context: StepContext, state: Digest) -> Outcome:
    known, reply, settings = job.progress.turn, job.progress.turn.reply, context.settings
    if known.cut:
        if known.polls <= LOOKS - 1:
            looked = _with_turn(job, replace(known, polls=known.polls + 1))
            return Wait(looked, settings.nemo_recovery_seconds)
        return _failed(job, context, "trouble.turn_lost")
    if known.out_of_credits:
        raise NoCredits(endpoint="turn", code=2001)
    if known.failed:
        return _failed(job, context, "trouble.turn_failed")
    if not reply.raw and known.polls < len(SILENT_LOOKS):
        pause = SILENT_LOOKS[known.polls] * settings.nemo_recovery_first_seconds
        return Wait(_with_turn(job, replace(known, polls=known.polls + 1)), pause)
    progress = _with_turn(job, replace(known, polls=0))
    if gui.GuiAction.EXPORT in reply.actions and state.exportable:
        notice, progress = replies.rendering(job.language), _drafted(progress, state)
        return Next(progress, notice, project=project_of(job, context.chat.project))
    project = project_of(job, context.chat.project)
    project = replace(project, asks=reply.asks, options=reply.options)
    return Next(progress, replies.project_unchanged(job, state), last=True, project=project)


def _failed(job: Job, context: StepContext, key: str) -> Fail:
    """Nothing came of the turn. Its files are in the project, so other words about it need no
    second upload."""
    notice = replies.turn_failed(key, job.language)
    return Fail(
        notice,
        project=project_of(job, context.chat.project),
        progress=job.progress,
        why=Why.TURN,
    )
