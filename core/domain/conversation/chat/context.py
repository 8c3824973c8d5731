"""What a decision may look at, all that is known when somebody speaks, whether more may be begun,
and what it amounts to: words, and requests as they begin."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from core.domain.conversation.chat.memory import Chat
from core.domain.gathering import Bundle
from core.domain.limits import (
    Charged,
    Space,
    Spent,
    Verdict,
    budgets_in_force,
    within_budgets,
    within_daily_limits,
)
from core.domain.operating import UNASKED, Operation, Overview, Pause
from core.domain.reels import Reel, Reeled
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    Job,
    Notice,
    Payer,
    Plan,
    Progress,
    Project,
    Step,
)
from core.domain.tokens import operator_pays_for_all
from core.domain.versions import Versions
from core.messages import (
    Address,
    Document,
    Inbound,
    Outbound,
)
from core.settings import Settings
from core.skills import Presets, Skill


class Past(Enum):
    """The last requests here, newest first."""

    NONE = auto()
    ANY = auto()
    """Any that ended: an edited message may be about each of them."""
    VIDEOS = auto()
    """Those that ended with a video."""
    MADE = auto()
    """Those that made a video, not those that changed or exported one."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a decision needs beside the chat and the open requests: earlier ones, and whether the
    `versions` of their projects, and of the one that is spoken of. `overview`: how the whole bot
    stands; `charged`: what has been spent of the operator's credits."""

    past: Past = Past.NONE
    versions: bool = False
    overview: bool = False
    charged: bool = False


NO_LOOKUP = Lookup()
MOST = 5
"""Requests that are looked at: so many can be told apart, and fit under one message."""
SEVERAL = 25
"""Videos that are looked at: some are of one project."""
PAST_SEARCHED = 200
"""Requests among which they are sought: who has had none for so long is not kept waiting, and
nobody with them, for a search through all that there is."""


def past_at_most(past: Past) -> int:
    """How many of them are looked at."""
    return SEVERAL if past is Past.VIDEOS else MOST


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may look at. `open` are this chat's unfinished jobs, oldest first;
    `named` a button's job, and `answered` that of the message that this one answers. `about` is the
    project of either, where there is one: then it is `chat.project` for this message. `reel` is the
    group reel that the message is about.

    `past` are the last videos made here, newest first; `largest_download` is what the platform
    hands out (bytes, 0: no limit). `versions` are those of the project that the message is about,
    and `histories` those of every project that is looked at, by their sessions. `waiting` are this
    user's open requests and `owed` the messages not yet posted to them, wherever they are;
    `refused` is how often they were told each reason lately. `pause`: the bot is being looked
    after; `banned`: this person is answered no more. `overview` is how the whole bot
    stands, where one of those whom ADMINS names asks. `charged` is what has been spent of the
    operator's credits."""

    chat: Chat
    skills: Mapping[str, Skill]
    settings: Settings
    open: tuple[Job, ...] = ()
    named: Job | None = None
    past: tuple[Job, ...] = ()
    space: Space = Space()
    spent: Spent = Spent()
    waiting: int = 0
    owed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    largest_download: int = 0
    wanted: str = ""
    answered: Job | None = None
    about: Project | None = None
    presets: Presets = ()
    versions: Versions = Versions()
    histories: Mapping[str, Versions] = field(default_factory=dict)
    reel: Reel | None = None
    pause: Pause | None = None
    banned: bool = False
    overview: Overview = UNASKED
    charged: Charged = Charged()

    @property
    def settle(self) -> float:
        """Seconds to wait for more of the same request."""
        return self.settings.gather_seconds

    @property
    def skill(self) -> Skill:
        """The profile in force: the one `wanted` for this request alone, the chat's, or that of its
        group."""
        chosen = self.wanted or self.chat.skill or self.space.skill
        return self.skills.get(chosen) or self.skills[self.settings.nemo_skill]


@dataclass(frozen=True, slots=True)
class Start:
    """A job to store (its id is still 0) and the words that acknowledge it."""

    job: Job
    notice: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Grown:
    """A pile that took in one more message, when it closes, and the status words to go with it."""

    job: Job
    bundle: Bundle
    due: float
    notice: Notice | None = None

    def stored(self, now: float) -> Job:
        """The job with all of it. It closes later only while it still gathers."""
        gathers = self.job.step is Step.GATHER
        told = now if self.notice else self.job.notified_at
        due = self.due if gathers else self.job.due
        return replace(self.job, bundle=self.bundle, notified_at=told, due=due)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, written in one transaction: the chat, the words, the jobs to start, grow,
    confirm and cancel.

    `erase` deletes all that is kept of the user, `log_out` only their own token; `copy` adds what
    is kept to the words; `space` is what an admin has set for the group, `reel` what is new about a
    group reel, `operate` what is done to the whole bot, `refused` the reason if nothing was
    done."""

    chat: Chat
    posts: tuple[Outbound, ...] = ()
    start: tuple[Start, ...] = ()
    grow: tuple[Grown, ...] = ()
    cancel: tuple[int, ...] = ()
    confirm: tuple[int, ...] = ()
    erase: bool = False
    log_out: bool = False
    copy: bool = False
    space: Space | None = None
    reel: Reeled | None = None
    operate: Operation | None = None
    refused: str = ""

    def owed(self, copy: str) -> tuple[Outbound, ...]:
        """The words, with the copy of what is kept (empty: none was asked for): what a group is
        told besides carries nothing of it."""
        return tuple(
            replace(post, media=Document(copy)) if copy and post.discreet else post
            for post in self.posts
        )


def to_job(context: Context, inbound: Inbound, plan: Plan, progress: Progress, now: float) -> Job:
    """A job for this message, not stored yet. Jobs that change the draft share the chat's lock."""
    return Job(
        id=0,
        lock="" if plan in READ_ONLY else lock_of(inbound.address, inbound.user),
        user=inbound.user,
        address=inbound.address,
        plan=plan,
        step=PLANS[plan][0],
        progress=progress,
        language=context.chat.speaks,
        skill=context.skill.slug,
        due=now,
        created=now,
        private=inbound.place.private,
        reply_to="" if inbound.place.private else inbound.message,
        ticket=inbound.ticket,
        space=inbound.place.space,
        aside=inbound.place.aside,
        about=context.about,
    )


def lock_of(address: Address, user: str) -> str:
    """One user at one address: their requests run one after the other."""
    return "/".join((address.platform, address.chat, address.thread, user))


def afforded(context: Context, inbound: Inbound, now: float, plan: Plan = Plan.MAKE) -> Verdict:
    """Asked before anything is begun. What it really costs is asked for once more before it is
    paid."""
    limits = within_daily_limits(context.settings, context.space, context.spent, now)
    if not limits.allowed or not _operator_pays(context):
        return limits
    charged, group = context.charged, bool(inbound.place.space)
    in_force = budgets_in_force(context.settings, charged, group=group, now=now)
    return within_budgets(in_force, charged.price(plan))


def _operator_pays(context: Context) -> bool:
    """Whether nobody else can: neither the person nor whose token the project was made with."""
    project = context.chat.project
    others = context.charged.own or (project is not None and project.payer is not Payer.OPERATOR)
    return operator_pays_for_all(context.settings) and not others
