"""What is done to the whole bot, how it stands, and what people are told while it is being looked
after."""

from dataclasses import dataclass

from core.domain.operating.news import News
from core.domain.requests import READ_ONLY, Job, Notice, Plan, Step, cancel_buttons, to_outbound
from core.i18n import text
from core.messages import Outbound


@dataclass(frozen=True, slots=True)
class Pause:
    """The bot is being looked after since `at` (seconds since the epoch): what is asked for waits.
    `words` are those of whoever said so, empty for ours."""

    at: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """What waits goes on."""


@dataclass(frozen=True, slots=True)
class Ban:
    """One person is answered no more."""

    platform: str
    user: str


@dataclass(frozen=True, slots=True)
class Unban:
    """They are answered again."""

    platform: str
    user: str


@dataclass(frozen=True, slots=True)
class Draft:
    """News that an admin has yet to say yes to; one before it that is still a draft is dropped."""

    news: News


@dataclass(frozen=True, slots=True)
class Announce:
    """The draft of this key goes out, if it is one still and no other is on its way."""

    key: str


@dataclass(frozen=True, slots=True)
class Hush:
    """The news of this key go no further; a draft is dropped."""

    key: str


@dataclass(frozen=True, slots=True)
class Raise:
    """One person may spend so many more of the operator's credits today; None: as many as they
    have spent today, so that their day begins anew."""

    platform: str
    user: str
    credits: int | None


Operation = Pause | Resume | Ban | Unban | Draft | Announce | Hush | Raise


@dataclass(frozen=True, slots=True)
class Overview:
    """How the bot stands. `done`, `failed`, `stopped` and `credits` are those of the last day,
    `tokens` the free ones given in seven; `under_way` counts requests, and `waiting` those of them
    that a pause holds or would hold; `owed` messages that are not posted yet, `people` those who
    can be written to, `banned` those who are answered no more, `news` the last of them."""

    done: int = 0
    failed: int = 0
    stopped: int = 0
    credits: int = 0
    tokens: int = 0
    under_way: int = 0
    waiting: int = 0
    owed: int = 0
    people: int = 0
    banned: int = 0
    news: News | None = None


UNASKED = Overview()
"""What is known of it where nobody has asked."""
FREE = READ_ONLY | {Plan.WATCH}
"""Plans that a pause does not hold: they are answered at once, or about what was paid for."""
UNPAID_STEPS = (Step.CONNECT, Step.BRING, Step.UPLOAD, Step.PRICE, Step.SNAPSHOT, Step.RESTORE)
"""Before a turn is paid for. Photos are gathered all the same: nobody stays without an answer."""


def unpaid(job: Job) -> bool:
    """Whether its turn has surely not been sent, nor what is free of charge begun: a pause holds
    it, and a ban calls it off."""
    if job.plan in FREE:
        return False
    if job.step is Step.GENERATE:
        return job.claims == 0
    return job.step in UNPAID_STEPS and job.progress.turn.snapshot is None


def called_off(job: Job) -> bool:
    """Whether a ban of its user ends it: all that is not paid for, photos that gather included."""
    return unpaid(job) or job.step in (Step.GATHER, Step.COLLECT)


def paused_words(pause: Pause, language: str) -> str:
    """Why nothing happens, and that it goes on by itself; the words of whoever paused it first."""
    ours = text("operating.held_back" if pause.words else "operating.looked_after", language)
    return "\n".join(filter(None, (pause.words, ours)))


def held_back_status(job: Job, pause: Pause) -> Outbound:
    """The status of a request that waits for the end of the pause."""
    return to_outbound(job, Notice(paused_words(pause, job.language), cancel_buttons(job.language)))
