"""What requests cost of the operator's credits: written with the request itself, in the same
transaction, so that each is counted once whatever is killed."""

from collections.abc import Iterable

from core.domain.budgets import Charge, Charged, Held, Span, Used, abandoned, begins, charge
from core.domain.requests import USUAL_CREDITS, Job, Payer, Plan, State, Step
from core.domain.requests.counting import SAMPLE, usual
from core.store.statements import pseudonyms, rows, sums
from core.store.statements.database import Database


def write(db: Database, job: Job, now: float) -> None:
    """As the request stands from now on."""
    found = charge(job)
    if found is None:
        db.execute("DELETE FROM charges WHERE job = ?", (job.id,))
    else:
        _put(db, job, found, now)


def _put(db: Database, job: Job, charge: Charge, now: float) -> None:
    spent = charge.held is Held.SPENT
    credits = expected(db, job.plan) if spent and charge.credits is None else charge.credits
    platform = job.address.platform
    db.execute(
        "INSERT INTO charges (job, platform, who, space, plan, held, at, credits)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job) DO UPDATE"
        " SET plan = excluded.plan, held = excluded.held, credits = excluded.credits, at = CASE"
        " WHEN charges.held = excluded.held AND COALESCE(charges.credits, -1) ="
        " COALESCE(excluded.credits, -1) THEN charges.at ELSE excluded.at END",
        (
            job.id,
            platform,
            pseudonyms.code(db, job.user, platform),
            job.space,
            job.plan,
            charge.held,
            now,
            credits,
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
    if sums.unknown(db, Held.AT_ITS_TURN, but=job.id):
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
) -> Charged:
    """What this user, everybody in this group and everybody have used; of what is held, `least` and
    more, but for that of one request."""
    who = pseudonyms.code(db, user, platform)
    prices = expected(db, Plan.MAKE), expected(db, Plan.EDIT)
    look = sums.Look(db, now, least, but, *prices)
    return Charged(
        user=look.used("user", platform, who),
        group=look.used("group", platform, space) if space else Used(),
        bot=look.used("bot"),
        raised=_raised(db, platform, who, now),
        make=prices[0],
        edit=prices[1],
        own=_own(db, platform, user),
    )


def raise_by(db: Database, platform: str, user: str, credits: int | None, now: float) -> None:
    """This person may spend so many more today; None: as many as they have used."""
    who = pseudonyms.code(db, user, platform)
    if credits is None:
        credits = charged(db, platform, user, "", now).user.day
    sql = "INSERT INTO raised (platform, who, at, credits) VALUES (?, ?, ?, ?)"
    db.execute(sql, (platform, who, now, credits))


def _raised(db: Database, platform: str, who: str, now: float) -> Used:
    sql = (
        "SELECT COALESCE(SUM(credits), 0) AS more FROM raised"
        " WHERE platform = ? AND who = ? AND at >= ?"
    )
    found = (rows.one(db, sql, platform, who, begins(span, now)) for span in Span)
    return Used(*(round(row["more"]) for row in found if row is not None))


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
    return usual([row["spent"] for row in rows.every(db, sql, plan, SAMPLE)])
