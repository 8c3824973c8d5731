"""Limits outlast /forget, without a name: what was asked for, the time of a free token, and the old
client id."""

import hashlib
import hmac
from uuid import UUID

import aiosqlite

from core.domain.accounts import GRANT_LIFE
from core.domain.privacy import lifetime
from core.store.sqlite import rows

PAID = "state = 'open' OR (state = 'done' AND json_extract(body, '$.facts.mark') != '')"
"""What failed, was cancelled or never came to its turn was only tried."""
COUNTED = "plan IN ('make', 'edit')"


async def note(db: aiosqlite.Connection, user: str, platform: str, now: float) -> None:
    """Before the rows of a user are erased: when each request began, whether it is paid for, and
    the token's time."""
    await db.execute(
        f"INSERT INTO forgotten SELECT ?, platform, space, created, ({PAID}) FROM jobs"  # noqa: S608
        f" WHERE user = ? AND platform = ? AND created > ? AND {COUNTED}",
        (who := await code(db, user, platform), user, platform, now - lifetime("counted")),
    )
    await db.execute(
        "INSERT OR REPLACE INTO granted SELECT ?, granted FROM accounts"
        " WHERE user = ? AND platform = ? AND granted > ?",
        (who, user, platform, now - lifetime("granted")),
    )


async def come_back(db: aiosqlite.Connection, user: str, platform: str) -> None:
    """An account for who has none, with a client id before anything can be asked for with it (D2).

    A token that was forgotten leaves its time: until then no other can be had, and asking would
    close the door for all."""
    if await rows.one(db, "SELECT 1 FROM accounts WHERE user = ? AND platform = ?", user, platform):
        return
    who = await code(db, user, platform)
    known = await rows.one(db, "SELECT granted FROM granted WHERE who = ?", who)
    granted, expires = (known["granted"], known["granted"] + GRANT_LIFE) if known else (0, 0)
    sql = (
        "INSERT INTO accounts (user, platform, client_id, granted, expires) VALUES (?, ?, ?, ?, ?)"
    )
    await db.execute(sql, (user, platform, await client_id(db, user, platform), granted, expires))
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
