"""What a step can end in: five outcomes, and the words that go with them."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.gathering import Split
from core.domain.requests.job import Account, Job, Project, files_of
from core.domain.requests.plans import Plan, Step
from core.domain.requests.progress import Progress
from core.domain.requests.why import Why
from core.domain.versions import History
from core.messages import Attachment, Button, Outbound, Span, Video


@dataclass(frozen=True, slots=True)
class Notice:
    """Words for the user. `final` rings as a new message; otherwise the status message is edited in
    place.

    A status may add its place in the `queue` and how much `time` it takes, in words, when it is
    `expected` to be ready (seconds since the epoch), and how many `percent` of the export are done.
    `spans` are stretches of `text` that are set apart. `receipt` is what the status says once these
    last words are posted: what it cost, which nobody forwards with the film.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    video: Video | None = None
    final: bool = False
    discreet: bool = False
    queue: str = ""
    time: str = ""
    expected: float = 0.0
    percent: int | None = None
    spans: tuple[Span, ...] = ()
    receipt: str = ""

    @property
    def words(self) -> str:
        """All of it as one text."""
        return " ".join(filter(None, (self.text, self.queue, self.time)))


class Does(StrEnum):
    """What a tap on an offer begins."""

    MAKE = "make"
    EDIT = "edit"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Offer:
    """What was asked back: words not clear enough to be paid for, and what one tap, or a yes, does
    with them.

    `number` is what its buttons carry; `at` is when it was made (seconds since the epoch); `about`
    is the project of the video whose message the words answered, None for the newest. `split` says
    what becomes of several photos.
    """

    number: str
    does: Does
    words: str
    at: float
    about: Project | None = None
    split: Split = Split.OPEN


@dataclass(frozen=True, slots=True)
class Kept:
    """Photos and words to hold for the chat, so that nothing is lost when a job ends without using
    them.

    `skill` is the profile that was chosen for them, empty for the chat's own. `offers` are what was
    asked back about them."""

    files: tuple[Attachment, ...] = ()
    wish: str = ""
    skill: str = ""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """Done: on to the following step, `after` so many seconds, or the end (`last`). `spawn` are
    jobs that take this one's place.

    `skill` and `language` are those of the job from now on, empty where they stay. `history` are
    the versions of its project, where there is a new one or another is shown.
    """

    progress: Progress
    notice: Notice | None = None
    last: bool = False
    account: Account | None = None
    project: Project | None = None
    keep: Kept | None = None
    plan: Plan | None = None
    skill: str = ""
    language: str = ""
    spawn: tuple[Job, ...] = ()
    after: float = 0.0
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Not finished: the same step once more after so many seconds; no attempt is used up."""

    progress: Progress
    after: float = 0.0
    notice: Notice | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """A failure that passes: the same step after so many seconds, one attempt more."""

    after: float
    notice: Notice | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Rewind:
    """Something has to be made anew, from the step `to` on. `drop_token` and `drop_project` forget
    what is no good.

    `closed_until` is that of Fail.
    """

    progress: Progress
    to: Step
    notice: Notice | None = None
    drop_token: bool = False
    drop_project: bool = False
    after: float = 0.0
    closed_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Fail:
    """Over, with words. `closed_until` stops asking for new anonymous tokens until then (D3).

    `project` is what further words are about: set once its files are in and the turn was sent.
    `progress` is what was learnt all the same, None where nothing was. `why` is for the operator.
    """

    notice: Notice
    keep: Kept | None = None
    drop_project: bool = False
    closed_until: float = 0.0
    project: Project | None = None
    progress: Progress | None = None
    why: Why = Why.OTHER


Outcome = Next | Wait | Retry | Rewind | Fail


@dataclass(frozen=True, slots=True)
class Advanced:
    """The job after an outcome, the words to post with it, and whether the project or the token is
    to be forgotten."""

    job: Job
    posts: tuple[Outbound, ...] = ()
    account: Account | None = None
    project: Project | None = None
    drop_project: bool = False
    drop_token: bool = False
    keep: Kept | None = None
    closed_until: float = 0.0
    spawn: tuple[Job, ...] = ()
    history: History | None = None


def keep_everything(job: Job) -> Kept:
    """All of it, for the chat to hold when a job ends before using it."""
    return Kept((*files_of(job), *job.progress.wish.linked), job.progress.wish.words)
