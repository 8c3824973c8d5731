"""Limits outlast /forget, without a name: what was asked for, the time of a free token, and the old
client id."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

import aiosqlite

from core.domain.accounts import newcomer
from core.domain.privacy import lifetime
from core.domain.requests import Job
from core.domain.requests.counting import Begun, tried
from core.store.sqlite import rows


async def note(
    db: aiosqlite.Connection, user: str, platform: str, jobs: Iterable[Job], now: float
) -> None:
    """Before the rows of a user are erased: when each request began, whether it is paid for, and
    the token's time."""
    who, since = await code(db, user, platform), now - lifetime("counted")
    counted = [(job.space, tried(Begun.of(job))) for job in jobs if job.created > since]
    await db.executemany(
        "INSERT INTO forgotten (who, platform, space, created, paid) VALUES (?, ?, ?, ?, ?)",
        [(who, platform, space, each.created, each.paid) for space, each in counted if each],
    )
    await db.execute(
        "INSERT OR REPLACE INTO granted SELECT ?, granted FROM accounts"
        " WHERE user = ? AND platform = ? AND granted > ?",
        (who, user, platform, now - lifetime("granted")),
    )


async def come_back(db: aiosqlite.Connection, user: str, platform: str) -> None:
    """An account for who has none, with a client id before anything can be asked for with it
    (D2)."""
    if await rows.one(db, "SELECT 1 FROM accounts WHERE user = ? AND platform = ?", user, platform):
        return
    who = await code(db, user, platform)
    row = await rows.one(db, "SELECT granted FROM granted WHERE who = ?", who)
    found = newcomer(user, await client_id(db, user, platform), row["granted"] if row else 0.0)
    sql = (
        "INSERT INTO accounts (user, platform, client_id, granted, expires) VALUES (?, ?, ?, ?, ?)"
    )
    await db.execute(sql, (user, platform, found.client_id, found.granted, found.expires))
    await db.execute("DELETE FROM granted WHERE who = ?", (who,))


async def code(db: aiosqlite.Connection, user: str, platform: str) -> str:
    """Stands for a user where their name must not."""
    return (await _made(db, "who", user, platform)).hex()


async def client_id(db: aiosqlite.Connection, user: str, platform: str) -> str:
    """36 characters, always the same of one user: the service gives each id one free token in seven
    days (D2), and so many to one address that /forget, said again and again, would leave none for
    others."""
    made = await _made(db, "client id", user, platform)
    return str(UUID(bytes=made[:16], version=4))


async def _made(db: aiosqlite.Connection, what: str, user: str, platform: str) -> bytes:
    row = await rows.one(db, "SELECT value FROM meta WHERE name = 'secret'")
    assert row is not None, "a migration has put it there"
    return hmac.digest(
        str(row["value"]).encode(), f"{what}/{platform}/{user}".encode(), hashlib.sha256
    )


async def sweep(db: aiosqlite.Connection, now: float) -> None:
    """What no limit needs any more."""
    await db.execute("DELETE FROM forgotten WHERE created < ?", (now - lifetime("counted"),))
    await db.execute("DELETE FROM granted WHERE granted < ?", (now - lifetime("granted"),))
