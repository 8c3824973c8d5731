"""What somebody has with us: the account that the service knows them by, its free tokens, and what
they have asked for, as far as limits count it. After /forget these outlast it, without a name.

Free tokens are counted for each address that asks for them: which were handed out to ours, and
until when it gets none. `egress` is the operator's name for that address, "" where there is but
one. What counts of requests is decided in core.domain.limits.admission."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from core.domain.limits import COUNTED_PLANS, Counted, Space, Spent, counted_for_videos
from core.domain.requests import Account, Job
from core.domain.spans import DAY
from core.domain.tokens import FREE_GRANTS, GRANT_LIFE, new_account
from core.settings import Limits
from core.store.database import Database
from core.store.statements import rows

CLOSED = "closed_until"
"""How the end of a refusal is called in the table of single values."""
_PLANS = ", ".join(f"'{plan}'" for plan in sorted(COUNTED_PLANS))
TRIED = f"plan IN ({_PLANS})"
PAID = f"{TRIED} AND (state = 'open' OR state = 'done' AND sent = 1)"
"""As core.domain.limits.admission.tried; indexes hold these alone."""
GROUP = "space != '' AND space"
"""The column of a group: indexes hold requests in groups alone."""
_LAST = """
    SELECT created FROM jobs WHERE platform = ? AND {} = ? AND created > ? AND {}
    UNION ALL SELECT created FROM forgotten WHERE platform = ? AND {} = ? AND created > ? AND {}
    ORDER BY created DESC LIMIT ?
"""
"""Requests and what is left of those of forgotten users, of one user or one group."""


def account(db: Database, platform: str, user: str) -> Account:
    """A user's account; it was stored with the first job."""
    row = rows.one(db, "SELECT * FROM accounts WHERE platform = ? AND user = ?", platform, user)
    return rows.to_account(row) if row else Account(user, "")


def save(db: Database, job: Job, known: Account, egress: str) -> None:
    """As a step of this job has left it."""
    db.execute(
        "UPDATE accounts SET token = ?, expires = ?, anonymous = ?, own = ?,"
        " egress = CASE WHEN granted = ? THEN egress ELSE ? END, granted = ?"
        " WHERE platform = ? AND user = ?",
        (
            known.token,
            known.expires,
            known.anonymous,
            known.own,
            *(known.granted, egress, known.granted),
            job.address.platform,
            job.user,
        ),
    )


def drop_token(db: Database, job: Job) -> None:
    """The service knows it no more."""
    sql = "UPDATE accounts SET token = '', expires = 0 WHERE platform = ? AND user = ?"
    db.execute(sql, (job.address.platform, job.user))


def come_back(db: Database, user: str, platform: str) -> None:
    """An account for who has none, with a client id before anything can be asked for with it
    (D2)."""
    if rows.one(db, "SELECT 1 FROM accounts WHERE user = ? AND platform = ?", user, platform):
        return
    who = code(db, user, platform)
    row = rows.one(db, "SELECT granted, egress FROM granted WHERE who = ?", who)
    found = new_account(user, client_id(db, user, platform), row["granted"] if row else 0.0)
    sql = (
        "INSERT INTO accounts (user, platform, client_id, granted, expires, egress)"
        " VALUES (?, ?, ?, ?, ?, ?)"
    )
    egress = row["egress"] if row else ""
    db.execute(sql, (user, platform, found.client_id, found.granted, found.expires, egress))
    if row:
        db.execute("DELETE FROM granted WHERE who = ?", (who,))


def code(db: Database, user: str, platform: str) -> str:
    """Stands for a user where their name must not."""
    return (_made(db, "who", user, platform)).hex()


def client_id(db: Database, user: str, platform: str) -> str:
    """36 characters, always the same of one user: the service gives each id one free token in seven
    days (D2), and so many to one address that /forget, said again and again, would leave none for
    others."""
    made = _made(db, "client id", user, platform)
    return str(UUID(bytes=made[:16], version=4))


def _made(db: Database, what: str, user: str, platform: str) -> bytes:
    secret = rows.value(db, "secret")
    assert secret is not None, "a migration has put it there"
    return hmac.digest(secret.encode(), f"{what}/{platform}/{user}".encode(), hashlib.sha256)


def grants(db: Database, now: float, egress: str) -> tuple[float, ...]:
    """When the last free tokens were handed to us, oldest first: as many as make the quota."""
    ours = "granted > ? AND egress = ?"
    found = rows.every(
        db,
        f"SELECT granted FROM accounts WHERE {ours}"  # noqa: S608 (text of ours)
        f" UNION ALL SELECT granted FROM granted WHERE {ours} ORDER BY granted DESC LIMIT ?",
        *(now - GRANT_LIFE, egress) * 2,
        FREE_GRANTS,
    )
    return tuple(row["granted"] for row in found)[::-1]


def closed_until(db: Database, egress: str) -> float:
    """The end of a refusal (D3), 0 where there was none."""
    return float(rows.value(db, _name(egress)) or 0.0)


def close_quota(db: Database, until: float, egress: str) -> None:
    """No more are asked for before that time."""
    rows.keep_value(db, _name(egress), str(until))


def _name(egress: str) -> str:
    return f"{CLOSED}/{egress}" if egress else CLOSED


def spent_by(
    db: Database, platform: str, user: str, who: str, space: str, counted: Counted, now: float
) -> Spent:
    """When paid requests began in the last day, those of users who are forgotten since included:
    they are known by their code, `who`; the newest, so many of each as are `counted`."""
    look = _Look(db, platform, now - DAY)
    group, tried = (counted.group, counted.tried_group) if space else (0, 0)
    return Spent(
        user=look.paid("user", user, "who", who, counted.user),
        group=look.paid(GROUP, space, "space", space, group),
        tried_user=look.tried("user", user, "who", who, counted.tried_user),
        tried_group=look.tried(GROUP, space, "space", space, tried),
    )


def of_the_day(db: Database, job: Job, limits: Limits, space: Space, now: float) -> Spent:
    """What the limits of the day look at, as of one request."""
    counted = counted_for_videos(limits, space)
    platform = job.address.platform
    who = code(db, job.user, platform) if counted.user else ""
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


def is_banned(db: Database, who: str) -> bool:
    """Whether the person of this code is answered no more."""
    return rows.one(db, "SELECT 1 FROM bans WHERE who = ?", who) is not None
