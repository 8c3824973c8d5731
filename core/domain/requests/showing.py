"""What people see of a request beside its words: the parts of its status, the version and the
picture that stand with its result, and what the video shows, for who cannot see it."""

from core import sanitize
from core.domain.requests.job import Job, State, files_of, words_of
from core.domain.requests.outcomes import Notice
from core.domain.requests.plans import Plan, Step
from core.domain.requests.progress import LINK
from core.domain.versions import Versions
from core.i18n import text
from core.messages import Attachment, Card, Gallery

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


LONGEST = 1000
"""Characters; Discord takes 1,024."""


def alt(job: Job) -> str:
    """The wish, and what is on the timeline, as one line."""
    shown = text("result.alt", job.language, words=words_of(job))
    said = " ".join(sanitize.words(f"{shown}\n{job.progress.export.timeline}").split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"


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


QUOTED = 60
"""Characters of an undone change that are repeated."""


def restored(job: Job) -> str:
    """Which version it is, and what the next change builds on; nothing where it is the newest."""
    known, language = job.progress.export.shown, job.language
    if known is None or not known.restored:
        return ""
    if not known.without:
        return text("result.restored", language, number=known.number)
    if len(known.without) > 1:
        return text("result.restored_without_all", language, number=known.number)
    words = " ".join(known.without[-1].split())
    words = words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
    return text("result.restored_without", language, number=known.number, words=words)
