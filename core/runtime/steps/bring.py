"""The files of a request, fetched from the platform and prepared one by one."""

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.domain.files import kind_of
from core.domain.replies import results, statuses
from core.domain.requests import (
    Fail,
    Job,
    Next,
    Outcome,
    Part,
    Wait,
    Why,
)
from core.domain.requests.job import files_of, to_bring
from core.files import private
from core.media import Occupied, Prepared, TooMuchTogether
from core.messages import Attachment
from core.nemo.draft import VOICE
from core.nemo.errors import FileTooLarge
from core.runtime.steps.context import StepContext
from core.skills import MB

LONGEST_CONVERSION_WAIT = 3600.0
"""Seconds for which a request waits until others have had their files converted."""


async def bring(job: Job, context: StepContext) -> Outcome:
    """Fetch and prepare one file: judged by its bytes, converted where the backend would refuse it
    (D10)."""
    files, upload, found = files_of(job), job.progress.upload, to_bring(job)
    if job.progress.wish.reel and not files:
        return Fail(results.nobody_left(job.language), why=Why.NOTHING)
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
    if to_bring(replace(job, progress=progress)) is None:
        return Next(progress)
    return Wait(progress, notice=statuses.uploading(job, number + 1, len(files)))


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
        name = f"{job.id}-{number}{VOICE if kind_of(file) == 'voice' else ''}"
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
    private.folder(work)
    return file.exists()


def _kept(prepared: Prepared, work: Path, came: Path) -> None:
    private.moved(prepared.path, work / prepared.name)
    came.unlink(missing_ok=True)
