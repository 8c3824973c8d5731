"""What a user has sent for a request, late photos and words included, as its steps need it."""

from dataclasses import replace

from core.domain.requests.job import Job
from core.domain.requests.progress import LINK
from core.messages import Attachment


def files_of(job: Job) -> list[Attachment]:
    """The files to upload: those of the closed bundle, and those that came late but before the
    upload."""
    known = {file.ref for file in job.progress.wish.files}
    late = [
        file for file in job.bundle.files if file.ref not in known and not file.ref.startswith(LINK)
    ]
    return [*job.progress.wish.files, *late]


def to_bring(job: Job) -> tuple[int, Attachment] | None:
    """The next file to fetch, with the number of its source; None where all are here."""
    upload = job.progress.upload
    if not job.progress.wish.reel:
        files, place = files_of(job), len(upload.parts)
        return (place + 1, files[place]) if place < len(files) else None
    left = (item for item in job.bundle.items if item.order not in upload.sources)
    return next(((item.order, item.file) for item in left), None)


def still_there(job: Job) -> Job:
    """The job without the copies of photos that somebody has taken out of a group reel."""
    if not job.progress.wish.reel:
        return job
    upload, there = job.progress.upload, {item.order for item in job.bundle.items}
    pairs = [pair for pair in zip(upload.parts, upload.sources, strict=True) if pair[1] in there]
    parts, sources = tuple(part for part, _ in pairs), tuple(source for _, source in pairs)
    kept = replace(upload, parts=parts, sources=sources)
    return replace(job, progress=replace(job.progress, upload=kept))


def brought(job: Job) -> bool:
    """Whether there is a file or a link to make something of."""
    return bool(files_of(job) or job.progress.wish.links)


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.bundle.amended:
        return job.bundle.amended
    late = [line.text for line in job.bundle.lines[job.progress.wish.lines :] if line.text]
    return "\n".join((job.progress.wish.words, *late))
