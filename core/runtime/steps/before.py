"""The steps before anything is paid for: gather, connect, bring the files here, upload them."""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.domain.accounts import AskForToken, NobodyPays, Pays, choose
from core.domain.conversation import Terms, close
from core.domain.kinds import kind_of
from core.domain.policy import Confirm
from core.domain.replies import results, statuses
from core.domain.requests import (
    Connection,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Part,
    Payer,
    Plan,
    Progress,
    Rewind,
    Session,
    Step,
    Upload,
    Wait,
)
from core.domain.requests.sent import brought, everything, files_of
from core.files import private
from core.i18n import nemo_code
from core.media import Occupied, Prepared, TooMuchTogether
from core.messages import Attachment
from core.nemo import wire
from core.nemo.client import Part as UploadPart
from core.nemo.draft import VOICE
from core.nemo.errors import FileTooLarge
from core.runtime.steps.context import StepContext
from core.skills import MB

UPLOAD_TRIES = 3
"""The first try and two more (D15)."""
LONGEST_WAIT = 3600.0
"""Seconds for which a request waits until others have had their files converted."""


async def gather(job: Job, context: StepContext) -> Outcome:
    """The pile is complete: decide what it amounts to."""
    settings = context.settings
    terms = Terms(Confirm(settings.nemo_confirm), settings.files_per_request, settings.nemo_web_url)
    return close(job, context.chat, context.skill, context.now, context.room, terms)


async def connect(job: Job, context: StepContext) -> Outcome:
    """A payer, then a session: one request at most, so that a token is on disk before a session is
    asked for."""
    known = job.progress.connection
    if known.payer is None:
        return await _find_payer(job, context)
    if known.resume is not None:
        return Rewind(_connected(job, replace(known, resume=None)), known.resume)
    if job.plan is Plan.CREDITS or known.session is not None:
        return Next(job.progress)
    project = context.chat.project
    if project is not None and not known.fresh and project.payer is known.payer:
        session = Session(project.session, project.task, project.bind)
        return Next(
            _connected(job, replace(known, session=session)),
            statuses.begun(job, context.usual, context.now),
        )
    call = wire.create_session(context.token(job), context.attribution, nemo_code(job.language))
    answer = await context.nemo.send(call)
    made = wire.read_session(answer)
    session = Session(made.id, made.task, wire.bind_of(answer) or context.account.anonymous)
    return Next(
        _connected(job, replace(known, session=session)),
        statuses.begun(job, context.usual, context.now),
    )


def _connected(job: Job, connection: Connection) -> Progress:
    return replace(job.progress, connection=connection)


async def _find_payer(job: Job, context: StepContext) -> Outcome:
    """Who pays is on disk before a session is asked for: what fails then concerns them, and nobody
    else (D5).

    A request whose turn has come says so first.
    """
    known = job.progress.connection
    if known.fresh and context.chat.project is not None and not brought(job):
        # words alone, from a time when the project was still in the making: they are about it
        known = replace(known, fresh=False)
        job = replace(job, progress=_connected(job, known))
    if _without_its_video(job, context):
        return Fail(results.nothing_to_edit(job.language), everything(job))
    asks = job.plan in (Plan.MAKE, Plan.EDIT) and not known.announced
    notice = Notice(context.skill.connecting[job.language]) if asks else None
    known, going_on = replace(known, announced=True), _payer_of_project(job, context)
    match (
        Pays(going_on)
        if going_on
        else choose(context.account, context.payment_options, context.now)
    ):
        case Pays(payer):
            return Wait(_connected(job, replace(known, payer=payer)), notice=notice)
        case AskForToken() if notice:
            return Wait(_connected(job, known), notice=notice)
        case AskForToken():
            return await _ask_for_token(job, context)
        case NobodyPays(until):
            return Fail(results.no_free_tokens(job.language, until), everything(job))


def _without_its_video(job: Job, context: StepContext) -> bool:
    """A change that waited for a video which never came: there is nothing to change, and no photo
    to make another of.

    What was agreed to without a photo is meant so.
    """
    alone = job.plan is Plan.MAKE and job.progress.connection.fresh and not brought(job)
    return (
        alone and context.chat.project is None and bool(job.bundle.lines) and not job.bundle.agreed
    )


def _payer_of_project(job: Job, context: StepContext) -> Payer | None:
    """A project goes on with the token that made it: its session belongs to that one."""
    project = context.chat.project
    if project is None or job.progress.connection.fresh or job.plan not in (Plan.MAKE, Plan.EDIT):
        return None
    return project.payer if context.token_of(project.payer) else None


async def _ask_for_token(job: Job, context: StepContext) -> Outcome:
    """One free token for this client id, kept sealed and for as long as it lives (D2, D4)."""
    grant = wire.read_grant(
        await context.nemo.send(
            wire.anonymous_token(context.account.client_id, context.attribution)
        ),
        context.now,
    )
    account = replace(
        context.account,
        token=context.vault.seal(grant.token),
        expires=grant.expires,
        granted=context.now,
        anonymous=grant.user_id,
    )
    connection = replace(job.progress.connection, payer=Payer.ANONYMOUS)
    return Wait(_connected(job, connection), account=account)


async def bring(job: Job, context: StepContext) -> Outcome:
    """Fetch and prepare one file: judged by its bytes, converted where the backend would refuse it
    (D10)."""
    files, parts = files_of(job), job.progress.upload.parts
    if len(parts) >= len(files):
        return Next(job.progress)
    number = len(parts) + 1
    try:
        prepared = await _prepared(job, context, files[number - 1], number)
    except Occupied as busy:
        if context.now - job.created > LONGEST_WAIT:
            raise
        return Wait(job.progress, busy.seconds)
    part = Part(prepared.name, prepared.mime, prepared.bytes)
    progress = _with_upload(job, replace(job.progress.upload, parts=(*parts, part)))
    if number >= len(files):
        return Next(progress)
    return Wait(progress, notice=statuses.uploading(job, number + 1, len(files)))


async def _prepared(job: Job, context: StepContext, file: Attachment, number: int) -> Prepared:
    """A file in `work`, as it is uploaded. What was fetched lies there as well while it waits for
    its turn."""
    came = context.work / f"{job.id}-{number}.came"
    with TemporaryDirectory(
        dir=await asyncio.to_thread(private.folder, context.work), prefix=f"{job.id}-"
    ) as folder:
        if not await asyncio.to_thread(came.exists):
            fetched = await context.fetch(file, Path(folder))
            await asyncio.to_thread(fetched.replace, came)
        name = f"{job.id}-{number}{VOICE if kind_of(file) == 'voice' else ''}"
        prepared = await context.prepare(came, Path(folder), name)
        if prepared.bytes > context.skill.max_bytes:
            raise FileTooLarge(endpoint="bring")
        most = context.settings.mb_per_request
        if (
            most
            and sum(part.bytes for part in job.progress.upload.parts) + prepared.bytes > most * MB
        ):
            raise TooMuchTogether(
                most
            )  # its size was not said beforehand, or it grew when it was converted
        await asyncio.to_thread(private.moved, prepared.path, context.work / prepared.name)
    await asyncio.to_thread(came.unlink, missing_ok=True)
    return prepared


async def upload(job: Job, context: StepContext) -> Outcome:
    """All files in one call, in order; links in a second one. In doubt the state is read first
    (D15)."""
    files, links, known = files_of(job), job.progress.wish.links, job.progress.upload
    if (known.parts and not known.done) or len(known.parts) < len(files):
        return await _upload_files(job, context, len(files))
    if links and (first := await _before_links(job, context)):
        return first
    notice = statuses.creating(job, context.usual, context.now) if files or links else None
    return Next(_with_upload(job, replace(known, unconfirmed=False)), notice)


async def _upload_files(job: Job, context: StepContext, count: int) -> Outcome:
    known, connection = job.progress.upload, job.progress.connection
    paths = [context.work / part.name for part in known.parts]
    if len(paths) < count or not all(path.exists() for path in paths):
        known = replace(known, parts=()) if len(paths) >= count else known
        return Rewind(_with_upload(job, known), Step.BRING)
    missing = known.parts
    if known.unconfirmed or job.claims > 1:
        missing = await _missing(job, context)
        if not missing:
            return _uploaded(job, context)
        if len(missing) < len(paths) and connection.fresh:
            # Some of them: a fresh session, so that no picture counts twice.
            return Rewind(job.progress.without_session(), Step.CONNECT)
        if known.tries >= UPLOAD_TRIES:
            return Fail(results.upload_failed(job.language), everything(job))
    call = wire.upload_files(context.token(job), context.attribution, job.progress.session.id)
    await context.nemo.upload(
        call, [UploadPart(context.work / part.name, part.name, part.mime) for part in missing]
    )
    return _uploaded(job, context)  # an answer that lists nothing is a success as well (D14)


def _with_upload(job: Job, upload: Upload) -> Progress:
    return replace(job.progress, upload=upload)


def _uploaded(job: Job, context: StepContext) -> Outcome:
    progress = _with_upload(job, replace(job.progress.upload, done=True, unconfirmed=False))
    return (
        Wait(progress)
        if progress.wish.links
        else Next(progress, statuses.creating(job, context.usual, context.now))
    )


async def _missing(job: Job, context: StepContext) -> tuple[Part, ...]:
    """The files that the session does not have yet: by our own names, in a fresh one else by their
    number (D15)."""
    state, parts = await context.project(job), job.progress.upload.parts
    names = set(state.videos)
    if any(names) or not job.progress.connection.fresh:
        return tuple(part for part in parts if part.name not in names)
    return parts[len(state.videos) :]


async def _before_links(job: Job, context: StepContext) -> Outcome | None:
    """Send the links; after an unclear try look first: they have no names of ours, only their
    number tells (D15)."""
    known, links = job.progress.upload, job.progress.wish.links
    if known.unconfirmed or job.claims > 1:
        fresh = job.progress.connection.fresh
        arrived = len((await context.project(job)).videos) - len(known.parts) if fresh else 0
        if arrived >= len(links):
            return None
        if arrived > 0:
            return Rewind(job.progress.without_session(), Step.CONNECT)
        if known.tries >= UPLOAD_TRIES:
            return Fail(results.upload_failed(job.language), everything(job))
    session = job.progress.session.id
    call = wire.upload_urls(context.token(job), context.attribution, session, links)
    await context.nemo.send(call)
    return None
