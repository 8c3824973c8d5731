"""The job as a row: whose it is, where it stands, what it has learnt, and what its user has sent
for it, late photos and words included."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.domain.gathering import Bundle
from core.domain.requests.plans import LINK, Plan, Step
from core.domain.requests.progress import Payer, Progress
from core.messages import Address, Attachment, Ticket


class State(StrEnum):
    """Whether a job still has something to do."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Account:
    """A user's NemoVideo identity. Tokens are sealed text; `expires` and `granted` are seconds
    since the epoch."""

    user: str
    client_id: str
    token: str = field(default="", repr=False)
    expires: float = 0.0
    granted: float = 0.0
    anonymous: str = ""
    own: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Project:
    """The backend session of one chat; `made` says that a video came out of it, `asks` that the
    backend's last words were a question. `version` is the one that the next change builds on, 0 for
    that at which the project stands. `maker` is the job whose files it began with, 0 if
    unknown. `options` are the answers that it named, in its own words; `question` is what it asked,
    and `asked` when (seconds since the epoch, 0: not known). `claim` is the sealed right
    to open it in a browser, good until `claimed` (seconds since the epoch)."""

    session: str
    task: str = ""
    bind: str = ""
    payer: Payer = Payer.ANONYMOUS
    made: bool = False
    asks: bool = False
    options: tuple[str, ...] = ()
    maker: int = 0
    claim: str = field(default="", repr=False)
    claimed: float = 0.0
    version: int = 0
    question: str = ""
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Secret:
    """A sealed token on its way to be tried. It travels with its request and nowhere else; a
    request that is over has none (see `Job`)."""

    sealed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """One wish as a row. `due`, `created`, `notified_at` (last visible news) and `expected` (when
    the user was told that it is usually ready, 0: not told) are seconds since the epoch.

    `bundle` is written by what people send and `progress` by the steps, so that neither overwrites
    the other. Jobs of one `lock` run one by one. `claims` counts starts of a step without a report.
    `clip` is what the platform called the delivered video, for posting it again. `about` is the
    project of the video that it was begun under, None where it is about the newest. `why` says
    of one that has failed what for, as a value of `Why`."""

    id: int
    lock: str
    user: str
    address: Address
    plan: Plan
    step: Step
    progress: Progress = Progress()
    bundle: Bundle = Bundle()
    language: str = "en"
    skill: str = ""
    state: State = State.OPEN
    attempts: int = 0
    claims: int = 0
    version: int = 0
    due: float = 0.0
    created: float = 0.0
    notified_at: float = 0.0
    expected: float = 0.0
    cancelled: bool = False
    private: bool = True
    reply_to: str = ""
    ticket: Ticket | None = None
    rewinds: int = 0
    clip: str = ""
    space: str = ""
    aside: Address | None = None
    secret: Secret | None = None
    about: Project | None = None
    why: str = ""

    def __post_init__(self) -> None:
        """No outcome can leave a secret behind, however it ends the job."""
        if self.state is not State.OPEN:
            object.__setattr__(self, "secret", None)

    @property
    def named_files(self) -> tuple[Attachment, ...]:
        """Every file that it names: what came for it, and what is used of that."""
        return (*self.progress.wish.files, *self.bundle.files)

    @property
    def of_reel(self) -> bool:
        """Whether it is a group reel, or the video of one."""
        return self.plan is Plan.REEL or bool(self.progress.wish.reel)

    @property
    def video(self) -> str:
        """The link of the video that came of it, empty where none did: then there is nothing to
        list or post again."""
        return self.progress.export.url if self.state is State.DONE else ""


def files_of(job: Job) -> list[Attachment]:
    """The files to upload: those of the closed bundle, and those that came late but before the
    upload."""
    known = {file.ref for file in job.progress.wish.files}
    late = [
        file for file in job.bundle.files if file.ref not in known and not file.ref.startswith(LINK)
    ]
    return [*job.progress.wish.files, *late]


def next_to_bring(job: Job) -> tuple[int, Attachment] | None:
    """The next file to fetch, with the number of its source; None where all are here."""
    upload = job.progress.upload
    if not job.progress.wish.reel:
        files, place = files_of(job), len(upload.parts)
        return (place + 1, files[place]) if place < len(files) else None
    left = (item for item in job.bundle.items if item.order not in upload.sources)
    return next(((item.order, item.file) for item in left), None)


def without_taken_out(job: Job) -> Job:
    """The job without the copies of photos that somebody has taken out of a group reel."""
    if not job.progress.wish.reel:
        return job
    upload, there = job.progress.upload, {item.order for item in job.bundle.items}
    pairs = [pair for pair in zip(upload.parts, upload.sources, strict=True) if pair[1] in there]
    parts, sources = tuple(part for part, _ in pairs), tuple(source for _, source in pairs)
    kept = replace(upload, parts=parts, sources=sources)
    return replace(job, progress=replace(job.progress, upload=kept))


def has_material(job: Job) -> bool:
    """Whether there is a file or a link to make something of."""
    return bool(files_of(job) or job.progress.wish.links)


def words_of(job: Job) -> str:
    """The wish as it was settled, and the captions of photos that came late."""
    if job.bundle.amended:
        return job.bundle.amended
    late = [line.text for line in job.bundle.lines[job.progress.wish.lines :] if line.text]
    return "\n".join((job.progress.wish.words, *late))
