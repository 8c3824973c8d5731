"""The job as a row: whose it is, where it stands, and what it has learnt."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.gathering import Bundle
from core.domain.requests.plans import Plan, Step
from core.messages import Address, Attachment, Ticket


class Payer(StrEnum):
    """Whose token a job uses; it never changes within a job (D5)."""

    OWN = "own"
    ANONYMOUS = "anonymous"
    OPERATOR = "operator"


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
    backend's last words were a question. `maker` is the job whose files it began with, 0 if
    unknown. `options` are the answers that it named, in its own words. `claim` is the sealed right
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


@dataclass(frozen=True, slots=True)
class Part:
    """One file as it will be uploaded: our own name, its type and bytes; the local copy may be gone
    after a restart."""

    name: str
    mime: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a job has learnt so far. Plain text on disk: no token, ever.

    `words` were settled when the pile closed, with its first `lines` lines; what came later joins
    at the request. `files` are references; `parts` are the copies brought so far, in the same
    order. `doubt` says that the last request (upload, render) may or may not have arrived: look
    before sending it again. `mark` is the fingerprint of the state before the paid request and
    `before` its draft (JSON text); `exported_before` says whether that held anything to export,
    None for a request of an earlier version. `heard` is what the backend answered, `raw` the same
    as it came, `asking` that a question of its own form is among it and `options` the answers that
    a question names, `actions` what it told the user to click, `summary` what changed on the
    timeline and `extras` the kinds of tracks that were added unasked. `asked` and `confirmed` are
    about the price; `balance` and `spent` are credits, `for_group` asks for the spending of a whole
    group. `draft` is what is rendered; `pinned` says that it is an earlier version to be exported
    as it is. `connecting` says that the user was told so. `resume` is the step to return to after a
    new token; `renewed` and `restarted` say that a token and a session were replaced already, which
    is done once. `looks` counts looks at the state or polls of the render, `waited` their seconds.
    `starts` counts starts of the render that never arrived. `expected` is when the user was told
    that it is usually ready (seconds since the epoch, 0: not told). `url` is the finished video and
    `page` where somebody registers while the export is `blocked`."""

    words: str = ""
    lines: int = 0
    files: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    fresh: bool = False
    payer: Payer | None = None
    connecting: bool = False
    resume: Step | None = None
    renewed: bool = False
    restarted: bool = False
    session: str = ""
    task: str = ""
    bind: str = ""
    parts: tuple[Part, ...] = ()
    uploaded: bool = False
    upload_tries: int = 0
    doubt: bool = False
    mark: str = ""
    before: str = ""
    exported_before: bool | None = None
    heard: str = ""
    summary: str = ""
    raw: str = ""
    timeline: str = ""
    actions: tuple[str, ...] = ()
    asking: bool = False
    options: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    asked: bool = False
    confirmed: bool = False
    balance: int | None = None
    spent: int | None = None
    for_group: bool = False
    blocked: bool = False
    out_of_credits: bool = False
    failed: bool = False
    cut: bool = False
    looks: int = 0
    waited: float = 0.0
    expected: float = 0.0
    draft: str = ""
    pinned: bool = False
    render: str = ""
    renders: int = 0
    starts: int = 0
    resolution: str = ""
    url: str = ""
    page: str = ""

    @property
    def linked(self) -> tuple[Attachment, ...]:
        """The links as the references that they came in as, to be kept or used once more."""
        return tuple(Attachment(f"url:{link}") for link in self.links)


@dataclass(frozen=True, slots=True)
class Job:
    """One wish as a row. `due`, `created` and `told` (last visible news) are seconds since the
    epoch.

    `pile` is written by what people send and `facts` by the steps, so that neither overwrites the
    other. `clip` is what the platform called the delivered video, for posting it again. `secret` is
    a sealed token that is being tried; however that ends, it goes with it (`advance`)."""

    id: int
    lane: str
    user: str
    address: Address
    plan: Plan
    step: Step
    facts: Facts = Facts()
    bundle: Bundle = Bundle()
    language: str = "en"
    skill: str = ""
    state: State = State.OPEN
    attempts: int = 0
    begun: int = 0
    version: int = 0
    due: float = 0.0
    created: float = 0.0
    told: float = 0.0
    cancelled: bool = False
    private: bool = True
    reply_to: str = ""
    ticket: Ticket | None = None
    backs: int = 0
    clip: str = ""
    space: str = ""
    aside: Address | None = None
    secret: str = field(default="", repr=False)

    @property
    def named_files(self) -> tuple[Attachment, ...]:
        """Every file that it names: what came for it, and what is used of that."""
        return (*self.facts.files, *self.bundle.files)

    @property
    def video(self) -> str:
        """The link of the video that came of it, empty where none did: then there is nothing to
        list or post again."""
        return self.facts.url if self.state is State.DONE and not self.facts.blocked else ""
