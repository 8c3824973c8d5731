"""What those whom ADMINS names do to the whole bot, and how it stands."""

import sqlite3

from core.domain.operating import Overview
from core.domain.privacy import lifetime
from core.domain.spans import DAY
from core.store.sqlite import rows

ENDED = "SELECT state, COUNT(*) AS many, TOTAL(spent) AS spent FROM jobs WHERE state != 'open' AND ended > ? GROUP BY state"  # noqa: E501
TOKENS = (
    "SELECT (SELECT COUNT(*) FROM accounts WHERE granted > ?1)"
    " + (SELECT COUNT(*) FROM granted WHERE granted > ?1) AS many"
)
PEOPLE = (
    "SELECT COUNT(*) AS many FROM (SELECT DISTINCT platform, user FROM chats"
    " WHERE json_extract(body, '$.private'))"
)


def overview(db: sqlite3.Connection, now: float) -> Overview:
    """How the bot stands."""
    ended = {row["state"]: row for row in rows.every(db, ENDED, now - DAY)}
    counted = {state: row["many"] for state, row in ended.items()}
    return Overview(
        done=counted.get("done", 0),
        failed=counted.get("failed", 0),
        stopped=counted.get("cancelled", 0),
        credits=round(sum(row["spent"] for row in ended.values())),
        tokens=_many(db, TOKENS, now - lifetime("granted")),
        under_way=_many(db, "SELECT COUNT(*) AS many FROM jobs WHERE state = 'open'"),
        owed=_many(db, "SELECT COUNT(*) AS many FROM outbox WHERE gone = 0"),
        people=_many(db, PEOPLE),
    )


def _many(db: sqlite3.Connection, sql: str, *params: float) -> int:
    row = rows.one(db, sql, *params)
    return int(row["many"]) if row else 0
