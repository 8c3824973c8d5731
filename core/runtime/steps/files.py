"""The photos and files of a request: gathered, fetched from the platform and prepared one by one,
and sent to the backend once."""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.domain import replies
from core.domain.conversation import close
from core.domain.gathering import file_kind
from core.domain.limits import budgets_in_force, videos_in_budgets, videos_left_today
from core.domain.reels import closed
from core.domain.requests import (
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Part,
    Payer,
    Progress,
    Rewind,
    Step,
    Upload,
    Wait,
    Why,
    files_of,
    keep_everything,
    next_to_bring,
    without_taken_out,
)
from core.domain.tokens import Pays, choose_payer
from core.files import move_private, private_folder
from core.media import Occupied, Prepared, TooMuchTogether
from core.messages import Attachment
from core.nemo.client import UploadPart
from core.nemo.draft import VOICE_SUFFIX
from core.nemo.errors import FileTooLarge
from core.runtime.steps.context import StepContext
from core.skills import MB


async def gather(job: Job, context: StepContext) -> Outcome:
    """The bundle is complete: decide what it amounts to."""
    return close(job, context.chat, context.skill, context.now, context.settings, _room(context))


def _room(context: StepContext) -> int | None:
    """How many videos the daily limits leave, and the budgets where the operator is to pay."""
    claimed, settings, now = context.claimed, context.settings, context.now
    limits = [videos_left_today(settings, claimed.space, claimed.spent, now)]
    if choose_payer(context.account, context.payment_options, now) == Pays(Payer.OPERATOR):
        charged, group = claimed.charged, bool(claimed.job.space)
        in_force = budgets_in_force(settings, charged, group=group, now=now)
        limits.append(videos_in_budgets(in_force, charged.make, held=charged.make))
    return min((limit for limit in limits if limit is not None), default=None)


MEANWHILE = 600.0
"""Seconds until another look at a reel whose video is under way."""


async def collect(job: Job, context: StepContext) -> Outcome:
    """Nobody has said what to make of the photos: they go, and its message says so."""
    if context.claimed.making:
        return Wait(job.progress, MEANWHILE)
    return Next(job.progress, Notice(closed(job, "reel.expired").text), last=True)


LONGEST_CONVERSION_WAIT = 3600.0
"""Seconds for which a request waits until others have had their files converted."""


async def bring(job: Job, context: StepContext) -> Outcome:
    """Fetch and prepare one file: judged by its bytes, converted where the backend would refuse it
    (D10)."""
    files, upload, found = files_of(job), job.progress.upload, next_to_bring(job)
    if job.progress.wish.reel and not files:
        return Fail(replies.nobody_left(job.language), why=Why.NOTHING)
    if found is None:
        return Next(job.progress)
    number, (source, file) = len(upload.parts) + 1, found
    try:
        prepared = await _prepared(job, context, file, number, source)
    except Occupied as busy:
        if context.now - job.created > LONGEST_CONVERSION_WAIT:
            raise
        return Wait(job.progress, busy.seconds)
    part = Part(prepared.name, prepared.mime, prepared.bytes)
    sources = (*upload.sources, source) if job.progress.wish.reel else ()
    upload = replace(upload, parts=(*upload.parts, part), sources=sources)
    progress = replace(job.progress, upload=upload)
    if next_to_bring(replace(job, progress=progress)) is None:
        return Next(progress)
    return Wait(progress, notice=replies.uploading(job, number + 1, len(files)))


async def _prepared(
    job: Job, context: StepContext, file: Attachment, number: int, source: int
) -> Prepared:
    """A file in `work`, as it is uploaded. What was fetched lies there as well while it waits for
    its turn."""
    came = context.files.folder / f"{job.id}-{source}.came"
    there = await asyncio.to_thread(_came, context.files.folder, came)
    with TemporaryDirectory(dir=context.files.folder, prefix=f"{job.id}-") as folder:
        if not there:
            fetched = await context.files.fetch(file, Path(folder))
            await asyncio.to_thread(fetched.replace, came)
        name = f"{job.id}-{number}{VOICE_SUFFIX if file_kind(file) == 'voice' else ''}"
        prepared = await context.files.prepare(came, Path(folder), name)
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
        await asyncio.to_thread(_kept, prepared, context.files.folder, came)
    return prepared


def _came(work: Path, file: Path) -> bool:
    private_folder(work)
    return file.exists()


def _kept(prepared: Prepared, work: Path, came: Path) -> None:
    move_private(prepared.path, work / prepared.name)
    came.unlink(missing_ok=True)


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
    job = without_taken_out(job)
    files, links, known = files_of(job), job.progress.wish.links, job.progress.upload
    if job.progress.wish.reel and not files:
        return Fail(replies.nobody_left(job.language), why=Why.NOTHING)
    if (known.parts and not known.done) or len(known.parts) < len(files):
        return await _upload_files(job, context, len(files))
    if links and (first := await _before_links(job, context)):
        return first
    notice = replies.creating(job, context.claimed.usual, context.now) if files or links else None
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
            return Fail(replies.upload_failed(job.language), keep_everything(job), why=Why.UPLOAD)
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
        else Next(progress, replies.creating(job, context.claimed.usual, context.now))
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
            return Fail(replies.upload_failed(job.language), keep_everything(job), why=Why.UPLOAD)
    await context.backend.upload_urls(job.progress.session.id, links)
    return None
