"""Limits outlast /forget, without a name: what was asked for, the time of a free token, and the old
client id."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from core.domain.accounts import newcomer
from core.domain.admission import Begun, tried
from core.domain.privacy import lifetime
from core.domain.requests import Job
from core.store.statements import rows
from core.store.statements.database import Database


def note(db: Database, user: str, platform: str, jobs: Iterable[Job], now: float) -> None:
    """Before the rows of a user are erased: when each request began, whether it is paid for, and
    the token's time."""
    who, since = code(db, user, platform), now - lifetime("counted")
    counted = [(job.space, tried(Begun.of(job))) for job in jobs if job.created > since]
    db.executemany(
        "INSERT INTO forgotten (who, platform, space, created, paid) VALUES (?, ?, ?, ?, ?)",
        [(who, platform, space, each.created, int(each.paid)) for space, each in counted if each],
    )
    db.execute(
        "INSERT INTO granted (who, granted, egress)"
        " SELECT CAST(? AS TEXT), granted, egress FROM accounts"
        " WHERE user = ? AND platform = ? AND granted > ?"
        " ON CONFLICT (who) DO UPDATE SET granted = excluded.granted, egress = excluded.egress",
        (who, user, platform, now - lifetime("granted")),
    )


def come_back(db: Database, user: str, platform: str) -> None:
    """An account for who has none, with a client id before anything can be asked for with it
    (D2)."""
    if rows.one(db, "SELECT 1 FROM accounts WHERE user = ? AND platform = ?", user, platform):
        return
    who = code(db, user, platform)
    row = rows.one(db, "SELECT granted, egress FROM granted WHERE who = ?", who)
    found = newcomer(user, client_id(db, user, platform), row["granted"] if row else 0.0)
    sql = (
        "INSERT INTO accounts (user, platform, client_id, granted, expires, egress)"
        " VALUES (?, ?, ?, ?, ?, ?)"
    )
    egress = row["egress"] if row else ""
    db.execute(sql, (user, platform, found.client_id, found.granted, found.expires, egress))
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
