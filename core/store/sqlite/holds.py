"""Pauses that a platform asks for, of one chat or of all: on disk, since a restart must not begin
to ask again.

They stand in `meta`, as `held/telegram/123`, or as `held/telegram` for all chats. What is owed
there is put off at once, and what comes to be owed meanwhile when it comes: whoever looks for what
is due need not know of them. A pause of all does not outlast a restart: it is a matter of seconds,
and a mistake in it would silence everybody."""

import sqlite3

from core.messages import Address
from core.store.sqlite import rows

PREFIX = "held/"


def hold(db: sqlite3.Connection, address: Address, until: float, *, everywhere: bool) -> None:
    """Nothing goes to this chat, or to any of its platform, before `until`."""
    name = (
        f"{PREFIX}{address.platform}"
        if everywhere
        else f"{PREFIX}{address.platform}/{address.chat}"
    )
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE"
        " SET value = MAX(CAST(value AS REAL), CAST(excluded.value AS REAL))",
        (name, str(until)),
    )
    db.execute(
        "UPDATE outbox SET due = MAX(due, ?)"
        " WHERE claimed = 0 AND platform = ? AND (? OR chat = ?)",
        (until, address.platform, everywhere, address.chat),
    )


def due(db: sqlite3.Connection, address: Address, wanted: float) -> float:
    """When something may go there that should go at `wanted`."""
    names = f"{PREFIX}{address.platform}", f"{PREFIX}{address.platform}/{address.chat}"
    row = rows.one(
        db, "SELECT MAX(CAST(value AS REAL)) AS until FROM meta WHERE name IN (?, ?)", *names
    )
    return max(wanted, row["until"] or 0.0) if row else wanted


def over(db: sqlite3.Connection, address: Address, now: float) -> None:
    """Something has arrived in this chat: a pause of its own that has ended leaves no trace of
    it."""
    sql = "DELETE FROM meta WHERE name = ? AND CAST(value AS REAL) <= ?"
    db.execute(sql, (f"{PREFIX}{address.platform}/{address.chat}", now))


def sweep(db: sqlite3.Connection, now: float) -> int:
    """Forget pauses that are over; so many there were. Nobody is paused for long, so they are
    few."""
    sql = "DELETE FROM meta WHERE name > ? AND name < ? AND CAST(value AS REAL) < ?"
    db.execute(sql, (PREFIX, "held0", now))
    return 0


def open_up(db: sqlite3.Connection, now: float) -> None:
    """Forget what holds a whole platform, and let go what was put off by it."""
    sql = (
        "SELECT name, value FROM meta WHERE name > ? AND name < ? AND instr(substr(name, "
        "?), '/') = 0"
    )
    for row in rows.every(db, sql, PREFIX, "held0", len(PREFIX) + 1):
        held = "UPDATE outbox SET due = MIN(due, ?) WHERE platform = ? AND due = CAST(? AS REAL)"
        db.execute(held, (now, row["name"].removeprefix(PREFIX), row["value"]))
        db.execute("DELETE FROM meta WHERE name = ?", (row["name"],))


def forget(db: sqlite3.Connection) -> None:
    """Forget all of them: the clock they were set by was wrong."""
    sweep(db, float("inf"))
