"""What requests cost of the operator's credits: written with the request itself, in the same
transaction, so that each is counted once whatever is killed; and the sums of it, as triggers
keep them."""

from collections.abc import Iterable
from functools import lru_cache

from core.domain.limits import (
    USUAL_SAMPLE,
    Charge,
    Charged,
    Held,
    Period,
    Spending,
    Used,
    abandoned,
    charge_of,
    period_begins,
    usual_of,
)
from core.domain.privacy import lifetime
from core.domain.requests import USUAL_CREDITS, Job, Payer, Plan, State, Step
from core.domain.spans import DAY
from core.store.database import Database
from core.store.statements import accounts, rows

QUARTER = 900
"""Seconds; a day begins at a quarter of an hour wherever the bot runs."""
WHOSE = "whose = ? AND platform = ? AND name = ?"
_SPENT = f"""
    SELECT COALESCE(SUM(credits), 0) FROM (
        SELECT credits FROM spent_sums WHERE {WHOSE} AND span = {QUARTER} AND at >= ? AND at < ?
        UNION ALL
        SELECT credits FROM spent_sums WHERE {WHOSE} AND span = {DAY:.0f} AND at >= ?
    ) AS pieces
"""  # noqa: S608 (numbers of ours)
"""By quarters of an hour up to the next midnight of UTC, and by days from there on."""
NUMBER = "CAST(? AS INTEGER)"
USUAL = f"CASE plan WHEN 'edit' THEN {NUMBER} ELSE {NUMBER} END"
_HELD = f"""
    SELECT COALESCE(SUM(credits + unknown * {USUAL}), 0) FROM held_sums
    WHERE {WHOSE} AND held >= ?
"""  # noqa: S608 (text of ours)
USED = f"SELECT ({_HELD}) AS held, ({_SPENT}) AS day, ({_SPENT}) AS month"
OWN = f"SELECT COALESCE(credits, {USUAL}) AS own FROM charges WHERE job = ? AND held >= ?"  # noqa: S608

UNKNOWN = """
    SELECT COALESCE(SUM(unknown), 0) - (
        SELECT COUNT(*) FROM charges WHERE job = ? AND held = ? AND credits IS NULL
    ) AS others FROM held_sums WHERE whose = 'bot' AND platform = '' AND name = '' AND held = ?
"""


def _begun(now: float) -> tuple[int, ...]:
    """When this day and this month have begun: at a quarter of an hour, and so it was when the
    present one began."""
    return _begun_by(int(now // QUARTER))


@lru_cache(maxsize=4)  # asked several times for each request
def _begun_by(quarter: int) -> tuple[int, ...]:
    now = quarter * QUARTER
    return tuple(int(period_begins(period, now)) // QUARTER * QUARTER for period in Period)


def unknown(db: Database, held: Held, but: int) -> int:
    """Requests that hold credits so, nobody knows how many; without one of them."""
    row = rows.one(db, UNKNOWN, but, held, held)
    return int(row["others"]) if row is not None else 0


class Look:
    """As of one moment; of what is held, `least` and more, but for that of one request. `make` and
    `edit` are what such requests usually cost."""

    def __init__(
        self, db: Database, now: float, least: Held, but: int, make: int, edit: int
    ) -> None:
        self._db, self._least, self._costs = db, least, (edit, make)
        self._since = [(first, -(-first // int(DAY)) * int(DAY)) for first in _begun(now)]
        own = rows.one(db, OWN, *self._costs, but, least) if but else None
        self._own = round(own["own"]) if own is not None else 0

    def used(self, whose: str, platform: str = "", name: str = "") -> Used:
        """By a "user" (their code), a "group" or the "bot", in this day and month."""
        which = (whose, platform, name)
        pieces = [(*which, first, midnight, *which, midnight) for first, midnight in self._since]
        row = rows.one(self._db, USED, *self._costs, *which, self._least, *pieces[0], *pieces[1])
        assert row is not None, "sums are always there"
        held = round(row["held"]) - self._own
        return Used(round(row["day"]) + held, round(row["month"]) + held)


def write(db: Database, job: Job, now: float) -> None:
    """As the request stands from now on."""
    found = charge_of(job)
    if found is None:
        db.execute("DELETE FROM charges WHERE job = ?", (job.id,))
    else:
        _put(db, job, found, now)


def _put(db: Database, job: Job, charge: Charge, now: float) -> None:
    """Most steps change nothing of it, and the sums go with each write."""
    spent = charge.held is Held.SPENT
    credits = expected(db, job.plan) if spent and charge.credits is None else charge.credits
    row = rows.one(db, "SELECT plan, held, credits, at FROM charges WHERE job = ?", job.id)
    if row is None:
        _insert(db, job, charge.held, now, credits)
        return
    same = (row["held"], row["credits"]) == (charge.held, credits)
    if not same or row["plan"] != job.plan:
        sql = "UPDATE charges SET plan = ?, held = ?, credits = ?, at = ? WHERE job = ?"
        db.execute(sql, (job.plan, charge.held, credits, row["at"] if same else now, job.id))


def _insert(db: Database, job: Job, held: Held, now: float, credits: float | None) -> None:
    platform = job.address.platform
    db.execute(
        "INSERT INTO charges (job, platform, who, space, plan, held, at, credits)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(job.id, platform, accounts.code(db, job.user, platform)),
            *(job.space, job.plan, held, now, credits),
        ),
    )


def forget(db: Database, jobs: Iterable[Job], now: float) -> None:
    """Before the rows of a user are erased: what is under way counts as far as it may be paid for.
    No row here has a name in it."""
    for job in jobs:
        if job.state is State.OPEN:
            write(db, abandoned(job), now)


def for_step(db: Database, job: Job, now: float) -> Charged:
    """What a claimed request has to know. From the question what it costs on it holds as much: of
    two that are asked at the same time, the second sees the first."""
    if job.step is Step.PRICE and job.progress.connection.payer is Payer.OPERATOR:
        _put(db, job, Charge(None, Held.AT_ITS_TURN), now)
        return charged(db, job.address.platform, job.user, job.space, now, but=job.id)
    if job.step is Step.CHECK and job.progress.connection.payer is Payer.OPERATOR:
        make, edit = expected(db, Plan.MAKE), expected(db, Plan.EDIT)
        return Charged(make=make, edit=edit, beside=_beside(db, job))
    if job.step in (Step.GATHER, Step.BALANCE):
        return charged(db, job.address.platform, job.user, job.space, now, least=Held.WAITING)
    return Charged()


def _beside(db: Database, job: Job) -> bool:
    """Whether the balance has shrunk for others as well since this request looked at it."""
    seen, sql = job.progress.price.seen, "SELECT 1 FROM charges WHERE held = ? AND job != ?"
    if unknown(db, Held.AT_ITS_TURN, but=job.id):
        return True
    since = f"{sql} AND at >= ? LIMIT 1"
    return any(rows.one(db, since, held, job.id, seen) for held in (Held.AT_ITS_TURN, Held.SPENT))


def charged(
    db: Database,
    platform: str,
    user: str,
    space: str,
    now: float,
    *,
    least: Held = Held.AT_ITS_TURN,
    but: int = 0,
    who: str = "",
) -> Charged:
    """What this user, everybody in this group and everybody have used; of what is held, `least` and
    more, but for that of one request. `who` is the user's code where that is known."""
    who = who or accounts.code(db, user, platform)
    prices = expected(db, Plan.MAKE), expected(db, Plan.EDIT)
    look = Look(db, now, least, but, *prices)
    return Charged(
        user=look.used("user", platform, who),
        group=look.used("group", platform, space) if space else Used(),
        bot=look.used("bot"),
        raised=_raised(db, platform, who, now),
        make=prices[0],
        edit=prices[1],
        own=_own(db, platform, user),
    )


def _raised(db: Database, platform: str, who: str, now: float) -> Used:
    sql = "SELECT at, credits FROM raised WHERE platform = ? AND who = ? AND at >= ?"
    since = _begun(now)
    found = list(rows.every(db, sql, platform, who, min(since)))
    return Used(*(round(sum(it["credits"] for it in found if it["at"] >= at)) for at in since))


def _own(db: Database, platform: str, user: str) -> bool:
    sql = "SELECT own FROM accounts WHERE platform = ? AND user = ?"
    row = rows.one(db, sql, platform, user)
    return bool(row and row["own"])


def expected(db: Database, plan: Plan) -> int:
    """What such a request usually costs."""
    return round(price(db, plan)) or USUAL_CREDITS[plan]


def price(db: Database, plan: Plan) -> float:
    """The same as far as anything is known of it, else 0."""
    sql = "SELECT spent FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id DESC LIMIT ?"
    return usual_of([row["spent"] for row in rows.every(db, sql, plan, USUAL_SAMPLE)])


def spending_of(db: Database, job: Job, now: float) -> Spending:
    """Credits that a user, and everybody in the job's group, have spent in the last thirty days."""
    sql = "SELECT COALESCE(SUM(spent), 0.0) AS spent FROM jobs WHERE created > ? AND platform = ?"
    since, platform = now - lifetime("requests"), job.address.platform
    mine = rows.one(db, f"{sql} AND user = ?", since, platform, job.user)
    group = f"{sql} AND {accounts.GROUP} = ?"
    ours = rows.one(db, group, since, platform, job.space) if job.space else None
    return Spending(round(mine["spent"]) if mine else 0, round(ours["spent"]) if ours else 0)


def seconds(db: Database, plan: str) -> float:
    """What the last finished requests of this kind usually took, in seconds."""
    sql = (
        "SELECT ended - created AS took FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id "
        "DESC LIMIT ?"
    )
    return usual_of([row["took"] for row in rows.every(db, sql, plan, USUAL_SAMPLE)])
