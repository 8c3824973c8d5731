"""What a clock that was ahead has written: moved back, so that nobody waits for a time that is long
in coming."""

from dataclasses import replace

from core.domain.conversation import Chat
from core.store.statements import accounts, holds, rows, versions
from core.store.statements.database import Database

TOLERANCE = 2.0
"""Seconds by which a clock may differ from what is stored before it counts as set back."""


def mend(db: Database, now: float) -> bool:
    """What was written last tells how late it has been. If that is ahead of `now`, all that waits
    is moved back by the difference: it goes on waiting as long as it still had to. What is said to
    be of later than now is of now. Whether it was so."""
    latest = rows.one(
        db,
        "SELECT MAX(at) AS at FROM (SELECT MAX(at) AS at FROM seen UNION ALL SELECT "
        "MAX(notified_at) FROM jobs"
        " UNION ALL SELECT MAX(created) FROM outbox UNION ALL SELECT MAX(at) FROM posted)"
        " AS latest",
    )
    ahead = (latest["at"] or 0.0) - now if latest else 0.0
    if ahead <= TOLERANCE:
        return False
    holds.forget(db)
    for table in ("jobs", "outbox"):
        db.execute(f"UPDATE {table} SET due = due - ?", (ahead,))  # noqa: S608 (names of ours, here and below)
    for table, column in PAST:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", (now, now))  # noqa: S608
    accounts.set_back(db, ahead, now)
    _jobs(db, now)
    _chats(db, now)
    return True


PAST = (
    ("outbox", "created"), ("posted", "at"), ("messages", "at"), ("seen", "at"), ("cursors", "at"),
    ("jobs", "notified_at"), ("jobs", "ended"),
    ("versions", "at"), ("projects", "at"),
    ("accounts", "granted"), ("granted", "granted"), ("forgotten", "created"),
    ("charges", "at"), ("raised", "at"),
)  # fmt: skip
"""Columns that say when something was: limits, promises and pauses count from there."""


def _jobs(db: Database, now: float) -> None:
    for row in rows.every(db, "SELECT * FROM jobs WHERE created > ?", now):
        lean, _ = versions.parted(replace(rows.to_job(row), created=now))
        sql = "UPDATE jobs SET created = ?, body = ? WHERE id = ?"
        db.execute(sql, (now, rows.body(lean), row["id"]))


def _chats(db: Database, now: float) -> None:
    for row in rows.every(db, "SELECT * FROM chats WHERE updated > ?", now):
        chat: Chat = rows.CHAT.validate_json(row["body"])
        chat = chat.set_back(now)
        sql = (
            "UPDATE chats SET updated = ?, body = ? WHERE user = ? AND platform = ? AND chat = ? "
            "AND thread = ?"
        )
        place = (row["user"], row["platform"], row["chat"], row["thread"])
        db.execute(sql, (now, rows.text(rows.CHAT, chat), *place))
