"""What has been asked for and paid: loaded for the limits of the hour and the day, and for the
balance. What counts is decided in core.domain.requests.counting."""

from core.domain.admission import Spending, Spent
from core.domain.privacy import lifetime
from core.domain.requests import Job, Plan, State
from core.domain.requests.counting import Begun, Tried, spent
from core.domain.spans import DAY
from core.store.statements import pseudonyms, rows
from core.store.statements.database import Database, Row

SINCE = """
    SELECT created, plan, state, sent, NULL AS paid
    FROM jobs WHERE created > ? AND platform = ? AND {} = ?
    UNION ALL SELECT created, '', '', 0, paid
    FROM forgotten WHERE created > ? AND platform = ? AND {} = ?
"""
"""Requests and what is left of those of forgotten users, of one user or one group."""


def spent_by(db: Database, platform: str, user: str, space: str, now: float) -> Spent:
    """When paid requests began in the last day, those of users who are forgotten since included."""
    begun = (now - DAY, platform)
    who = pseudonyms.code(db, user, platform)
    mine = rows.every(db, SINCE.format("user", "who"), *begun, user, *begun, who)
    ours = (
        rows.every(db, SINCE.format("space", "space"), *begun, space, *begun, space)
        if space
        else ()
    )
    return spent(map(_tried, mine), map(_tried, ours))


def _tried(row: Row) -> Begun | Tried:
    if row["paid"] is not None:
        return Tried(row["created"], bool(row["paid"]))
    return Begun(row["created"], Plan(row["plan"]), State(row["state"]), bool(row["sent"]))


def spending_of(db: Database, job: Job, now: float) -> Spending:
    """Credits that a user, and everybody in the job's group, have spent in the last thirty days."""
    sql = "SELECT COALESCE(SUM(spent), 0.0) AS spent FROM jobs WHERE created > ? AND platform = ?"
    since, platform = now - lifetime("requests"), job.address.platform
    mine = rows.one(db, f"{sql} AND user = ?", since, platform, job.user)
    ours = rows.one(db, f"{sql} AND space = ?", since, platform, job.space) if job.space else None
    return Spending(round(mine["spent"]) if mine else 0, round(ours["spent"]) if ours else 0)
