"""What a user has sent for a request, late photos and words included, as its steps need it."""

from core.domain.requests.job import Job
from core.domain.requests.outcomes import Kept
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


def brought(job: Job) -> bool:
    """Whether there is a file or a link to make something of."""
    return bool(files_of(job) or job.progress.wish.links)


def everything(job: Job) -> Kept:
    """All of it, for the chat to hold when a job ends before using it."""
    return Kept((*files_of(job), *job.progress.wish.linked), job.progress.wish.words)


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.bundle.amended:
        return job.bundle.amended
    late = [line.text for line in job.bundle.lines[job.progress.wish.lines :] if line.text]
    return "\n".join((job.progress.wish.words, *late))
