"""What has been asked for and paid: loaded for the limits of the hour and the day, and for the
balance. What counts is decided in core.domain.admission."""

from dataclasses import dataclass

from core.domain import admission
from core.domain.admission import COUNTED, Counted, Space, Spending, Spent
from core.domain.privacy import lifetime
from core.domain.requests import Job
from core.domain.spans import DAY
from core.settings import Limits
from core.store.statements import pseudonyms, rows
from core.store.statements.database import Database

_PLANS = ", ".join(f"'{plan}'" for plan in sorted(COUNTED))
TRIED = f"plan IN ({_PLANS})"
PAID = f"{TRIED} AND (state = 'open' OR state = 'done' AND sent = 1)"
"""As core.domain.admission.tried; indexes hold these alone."""
_LAST = """
    SELECT created FROM jobs WHERE platform = ? AND {} = ? AND created > ? AND {}
    UNION ALL SELECT created FROM forgotten WHERE platform = ? AND {} = ? AND created > ? AND {}
    ORDER BY created DESC LIMIT ?
"""
"""Requests and what is left of those of forgotten users, of one user or one group."""


def spent_by(
    db: Database, platform: str, user: str, who: str, space: str, counted: Counted, now: float
) -> Spent:
    """When paid requests began in the last day, those of users who are forgotten since included:
    they are known by their code, `who`; the newest, so many of each as are `counted`."""
    look = _Look(db, platform, now - DAY)
    group, tried = (counted.group, counted.tried_group) if space else (0, 0)
    return Spent(
        user=look.paid("user", user, "who", who, counted.user),
        group=look.paid("space", space, "space", space, group),
        tried_user=look.tried("user", user, "who", who, counted.tried_user),
        tried_group=look.tried("space", space, "space", space, tried),
    )


def of_the_day(db: Database, job: Job, limits: Limits, space: Space, now: float) -> Spent:
    """What the limits of the day look at, as of one request."""
    counted = admission.counted_for_room(limits, space)
    platform = job.address.platform
    who = pseudonyms.code(db, job.user, platform) if counted.user else ""
    return spent_by(db, platform, job.user, who, job.space, counted, now)


@dataclass(frozen=True, slots=True)
class _Look:
    """The last requests on a platform since a moment, oldest first: of whom a column of `jobs`
    names, and another one of `forgotten`; at most so many."""

    db: Database
    platform: str
    since: float

    def paid(self, column: str, name: str, other: str, code: str, most: int) -> tuple[float, ...]:
        """Those that are paid for, or still may be."""
        return self._last(_LAST.format(column, PAID, other, "paid = 1"), name, code, most)

    def tried(self, column: str, name: str, other: str, code: str, most: int) -> tuple[float, ...]:
        """Whatever came of them."""
        return self._last(_LAST.format(column, TRIED, other, "TRUE"), name, code, most)

    def _last(self, sql: str, name: str, code: str, most: int) -> tuple[float, ...]:
        if not most:
            return ()
        begun = (self.platform, name, self.since, self.platform, code, self.since)
        return tuple(row["created"] for row in rows.every(self.db, sql, *begun, most))[::-1]


def spending_of(db: Database, job: Job, now: float) -> Spending:
    """Credits that a user, and everybody in the job's group, have spent in the last thirty days."""
    sql = "SELECT COALESCE(SUM(spent), 0.0) AS spent FROM jobs WHERE created > ? AND platform = ?"
    since, platform = now - lifetime("requests"), job.address.platform
    mine = rows.one(db, f"{sql} AND user = ?", since, platform, job.user)
    ours = rows.one(db, f"{sql} AND space = ?", since, platform, job.space) if job.space else None
    return Spending(round(mine["spent"]) if mine else 0, round(ours["spent"]) if ours else 0)
