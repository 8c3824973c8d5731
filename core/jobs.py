"""A wish as a row: the job, its plan, what it has learnt, and the pure step forward.

How it works. A job is one wish of one person, stored before it is acknowledged. Its *plan* is a row of *steps*, each of
which makes at most one request, so that between any two requests everything known is on disk. A step ends in one of
five outcomes, and `advance` turns job + outcome into the next job and the words to post; the store writes both in one
transaction. Nothing else moves a job.

* **Next**: done, go to the following step, or end here (`last`). Resets the attempts: only failures count.
* **Again**: not finished, look again after some seconds (polling, a second photo, a look at the state).
* **Retry**: it failed in a way that passes; the same step later, one attempt more.
* **Back**: something earlier has to be made anew (a token, a session, an upload).
* **Fail**: over, with words.

`begun` counts how often a step was taken up without reporting back: taking a job adds 1, committing sets 0. A step that
finds more than 1 knows that an earlier run was killed in its middle, and must look before it acts; a paid request
(GENERATE) is then never repeated.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from core.gathering import Pile
from core.i18n import text
from core.messages import Address, Attachment, Button, Command, Outbound, Ticket, Video

SELF = 0
"""In a button's `job`: the job whose words carry the button (its id is not known before it is stored)."""


class Plan(StrEnum):
    """What kind of wish a job is."""

    MAKE = "make"
    EDIT = "edit"
    EXPORT = "export"
    STATUS = "status"
    CREDITS = "credits"
    LOGIN = "login"
    WATCH = "watch"
    ABANDON = "abandon"


class Step(StrEnum):
    """One request at most, then a commit."""

    GATHER = "gather"
    CONNECT = "connect"
    BRING = "bring"
    UPLOAD = "upload"
    MARK = "mark"
    GENERATE = "generate"
    CHECK = "check"
    NAME = "name"
    RENDER = "render"
    POLL = "poll"
    LINK = "link"
    REPORT = "report"
    BALANCE = "balance"
    VERIFY = "verify"
    PRICE = "price"
    SETTLE = "settle"
    ABANDON = "abandon"


_TURN = (Step.PRICE, Step.MARK, Step.GENERATE, Step.SETTLE, Step.CHECK)
_EXPORT = (Step.NAME, Step.RENDER, Step.POLL, Step.LINK)
PLANS: dict[Plan, tuple[Step, ...]] = {
    Plan.MAKE: (
        Step.GATHER,
        Step.CONNECT,
        Step.BRING,
        Step.UPLOAD,
        *_TURN,
        *_EXPORT,
    ),
    # An edit ends at CHECK, unless the backend's own answer tells the user to export (D38).
    Plan.EDIT: (Step.GATHER, Step.CONNECT, *_TURN, *_EXPORT),
    Plan.EXPORT: (Step.CONNECT, *_EXPORT),
    Plan.WATCH: (Step.CONNECT, Step.POLL, Step.LINK),
    Plan.ABANDON: (Step.ABANDON,),
    Plan.STATUS: (Step.CONNECT, Step.REPORT),
    Plan.CREDITS: (Step.CONNECT, Step.BALANCE),
    Plan.LOGIN: (Step.VERIFY,),
}
READ_ONLY = frozenset({Plan.STATUS, Plan.CREDITS, Plan.LOGIN, Plan.ABANDON})
"""Plans that change no draft: they need not wait behind a render."""


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
    """A user's NemoVideo identity. Tokens are sealed text; `expires` and `granted` are seconds since the epoch."""

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
    backend's last words were a question."""

    session: str
    task: str = ""
    bind: str = ""
    payer: Payer = Payer.ANONYMOUS
    made: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One file as it will be uploaded: our own name, its type and bytes; the local copy may be gone after a restart."""

    name: str
    mime: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a job has learnt so far. Plain text on disk: no token, ever.

    `words` were settled when the pile closed, with its first `lines` lines; what came later joins at the request.
    `files` are references; `parts` are the copies brought so far, in the same order. `doubt` says that the last
    request (upload, render) may or may not have arrived: look before sending it again. `mark` is the fingerprint of
    the state before the paid request and `before` its draft (JSON text). `heard` is what the backend answered, `raw`
    the same as it came, `actions` what it told the user to click, `summary` what changed on the timeline and `extras`
    the kinds of tracks that were added unasked. `asked` and `confirmed` are about the price; `balance` and `spent` are
    credits. `draft` is what is rendered; `pinned` says that it is an earlier version to be exported as it is. `resume`
    is the step to return to after a new token. `looks` counts looks at the state or polls of the render, `waited`
    their seconds.
    """

    words: str = ""
    lines: int = 0
    files: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    fresh: bool = False
    payer: Payer | None = None
    resume: Step | None = None
    session: str = ""
    task: str = ""
    bind: str = ""
    parts: tuple[Part, ...] = ()
    uploaded: bool = False
    upload_tries: int = 0
    doubt: bool = False
    mark: str = ""
    before: str = ""
    heard: str = ""
    summary: str = ""
    raw: str = ""
    timeline: str = ""
    actions: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    asked: bool = False
    confirmed: bool = False
    balance: int | None = None
    spent: int | None = None
    blocked: bool = False
    out_of_credits: bool = False
    failed: bool = False
    cut: bool = False
    looks: int = 0
    waited: float = 0.0
    draft: str = ""
    pinned: bool = False
    render: str = ""
    renders: int = 0
    resolution: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One wish as a row. `due`, `created` and `told` (last visible news) are seconds since the epoch.

    `pile` is written by what people send and `facts` by the steps, so that neither overwrites the other. `clip` is
    what the platform called the delivered video, for posting it again.
    """

    id: int
    lane: str
    user: str
    address: Address
    plan: Plan
    step: Step
    facts: Facts = Facts()
    pile: Pile = Pile()
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


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the user. `final` rings as a new message; otherwise the status message is edited in place."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    video: Video | None = None
    final: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Photos and words to hold for the chat, so that nothing is lost when a job ends without using them."""

    files: tuple[Attachment, ...] = ()
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """Done: on to the following step, or the end (`last`). `spawn` are jobs that take this one's place."""

    facts: Facts
    say: Say | None = None
    last: bool = False
    account: Account | None = None
    project: Project | None = None
    keep: Keep | None = None
    plan: Plan | None = None
    skill: str = ""
    spawn: tuple[Job, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """Not finished: the same step once more after so many seconds; no attempt is used up."""

    facts: Facts
    after: float = 0.0
    say: Say | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """A failure that passes: the same step after so many seconds, one attempt more."""

    after: float
    say: Say | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """Something has to be made anew, from the step `to` on. `drop_token` and `drop_project` forget what is no good.

    `closed_until` is that of Fail.
    """

    facts: Facts
    to: Step
    say: Say | None = None
    drop_token: bool = False
    drop_project: bool = False
    after: float = 0.0
    closed_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Fail:
    """Over, with words. `closed_until` stops asking for new anonymous tokens until then (D3)."""

    say: Say
    keep: Keep | None = None
    drop_project: bool = False
    closed_until: float = 0.0


Outcome = Next | Again | Retry | Back | Fail


@dataclass(frozen=True, slots=True)
class Advanced:
    """The job after an outcome, the words to post with it, and whether the project or the token is to be forgotten."""

    job: Job
    posts: tuple[Outbound, ...] = ()
    account: Account | None = None
    project: Project | None = None
    drop_project: bool = False
    drop_token: bool = False
    keep: Keep | None = None
    closed_until: float = 0.0
    spawn: tuple[Job, ...] = ()


def following(plan: Plan, step: Step) -> Step | None:
    """The step after this one, None at the end of the plan."""
    steps = PLANS[plan]
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def advance(job: Job, outcome: Outcome, now: float) -> Advanced:
    """Move a job on by the outcome of its step. Pure: the same job and outcome give the same result."""
    job = replace(job, begun=0, version=job.version)
    match outcome:
        case Next():
            return _next(job, outcome, now)
        case Again():
            moved = replace(job, facts=outcome.facts, attempts=0, due=now + outcome.after)
            return Advanced(*_told(moved, outcome.say, now), account=outcome.account)
        case Retry():
            moved = replace(job, facts=outcome.facts or job.facts, attempts=job.attempts + 1, due=now + outcome.after)
            return Advanced(*_told(moved, outcome.say, now))
        case Back():
            moved = replace(job, facts=outcome.facts, step=outcome.to, attempts=0, due=now + outcome.after)
            moved = replace(moved, backs=job.backs + 1)
            return Advanced(
                *_told(moved, outcome.say, now),
                drop_token=outcome.drop_token,
                drop_project=outcome.drop_project,
                closed_until=outcome.closed_until,
            )
        case Fail():
            moved = replace(job, state=State.FAILED, due=now)
            return Advanced(
                *_told(moved, outcome.say, now),
                drop_project=outcome.drop_project,
                keep=outcome.keep,
                closed_until=outcome.closed_until,
            )
        case _:
            assert_never(outcome)


def _next(job: Job, outcome: Next, now: float) -> Advanced:
    plan = outcome.plan or job.plan
    step = None if outcome.last else following(plan, job.step)
    moved = replace(job, plan=plan, facts=outcome.facts, attempts=0, due=now, skill=outcome.skill or job.skill)
    moved = replace(moved, state=State.DONE) if step is None else replace(moved, step=step)
    return Advanced(
        *_told(moved, outcome.say, now),
        account=outcome.account,
        project=outcome.project,
        keep=outcome.keep,
        spawn=outcome.spawn,
    )


def slot(job: Job | int) -> str:
    """The slot of a job's status message."""
    return f"job-{job if isinstance(job, int) else job.id}"


def _told(job: Job, say: Say | None, now: float) -> tuple[Job, tuple[Outbound, ...]]:
    if say is None:
        return job, ()
    posts = [to_outbound(job, say)]
    if say.final and job.told and job.state is not State.OPEN:
        # The status message has had its day: the result rings below it.
        ended = "status.done" if job.state is State.DONE else "status.stopped"
        posts.insert(0, to_outbound(job, Say(text(ended, job.language))))
    return replace(job, told=now), tuple(posts)


def cancel_buttons(language: str) -> tuple[tuple[Button, ...], ...]:
    """The one button under a running status."""
    return ((Button(text("button.cancel", language), Command.CANCEL, SELF),),)


def _naming(button: Button, job: Job) -> Button:
    return replace(button, job=job.id) if button.job == SELF else button


def to_outbound(job: Job, say: Say) -> Outbound:
    """The words of a job as a message to its user: the status in place and silent, or the ringing result.

    The status of a running job always offers to cancel it.
    """
    running = not say.final and job.state is State.OPEN
    buttons = say.buttons or (cancel_buttons(job.language) if running else ())
    aside = job.aside if say.discreet and job.ticket is None else None
    return Outbound(
        address=aside or job.address,
        text=say.text,
        video=say.video,
        buttons=tuple(tuple(_naming(button, job) for button in row) for row in buttons),
        slot="" if say.final else slot(job),
        silent=not say.final,
        working=running,
        discreet=say.discreet,
        reply_to="" if aside else job.reply_to,
        ticket=job.ticket,
        user=job.user,
        job=job.id,
    )
