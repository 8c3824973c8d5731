"""A picture in place of a film that cannot be had: the photos which it would be made of."""

from core.domain.requests.alt import alt
from core.domain.requests.cards import is_picture
from core.domain.requests.job import Job, State
from core.domain.requests.plans import Plan, Step
from core.domain.requests.sent import files_of
from core.domain.versions import Versions
from core.messages import Attachment, Gallery

MOST = 4
"""Photos in one picture."""
EXPORTS = (Step.RENDER, Step.POLL, Step.LINK)
CHANGES = (Plan.MAKE, Plan.EDIT, Plan.RESTORE)
"""Plans that bring something new: who asks for an export once more has seen the picture."""


def shown_by(job: Job, versions: Versions) -> tuple[Attachment, ...]:
    """The first photos of the version that it shows, as far as they are known; those of a group
    reel stand with nobody's request."""
    if job.progress.wish.reel:
        return ()
    number = job.progress.export.shown.number if job.progress.export.shown else 0
    files = [file for version in versions.way(number) for file in version.files]
    return tuple(filter(is_picture, files or files_of(job)))[:MOST]


def still(job: Job) -> Gallery | None:
    """The picture; None where a film may still come of it, or no photo is known."""
    failed = job.state is State.FAILED and job.step in EXPORTS and job.plan in CHANGES
    photos = job.progress.export.photos
    return Gallery(first=0, alt=alt(job), photos=photos) if failed and photos else None
