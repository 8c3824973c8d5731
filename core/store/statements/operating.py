"""What those whom ADMINS names have done to the whole bot, and how it stands."""

import json

from core.domain.operating import Overview, Pause
from core.domain.privacy import lifetime
from core.domain.requests import Step
from core.domain.spans import DAY
from core.store.statements import news, rows
from core.store.statements.database import Database
from core.store.statements.readiness import FREE_PLANS, UNPAID

ENDED = (
    "SELECT state, COUNT(*) AS many, COALESCE(SUM(spent), 0.0) AS spent FROM jobs"
    " WHERE state != 'open' AND ended > ? GROUP BY state"
)
TOKENS = (
    "SELECT (SELECT COUNT(*) FROM accounts WHERE granted > ?)"
    " + (SELECT COUNT(*) FROM granted WHERE granted > ?) AS many"
)


GATHERS = f"(step = '{Step.GATHER}' AND plan NOT IN ({FREE_PLANS}))"
"""Whose photos are still coming: held by nothing yet, and asked for all the same."""
WAITING = f"SELECT COUNT(*) AS many FROM jobs WHERE state = 'open' AND ({UNPAID} OR {GATHERS})"  # noqa: S608
PAUSED = "paused"
"""How the pause is called in the table of single values."""


AUDIENCE = """
    SELECT platform, user, chat, thread FROM (
        SELECT platform, user, chat, thread,
            ROW_NUMBER() OVER (
                PARTITION BY platform, user ORDER BY updated DESC, chat, thread
            ) AS n,
            MIN(news) OVER (PARTITION BY platform, user) AS wanted,
            MAX(away) OVER (PARTITION BY platform, user) AS gone
        FROM chats WHERE private = 1
    ) AS direct WHERE n = 1 AND wanted = 1 AND gone = 0
"""
"""Everybody who has a direct chat and has not said no to news, in the one that was used last."""


def pause(db: Database) -> Pause | None:
    """Since when the bot is being looked after, if it is."""
    found = rows.value(db, PAUSED)
    return Pause(**json.loads(found)) if found is not None else None


def is_banned(db: Database, who: str) -> bool:
    """Whether the person of this code is answered no more."""
    return rows.one(db, "SELECT 1 FROM bans WHERE who = ?", who) is not None


def overview(db: Database, now: float) -> Overview:
    """How the bot stands."""
    ended = {row["state"]: row for row in rows.every(db, ENDED, now - DAY)}
    counted = {state: row["many"] for state, row in ended.items()}
    return Overview(
        done=counted.get("done", 0),
        failed=counted.get("failed", 0),
        stopped=counted.get("cancelled", 0),
        credits=round(sum(row["spent"] for row in ended.values())),
        tokens=tokens(db, now),
        waiting=_many(db, WAITING),
        banned=_many(db, "SELECT COUNT(*) AS many FROM bans"),
        under_way=_many(db, "SELECT COUNT(*) AS many FROM jobs WHERE state = 'open'"),
        owed=_many(db, "SELECT COUNT(*) AS many FROM outbox WHERE gone = 0"),
        people=_many(db, f"SELECT COUNT(*) AS many FROM ({AUDIENCE}) AS audience"),  # noqa: S608
        news=news.latest(db),
    )


def tokens(db: Database, now: float) -> int:
    """Free tokens that were handed to us of late."""
    since = now - lifetime("granted")
    return _many(db, TOKENS, since, since)


def _many(db: Database, sql: str, *params: float) -> int:
    row = rows.one(db, sql, *params)
    return int(row["many"]) if row else 0
