"""What the start puts right: what a killed process had taken up is free again, and what a clock
that was ahead has written is moved back, so that nobody waits for a time that is long in coming."""

from dataclasses import replace
from math import inf

from core.domain.limits import AT_ONCE_IN_A_CHAT, FAILURES_THAT_HOLD, Rank
from core.store.database import Database
from core.store.statements import accounts, ordering, queue, rows, versions
from core.store.statements.remains import readable

_BEFORE = f"""
    SELECT 1 FROM outbox e WHERE e.platform = outbox.platform AND e.chat = outbox.chat
    AND e.thread = outbox.thread AND e.slot = outbox.slot AND e.id < outbox.id
    AND e.gone = 0 AND e.attempts < {FAILURES_THAT_HOLD} AND e.rank != {Rank.NEWS:d}
"""  # noqa: S608 (numbers of ours)
_COMES_FIRST = f"CASE WHEN gone = 0 AND NOT EXISTS ({_BEFORE}) THEN 1 ELSE 0 END"
_NEXT = f"""
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY platform, chat ORDER BY due, id) AS n
        FROM outbox WHERE {ordering.FREE}
    ) AS next WHERE n <= {AT_ONCE_IN_A_CHAT}
"""  # noqa: S608

TOLERANCE = 2.0
"""Seconds by which a clock may differ from what is stored before it counts as set back."""


def free_all(db: Database, now: float = inf) -> None:
    """Nothing is under way: let go of what a killed process had taken up, forget what holds a whole
    platform, and look at all once. What is of later than `now` is of a clock that was ahead."""
    db.execute("UPDATE jobs SET claimed = 0 WHERE claimed = 1")
    queue.sort_requests_anew(db)
    for where in ordering.pauses(db):
        if "/" not in where:
            rows.drop_value(db, f"{ordering.PAUSES}{where}")
    mend_times(db, now)
    db.execute("UPDATE outbox SET claimed = 0 WHERE claimed = 1")
    sort_messages_anew(db)


def sort_messages_anew(db: Database) -> None:
    """Find out for all messages which are ready, and when."""
    db.execute(f"UPDATE outbox SET ready_at = NULL, first = {_COMES_FIRST}")  # noqa: S608
    db.execute(f"UPDATE outbox SET ready_at = due WHERE id IN ({_NEXT})")  # noqa: S608
    parts = (where.partition("/") for where in ordering.pauses(db))
    for platform, chat in [(platform, chat) for platform, slash, chat in parts if slash]:
        ordering.sort(db, platform, chat)


def mend_times(db: Database, now: float) -> bool:
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
    ordering.sweep_pauses(db, inf)  # the clock that they were set by was wrong
    for table in ("jobs", "outbox"):
        db.execute(f"UPDATE {table} SET due = due - ?", (ahead,))  # noqa: S608
    for table, column in PAST:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", (now, now))  # noqa: S608
    _open_sooner(db, ahead, now)
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
    for job in readable(rows.every(db, "SELECT * FROM jobs WHERE created > ?", now)):
        lean, _ = versions.parted(replace(job, created=now))
        sql = "UPDATE jobs SET created = ?, body = ? WHERE id = ?"
        db.execute(sql, (now, rows.body(lean), job.id))


def _chats(db: Database, now: float) -> None:
    for row in rows.every(db, "SELECT * FROM chats WHERE updated > ?", now):
        chat = rows.to_chat(row).set_back(now)
        sql = (
            "UPDATE chats SET updated = ?, body = ? WHERE user = ? AND platform = ? AND chat = ? "
            "AND thread = ?"
        )
        place = (row["user"], row["platform"], row["chat"], row["thread"])
        db.execute(sql, (now, rows.text(rows.CHAT, chat), *place))


def _open_sooner(db: Database, ahead: float, now: float) -> None:
    """A clock was ahead by so much when these were written."""
    sql = "SELECT name, value FROM meta WHERE name >= ? AND name < ?"
    for row in list(rows.every(db, sql, accounts.CLOSED, f"{accounts.CLOSED}0")):
        if (until := float(row["value"])) > now:
            rows.keep_value(db, row["name"], str(until - ahead))
