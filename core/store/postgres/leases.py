"""Who lives, who leads, and what the dead have left: rows and the database's own clock, so that no
two machines need agree about the time."""

from psycopg import Connection as Raw

from core.store.database import Database
from core.store.postgres import waking
from core.store.statements import (
    every,
    mend_times,
    one,
    post_is_back,
    sort_messages_anew,
    sort_requests_anew,
)

_NOW = "extract(epoch FROM clock_timestamp())"
_ALIVE = f"SELECT 1 FROM workers WHERE id = leaders.worker AND seen > {_NOW} - lease"  # noqa: S608


def enlist(raw: Raw, role: str, host: str, lease: float) -> int:
    """A number for this process."""
    sql = "INSERT INTO workers (role, host, lease) VALUES (%s, %s, %s) RETURNING id"
    row = raw.execute(sql, (role, host, lease)).fetchone()
    assert row is not None, "a row comes back"
    return int(row[0])


def everybody(raw: Raw) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Role, host, seconds of silence, and the places of a leader, of each process in the list."""
    found = raw.execute(EVERYBODY).fetchall()
    return [(role, host, float(age), tuple(leads)) for role, host, age, leads in found]


def living(raw: Raw, lease: float) -> int:
    """How many have given a sign of life within a lease."""
    return sum(age < lease for _, _, age, _ in everybody(raw))


EVERYBODY = f"""
    SELECT role, host, {_NOW} - seen,
        ARRAY(SELECT name FROM leaders WHERE leaders.worker = workers.id ORDER BY name)
    FROM workers ORDER BY id
"""  # noqa: S608
BEAT = f"UPDATE workers SET seen = {_NOW} WHERE id = %s"  # noqa: S608
"""By a connection of its own: it waits for no other work."""


def bury(db: Database, contact: float) -> int:
    """Take those for dead who have been silent for longer than their lease, if they had so many
    seconds of `contact` with the database, unbroken until now, to be heard; how many. What they had
    taken up is free."""
    silent = f"seen < {_NOW} - lease AND lease <= ?"
    gone = db.execute(f"DELETE FROM workers WHERE {silent}", (contact,)).rowcount  # noqa: S608
    if gone:
        free(db)
    return gone


def mend(db: Database, worker: int, now: float | None) -> None:
    """What a clock that was ahead has written, where nobody else lives who might know better: by
    the later of `now` and the database's own time, since either may be behind."""
    if now is None:
        return
    alone = f"SELECT 1 FROM workers WHERE id != ? AND seen > {_NOW} - lease LIMIT 1"  # noqa: S608
    if one(db, alone, worker) is not None:
        return
    row = one(db, f"SELECT CAST({_NOW} AS FLOAT8) AS now")
    if row is not None and mend_times(db, max(now, row["now"])):
        sort_messages_anew(db)


def free(db: Database) -> None:
    """Let go of what nobody has who lives."""
    unowned = "claimed = 1 AND worker NOT IN (SELECT id FROM workers)"
    if db.execute(f"UPDATE jobs SET claimed = 0 WHERE {unowned}").rowcount:  # noqa: S608
        sort_requests_anew(db)
    for row in every(db, f"SELECT id FROM outbox WHERE {unowned}"):  # noqa: S608
        _hand_back(db, row["id"])
    db.execute("DELETE FROM leaders WHERE worker NOT IN (SELECT id FROM workers)")
    waking.make_sure(db)


def let_go(db: Database, platform: str, worker: int) -> None:
    """What this process has begun to hand out there is for whoever leads now: it may be out
    already."""
    sql = "SELECT id FROM outbox WHERE claimed = 1 AND worker = ? AND platform = ?"
    for row in every(db, sql, worker, platform):
        _hand_back(db, row["id"])


def _hand_back(db: Database, id: int) -> None:
    db.execute("UPDATE outbox SET claimed = 0 WHERE id = ?", (id,))
    post_is_back(db, id)


def lead(db: Database, name: str, worker: int, of: int = 1) -> bool:
    """Take the place of a leader, if it is free, or of one who is dead; True also for who has it.
    Of several that are alike only a fair share."""
    if of > 1 and _has_enough(db, name, worker, of):
        resign(db, name, worker)
        return False
    row = one(db, "SELECT worker FROM leaders WHERE name = ?", name)
    if row is not None and row["worker"] == worker:
        return True
    takes = "INSERT INTO leaders (name, worker) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
    sql = f"{takes} SET worker = excluded.worker WHERE NOT EXISTS ({_ALIVE})"
    return db.execute(sql, (name, worker)).rowcount > 0


def _has_enough(db: Database, name: str, worker: int, of: int) -> bool:
    """By how many stand for such places, each with a row of their own that goes with them."""
    alike = name.partition("/")[0]
    own = "INSERT INTO leaders (name, worker) VALUES (?, ?) ON CONFLICT DO NOTHING"
    db.execute(own, (f"{alike}#{worker}", worker))
    sql = "SELECT COUNT(*) AS number FROM leaders WHERE name LIKE ?"
    standing = one(db, sql, f"{alike}#%")
    others = one(
        db,
        f"{sql} AND worker = ? AND name != ?",
        f"{alike}/%",
        worker,
        name,
    )
    assert standing is not None and others is not None, "a number comes back"  # noqa: PT018
    return bool(others["number"] >= -(-of // standing["number"]))


def resign(db: Database, name: str, worker: int) -> None:
    """Its place is free."""
    db.execute("DELETE FROM leaders WHERE name = ? AND worker = ?", (name, worker))


def leave(db: Database, worker: int) -> None:
    """A planned end: what it had is free at once."""
    db.execute("DELETE FROM workers WHERE id = ?", (worker,))
    free(db)
