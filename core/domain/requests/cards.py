"""What a status shows in parts: how far the request is on its way, how long it takes, and the photo
it is about."""

from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Notice
from core.domain.requests.plans import Plan, Step
from core.domain.requests.progress import LINK
from core.i18n import text
from core.messages import Attachment, Card

STAGES: tuple[tuple[str, frozenset[Step]], ...] = (
    ("photos", frozenset({Step.GATHER, Step.CONNECT})),
    ("upload", frozenset({Step.BRING, Step.UPLOAD})),
    ("create", frozenset({Step.PRICE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK})),
    ("export", frozenset({Step.NAME, Step.RENDER, Step.POLL, Step.LINK})),
)
"""The way of a request as people see it. What has only one part (an edit, an export) shows none."""

PICTURES = (
    ".jpg",
    ".jpeg",
    ".jfif",
    ".png",
    ".webp",
    ".gif",
    ".heic",
    ".heif",
    ".avif",
    ".bmp",
    ".tif",
    ".tiff",
)


def to_card(job: Job, notice: Notice) -> Card:
    """The status in parts. What is over shows no way and no time any more, only what it was
    about."""
    running = job.state is State.OPEN
    photo = photo_of(job)
    on_its_way = running and job.plan is Plan.MAKE and photo is not None
    return Card(
        phase=notice.text,
        stages=tuple(text(f"status.stage_{name}", job.language) for name, _ in STAGES)
        if on_its_way
        else (),
        reached=_reached(job.step) if on_its_way else 0,
        percent=notice.percent,
        queue=notice.queue,
        time=notice.time,
        expected=(notice.expected or job.expected) if running else 0.0,
        photo=photo,
    )


def _reached(step: Step) -> int:
    return next(place for place, (_, steps) in enumerate(STAGES) if step in steps)


def photo_of(job: Job) -> Attachment | None:
    """The first picture that the user sent for this request, as far as its sender's claims go; no
    link they typed."""
    return next(filter(is_picture, (*job.progress.wish.files, *job.bundle.files)), None)


def is_picture(file: Attachment) -> bool:
    """Whether its sender claims that it is one; a link that was typed is none."""
    claimed = file.mime.startswith("image/") or (
        not file.mime and file.name.lower().endswith(PICTURES)
    )
    return claimed and not file.ref.startswith(LINK)
