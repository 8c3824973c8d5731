"""The files and links of a request, sent to the backend once."""

from dataclasses import replace

from core.domain.replies import results, statuses
from core.domain.requests import (
    Fail,
    Job,
    Next,
    Outcome,
    Part,
    Progress,
    Rewind,
    Step,
    Upload,
    Wait,
    Why,
)
from core.domain.requests.job import files_of, still_there
from core.domain.requests.outcomes import everything
from core.nemo.client.files import Part as UploadPart
from core.runtime.steps.context import StepContext

UPLOAD_TRIES = 3
"""The first try and two more (D15)."""


async def upload(job: Job, context: StepContext) -> Outcome:
    """The files and links, and the balance meanwhile: the price does not wait for the upload."""
    if job.progress.price.confirmed:
        return await _sent(job, context)
    outcome, available = await context.alongside(_sent(job, context), context.available())
    if not isinstance(outcome, Next | Wait):
        return outcome
    price = replace(outcome.progress.price, looked=True, balance=available, seen=context.now)
    return replace(outcome, progress=replace(outcome.progress, price=price))


async def _sent(job: Job, context: StepContext) -> Outcome:
    """All files in one call, in order; links in a second one. In doubt the state is read first
    (D15)."""
    job = still_there(job)
    files, links, known = files_of(job), job.progress.wish.links, job.progress.upload
    if job.progress.wish.reel and not files:
        return Fail(results.nobody_left(job.language), why=Why.NOTHING)
    if (known.parts and not known.done) or len(known.parts) < len(files):
        return await _upload_files(job, context, len(files))
    if links and (first := await _before_links(job, context)):
        return first
    notice = statuses.creating(job, context.claimed.usual, context.now) if files or links else None
    return Next(_with_upload(job, replace(known, unconfirmed=False)), notice)


async def _upload_files(job: Job, context: StepContext, count: int) -> Outcome:
    known, connection = job.progress.upload, job.progress.connection
    paths = [context.files.folder / part.name for part in known.parts]
    if len(paths) < count or not all(path.exists() for path in paths):
        known = replace(known, parts=(), sources=()) if len(paths) >= count else known
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
            return Fail(results.upload_failed(job.language), everything(job), why=Why.UPLOAD)
    folder = context.files.folder
    copies = [UploadPart(folder / part.name, part.name, part.mime) for part in missing]
    await context.backend.upload_files(job.progress.session.id, copies)
    return _uploaded(job, context)


def _with_upload(job: Job, upload: Upload) -> Progress:
    return replace(job.progress, upload=upload)


def _uploaded(job: Job, context: StepContext) -> Outcome:
    progress = _with_upload(job, replace(job.progress.upload, done=True, unconfirmed=False))
    return (
        Wait(progress)
        if progress.wish.links
        else Next(progress, statuses.creating(job, context.claimed.usual, context.now))
    )


async def _missing(job: Job, context: StepContext) -> tuple[Part, ...]:
    """The files that the session does not have yet: by our own names, in a fresh one else by their
    number (D15)."""
    state, parts = await context.state(job), job.progress.upload.parts
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
        arrived = len((await context.state(job)).videos) - len(known.parts) if fresh else 0
        if arrived >= len(links):
            return None
        if arrived > 0:
            return Rewind(job.progress.without_session(), Step.CONNECT)
        if known.tries >= UPLOAD_TRIES:
            return Fail(results.upload_failed(job.language), everything(job), why=Why.UPLOAD)
    await context.backend.upload_urls(job.progress.session.id, links)
    return None
