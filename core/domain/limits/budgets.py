"""How many of the operator's credits one person, one group and everybody together may spend, in a
day and in a month; what is under way counts with what it is expected to cost.

Days and months are those of the machine's own time, as in the report. Who pays with a token of
their own, or with a free one, spends nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum

from core.domain.limits.admission import COUNTED_PLANS, Verdict
from core.domain.requests import PLANS, USUAL_CREDITS, Job, Payer, Plan, State, Step
from core.settings import Limits


class Held(IntEnum):
    """What the credits of a request are: the larger, the nearer they are to being spent."""

    SPENT = 0
    """It is over, and this is what it has cost."""
    WAITING = 1
    """It has yet to come to its paid turn: whoever asks for one more must leave it that much."""
    AT_ITS_TURN = 2
    """Its turn is being sent, or what that has cost is being found out."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one request has cost of the operator's credits, or holds of them; None: as much as such
    a request usually costs."""

    credits: int | None
    held: Held


def charge_of(job: Job) -> Charge | None:
    """What a request counts for as it stands, None for nothing. What came to nothing gives back
    what it held; what has been paid for counts also where nobody could learn how much it was."""
    payer, known = job.progress.connection.payer, job.progress.price.spent
    if job.plan not in COUNTED_PLANS or payer not in (None, Payer.OPERATOR):
        return None
    if job.state is not State.OPEN:
        paid = bool(known) if known is not None else _paid(job)
        return Charge(known, Held.SPENT) if paid and payer else None
    if _begun(job):
        return Charge(known, Held.AT_ITS_TURN) if payer else None
    idle = job.step is Step.GATHER and not job.bundle.addressed
    return None if idle or job.progress.price.unanswered else Charge(None, Held.WAITING)


def _begun(job: Job) -> bool:
    """Whether it has passed the question what it costs."""
    return job.progress.turn.snapshot is not None or _is_past(job, Step.PRICE)


def _paid(job: Job) -> bool:
    """Whether the paid turn of a request that is over was carried out: a turn that failed or was
    lost has cost nothing as far as anybody knows, and one whose video failed later was paid for."""
    if job.progress.turn.snapshot is None:
        return False
    return _is_past(job, Step.GENERATE if job.state is not State.FAILED else Step.CHECK)


def _is_past(job: Job, step: Step) -> bool:
    steps, at = PLANS[job.plan], job.progress.connection.resume or job.step
    return at in steps and steps.index(at) > steps.index(step)


def abandoned(job: Job) -> Job:
    """An open request as it counts once its row is gone: nobody will learn what its turn has cost,
    if that is being sent."""
    sent = job.step is Step.GENERATE and job.claims
    return replace(job, state=State.CANCELLED, step=Step.CHECK if sent else job.step)


@dataclass(frozen=True, slots=True)
class Used:
    """Credits of this day and of this month, with those that are held for what is under way."""

    day: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Charged:
    """What one person, everybody in their group and everybody have used of the operator's credits,
    `raised` by how much admins have raised the person's budgets, and what a video and a change
    usually cost. `own`: the person pays with a token of their own. `beside`: others have paid from
    the operator's balance since a request has looked at it."""

    user: Used = Used()
    group: Used = Used()
    bot: Used = Used()
    raised: Used = Used()
    make: int = USUAL_CREDITS[Plan.MAKE]
    edit: int = USUAL_CREDITS[Plan.EDIT]
    own: bool = False
    beside: bool = False

    def price(self, plan: Plan) -> int:
        """What a request of this kind usually costs."""
        return self.make if plan is Plan.MAKE else self.edit


class Whose(StrEnum):
    """Whose budget it is."""

    USER = "user"
    GROUP = "group"
    BOT = "bot"


class Period(StrEnum):
    """The time that it is for."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget: so many credits (`limit`, never 0), how many of them are used, and when there
    are more (seconds since the epoch)."""

    whose: Whose
    period: Period
    limit: int
    used: int
    again: float

    @property
    def left(self) -> int:
        """Credits that may still be spent."""
        return max(0, self.limit - self.used)

    def fits(self, credits: int) -> bool:
        """Whether so much may be spent. What is more than a whole budget is not refused for ever:
        it may be all that is spent in that time."""
        return self.used + min(credits, self.limit) <= self.limit


def period_begins(period: Period, now: float) -> float:
    """When this day or month began (seconds since the epoch)."""
    return _first(period, now).timestamp()


def ends(period: Period, now: float) -> float:
    """When the next one begins."""
    first = _first(period, now)
    beyond = first + timedelta(days=1 if period is Period.DAY else 32)
    return (beyond if period is Period.DAY else beyond.replace(day=1)).timestamp()


def _first(period: Period, now: float) -> datetime:
    """Without a zone: a day on which the clocks are changed has no 24 hours."""
    here = datetime.fromtimestamp(now, UTC).astimezone().replace(tzinfo=None)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if period is Period.DAY else midnight.replace(day=1)


def budgets_in_force(
    limits: Limits, charged: Charged, *, group: bool, now: float
) -> tuple[Budget, ...]:
    """All budgets in force for somebody, in a group or not. One that is 0 is none."""
    user, more = charged.user, charged.raised
    rows = [
        (Whose.USER, Period.DAY, _raised(limits.budget_user_day, more.day), user.day),
        (Whose.USER, Period.MONTH, _raised(limits.budget_user_month, more.month), user.month),
        (Whose.BOT, Period.DAY, limits.budget_bot_day, charged.bot.day),
        (Whose.BOT, Period.MONTH, limits.budget_bot_month, charged.bot.month),
    ]
    if group:
        rows += [
            (Whose.GROUP, Period.DAY, limits.budget_group_day, charged.group.day),
            (Whose.GROUP, Period.MONTH, limits.budget_group_month, charged.group.month),
        ]
    limited = {period for _, period, limit, _ in rows if limit}
    again = {period: ends(period, now) for period in limited}
    return tuple(
        Budget(whose, period, limit, used, again[period])
        for whose, period, limit, used in rows
        if limit
    )


def _raised(limit: int, more: int) -> int:
    return limit and max(1, limit + more)


def within_budgets(of: Sequence[Budget], credits: int) -> Verdict:
    """Whether so much more may be spent; if not, the budget that holds it up for longest says when
    it may be."""
    passed = [budget for budget in of if not budget.fits(credits)]
    if not passed:
        return Verdict(True)
    last = max(passed, key=lambda budget: budget.again)
    reason = (
        "talk.budget_bot" if last.whose is Whose.BOT else f"talk.budget_{last.whose}_{last.period}"
    )
    return Verdict(False, reason, last.again, last.used, last.limit)


def videos_in_budgets(of: Sequence[Budget], each: int, held: int) -> int | None:
    """How many requests that cost `each` may be begun, by who holds so many credits for them
    already; None for any number. The first is judged by itself, when its turn has come."""
    left = [(budget.left + held) // max(1, each) for budget in of]
    return max(1, min(left)) if left else None
