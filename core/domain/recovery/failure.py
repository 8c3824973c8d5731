"""A step that failed, and what the words about it may need."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.domain import replies, requests
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    SELF,
    Account,
    Fail,
    Job,
    Kept,
    Notice,
    Outcome,
    Plan,
    Project,
    Step,
    files_of,
)
from core.domain.tokens import PaymentOptions
from core.i18n import text
from core.media import ACCEPTED
from core.messages import Attachment, Button, Command
from core.settings import Settings
from core.skills import Skill

FORMATS = ", ".join(ACCEPTED).upper()
"""What files may be, for people."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: the job, the error and the time, and what the words may need.

    `luck` is a random number from 0 to 1, so that many jobs that failed together do not all come
    back together. `project` is the chat's, None where there is none. `crowded`: the service refuses
    this turn because others of ours are under way."""

    job: Job
    error: Exception
    now: float
    settings: Settings
    skill: Skill
    account: Account
    payment_options: PaymentOptions
    project: Project | None = None
    luck: float = 1.0
    crowded: bool = False

    @property
    def files(self) -> list[Attachment]:
        """The files of the request, those that came late included."""
        return files_of(self.job)

    @property
    def bind(self) -> str:
        """What binds what was made to a free account, as far as it is known."""
        session = self.job.progress.connection.session
        return session.bind if session and session.bind else self.account.anonymous

    @property
    def maker(self) -> int:
        """The job whose files the chat's project began with, 0 if unknown."""
        return self.project.maker if self.project else 0

    def notice(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The last words of a failing job."""
        return Notice(text(key, self.job.language, **params), rows, final=True)

    def say_aside(self, key: str, *rows: tuple[Button, ...], **params: object) -> Notice:
        """The same for its user alone: an account, or the link that makes all of its videos theirs,
        is in there."""
        return replace(self.notice(key, *rows, **params), discreet=not self.job.private)

    def button(self, label: str, command: Command, words: str = "", job: int = SELF) -> Button:
        """A button that names this job, or another one."""
        return Button(text(f"button.{label}", self.job.language), command, job, words)

    @property
    def everything(self) -> Kept | None:
        """All that the user sent, for the chat to hold; None where the job brought nothing, or has
        used it."""
        asks = self.job.plan in (Plan.MAKE, Plan.EDIT) and not after_paid(self.job)
        return requests.keep_everything(self.job) if asks else None

    @property
    def again(self) -> tuple[tuple[Button, ...], ...]:
        """A row to run the wish once more, where there was one; after the paid turn, to export what
        came of it."""
        if after_paid(self.job) or self.job.plan in FILMS:
            return ((self.button("export", Command.EXPORT),),)
        return (
            ((self.button("again", Command.AGAIN),),)
            if self.job.plan in (Plan.MAKE, Plan.EDIT)
            else ()
        )

    @property
    def platform(self) -> str:
        """The chat platform as people call it."""
        return self.job.address.platform.capitalize()

    def over(self, key: str, **params: object) -> Fail:
        """The end of a job that can go on no longer.

        Before the paid turn what was sent is handed back. After it the project is there, and may
        hold the video."""
        job = self.job
        if job.progress.copy is not None:
            return Fail(replies.copy_failed("copy.failed", job, job.progress.copy))
        if job.plan in READ_ONLY:
            return Fail(self.say_aside("trouble.try_later"))
        if after_paid(job) or job.plan in FILMS:
            return Fail(self.notice(f"{key}_later", *self.again, **params), project=begun(job))
        return Fail(self.notice(key, *self.again, **params), self.everything)


FILMS = (Plan.EXPORT, Plan.WATCH, Plan.RESTORE)
"""Plans that make a film of what is there."""
Remedy = Callable[[Failure], Outcome]


def before_paid(job: Job) -> bool:
    """Whether the paid request of this job has certainly not been accepted yet."""
    steps = PLANS[job.plan]
    return Step.GENERATE in steps and steps.index(job.step) <= steps.index(Step.GENERATE)


def after_paid(job: Job) -> bool:
    """Whether the job has a paid request, and it was sent."""
    return Step.GENERATE in PLANS[job.plan] and not before_paid(job)


def begun(job: Job) -> Project | None:
    """The project of a job whose turn was sent: it may hold a video, so new photos do not go into
    it."""
    payer, session = job.progress.connection.payer, job.progress.connection.session
    if not after_paid(job) or payer is None or session is None:
        return None
    return Project(
        session.id,
        session.task,
        session.bind,
        payer,
        made=True,
        maker=job.id if job.progress.connection.fresh else 0,
    )
