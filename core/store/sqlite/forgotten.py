"""Limits outlast /forget, without a name: what was asked for in the last day, and the client id for who comes back."""

import hashlib
import hmac
from uuid import UUID

import aiosqlite

from core.privacy import lifetime
from core.store.sqlite import rows

PAID = "state = 'open' OR (state = 'done' AND json_extract(body, '$.facts.mark') != '')"
"""What failed, was cancelled or never came to its turn was only tried."""
COUNTED = "plan IN ('make', 'edit')"


async def note(db: aiosqlite.Connection, user: str, platform: str, now: float) -> None:
    """Before the requests of a user are erased: when each began, and whether it is paid for."""
    await db.execute(
        f"INSERT INTO forgotten SELECT ?, platform, space, created, ({PAID}) FROM jobs"  # noqa: S608
        f" WHERE user = ? AND platform = ? AND created > ? AND {COUNTED}",
        (await code(db, user, platform), user, platform, now - lifetime("counted")),
    )


async def code(db: aiosqlite.Connection, user: str, platform: str) -> str:
    """Stands for a user where their name must not."""
    return (await _made(db, "who", user, platform)).hex()


async def client_id(db: aiosqlite.Connection, user: str, platform: str) -> str:
    """36 characters, always the same of one user: the service gives each id one free token in seven days (D2), and so
    many to one address that /forget, said again and again, would leave none for others."""
    made = await _made(db, "client id", user, platform)
    return str(UUID(bytes=made[:16], version=4))


async def _made(db: aiosqlite.Connection, what: str, user: str, platform: str) -> bytes:
    row = await rows.one(db, "SELECT value FROM meta WHERE name = 'secret'")
    assert row is not None, "a migration has put it there"
    return hmac.digest(str(row["value"]).encode(), f"{what}/{platform}/{user}".encode(), hashlib.sha256)


async def sweep(db: aiosqlite.Connection, now: float) -> None:
    """Nothing of it is needed after a day."""
    await db.execute("DELETE FROM forgotten WHERE created < ?", (now - lifetime("counted"),))
