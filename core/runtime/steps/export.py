"""From a draft to an MP4 link: a name of our own, the render under that name, its polls, and the
project link."""

from contextlib import suppress
from dataclasses import replace

from core.domain import replies
from core.domain.recovery import TOLD_AFTER, backoff
from core.domain.requests import (
    PLANS,
    Fail,
    Job,
    Next,
    Outcome,
    Payer,
    Progress,
    Project,
    Render,
    Rewind,
    Step,
    Wait,
    Why,
    first_render_look,
    next_render_look,
    photos_shown,
    project_made,
    render_lasted,
    showing_version,
    still_rendering,
    version_at_hand,
)
from core.domain.spans import DAY
from core.nemo import wire
from core.nemo.draft import for_people
from core.nemo.errors import (
    BadRequest,
    NemoError,
    SessionGone,
    Unknown,
)
from core.nemo.values import as_it_came
from core.runtime.steps.context import StepContext

RENDERS = 2
"""The render and its one retry under a new id (D26)."""
TAKEN = 409
"""HTTP status of a render id that is known already."""
GONE = (404, 410)
WITHOUT_URL = 3
"""Polls that say completed without a link, after which the file is fetched through the API
(D29)."""


async def name(job: Job, context: StepContext) -> Outcome:
    """Take the draft as it is, or as CHECK has just seen it, and give the render our own id; both
    are on disk before the request."""
    known = job.progress.export
    seen = known.pinned or (known.draft and known.render is None)
    draft = (known.draft if seen else "") or context.claimed.draft or await _draft(job, context)
    if not draft:
        return Next(job.progress, replies.nothing_to_export(job), last=True)
    job = _showing(job, context)
    known = job.progress.export
    number = known.render.number + 1 if known.render else 1
    told = job.progress.turn.changes
    timeline, outline = (
        (told.timeline, "") if told.timeline else await _in_words(draft, job, context)
    )
    named = replace(
        known,
        draft=draft,
        timeline=timeline,
        outline=outline,
        photos=photos_shown(job, context.claimed.versions),
        render=Render(f"render_{context.identifier()}", number),
    )
    return Next(replace(job.progress, export=named), replies.rendering(job.language))


def _showing(job: Job, context: StepContext) -> Job:
    """The job that knows which version its result shows."""
    if job.progress.export.shown is not None:
        return job
    versions = context.claimed.versions
    return showing_version(job, versions, version_at_hand(job, context.chat.project, versions))


def _with_render(job: Job, render: Render) -> Progress:
    return replace(job.progress, export=replace(job.progress.export, render=render))


async def _draft(job: Job, context: StepContext) -> str:
    """The project's draft as JSON text, empty where there is nothing to export (8.2)."""
    state = await context.state(job)
    return state.text if state.exportable else ""


async def _in_words(draft: str, job: Job, context: StepContext) -> tuple[str, str]:
    """The draft in words, and in one line; a timeline that nobody can read must not keep its video
    from anybody."""
    beside, language = context.anybody.client.beside, job.language
    try:
        timeline = await beside.timeline(draft, language)
        outline = await beside.outline(draft, language)
    except NemoError:
        return "", ""
    return for_people(timeline, language), for_people(outline, language)


async def render(job: Job, context: StepContext) -> Outcome:
    """Start the render. If an earlier try may have arrived, ask for its id first and adopt it
    (D25)."""
    known, first = job.progress.render, context.settings.nemo_recovery_first_seconds
    if known.unconfirmed or job.claims > 1:
        try:
            await context.backend.look_at_render(known.id)
        except (SessionGone, BadRequest, Unknown):
            if known.polls == 0:
                return Wait(_with_render(job, replace(known, unconfirmed=True, polls=1)), first / 3)
            return _not_begun(job, context)
        else:
            return _begun(job, context)
    start = context.backend.start_render(
        job.progress.session.id,
        known.id,
        draft=as_it_came(job.progress.export.draft),
        resolution=job.progress.wish.resolution,
    )
    known_project = project_made(job, context.chat.project)
    try:
        begun, project = await context.alongside(start, _claimed(job, context, known_project))
    except BadRequest as problem:
        if (
            TAKEN not in (problem.status, problem.code)
            and "duplicate" not in problem.detail.lower()
        ):
            raise
        # an id of our own is taken only by an earlier try of ours: it is watched like any other
        return _begun(job, context)
    if begun.status is wire.RenderStatus.FAILED:
        return _once_more(job)
    return replace(_begun(job, context), project=project)


def _begun(job: Job, context: StepContext) -> Next:
    """It runs, and is looked at as soon as it may be ready."""
    known = job.progress.render
    running = _with_render(job, Render(known.id, known.number, began=context.now))
    return Next(running, after=first_render_look(context.settings.nemo_render_poll_seconds))


def _not_begun(job: Job, context: StepContext) -> Outcome:
    """The service knows nothing of it, so it never arrived, which is no failed render: the same id
    again, later.

    Under the same id, because a start that comes late after all is then found to be there, and is
    not made twice."""
    known = job.progress.render
    pause = backoff(known.starts, context.settings.nemo_recovery_first_seconds / 3, 1.0)
    waited = known.waited + pause
    if waited > context.settings.nemo_render_limit_seconds:
        return Fail(replies.render_failed(job.language), why=Why.RENDER)
    notice = replies.export_waits(job.language) if known.starts + 1 == TOLD_AFTER else None
    once_more = Render(known.id, known.number, starts=known.starts + 1, waited=waited)
    return Wait(_with_render(job, once_more), pause, notice)


def _once_more(job: Job) -> Outcome:
    """A failed render runs once more under a new id (D26); after that it is over, and the timeline
    is still there."""
    if job.progress.render.number < RENDERS and Step.NAME in PLANS[job.plan]:
        return Rewind(job.progress, Step.NAME)
    return Fail(replies.render_failed(job.language), why=Why.RENDER)


async def poll(job: Job, context: StepContext) -> Outcome:
    """Look at the render under our id until there is a link, with its progress for the user."""
    known, settings = job.progress.render, context.settings
    looked = _with_render(job, replace(known, polls=known.polls + 1))
    try:
        seen = await context.backend.look_at_render(known.id)
    except BadRequest as problem:
        if problem.code is not None or problem.status not in GONE:
            raise
        if known.polls:
            return _once_more(job)
        return Wait(looked, settings.nemo_recovery_first_seconds / 3)
    longest, elapsed = settings.nemo_render_poll_seconds, render_lasted(job, context.now)
    match seen.status:
        case wire.RenderStatus.COMPLETED if seen.url or known.polls + 1 >= WITHOUT_URL:
            return Next(_with_link(job, seen.url))
        case wire.RenderStatus.COMPLETED:
            return Wait(looked, next_render_look(elapsed, None, longest))
        case wire.RenderStatus.FAILED:
            return _once_more(job)
    every = next_render_look(elapsed, seen.progress, longest)
    return still_rendering(job, settings.nemo_render_limit_seconds, every, seen.progress)


def _with_link(job: Job, url: str) -> Progress:
    return replace(job.progress, export=replace(job.progress.export, url=url))


async def link(job: Job, context: StepContext) -> Outcome:
    """The result, or the words about a blocked export, with the link that opens the project."""
    project = await _claimed(job, context, project_made(job, context.chat.project))
    page = job.progress.export.registration
    if page is not None:
        opening = replies.project_button(project, job.language, context.now) if job.private else ()
        return Fail(replies.export_blocked(job, page, opening), project=project, why=Why.BLOCKED)
    return Next(
        job.progress, replies.video_ready(job, context.claimed.change), last=True, project=project
    )


async def _claimed(job: Job, context: StepContext, project: Project) -> Project:
    """The project with the right to open it in a browser: kept, and renewed a day before it ends
    (D9).

    It is for its owner alone, and failing to get it never fails a job.
    """
    known = project.claim and project.claimed - DAY > context.now
    if known or not job.private or project.payer is Payer.OPERATOR or not project.task:
        return project
    try:
        claim = await context.patiently(
            lambda: context.backend.claim_token(project.task, project.session, context.now)
        )
    except NemoError:
        return project
    return replace(project, claim=context.wallet.vault.seal(claim.token), claimed=claim.expires)


async def abandon(job: Job, context: StepContext) -> Outcome:
    """The user cancelled while the export ran: tell the backend, once, and say nothing more about
    it."""
    with suppress(NemoError):
        await context.backend.cancel_render(job.progress.render.id)
    return Next(job.progress, last=True)
