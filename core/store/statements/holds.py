"""Pauses that a platform asks for, of one chat or of all: on disk, since a restart must not begin
to ask again.

They stand in `meta`, as `held/telegram/123`, or as `held/telegram` for all chats. That of a chat
counts in when its messages are ready (`ordering`), that of a platform where its messages are
claimed: nothing is put off, so a pause costs the same however much is owed. A pause of all does not
outlast a restart: it is a matter of seconds, and a mistake in it would silence everybody."""

from core.messages import Address
from core.store.statements import rows
from core.store.statements.database import Database

PREFIX = "held/"


def hold(db: Database, address: Address, until: float, *, everywhere: bool) -> None:
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


def of_chat(db: Database, platform: str, chat: str) -> float:
    """Until when nothing goes to this chat; 0 where nothing stands in the way."""
    return _until(db, f"{PREFIX}{platform}/{chat}")


def of_platform(db: Database, platform: str) -> float:
    """Until when nothing goes to any chat of this platform."""
    return _until(db, f"{PREFIX}{platform}")


def _until(db: Database, name: str) -> float:
    row = rows.one(db, "SELECT CAST(value AS REAL) AS until FROM meta WHERE name = ?", name)
    return float(row["until"]) if row else 0.0


def held_chats(db: Database) -> list[tuple[str, str]]:
    """The chats that have a pause of their own, with their platforms."""
    sql = "SELECT substr(name, ?) AS held FROM meta WHERE name > ? AND name < ?"
    found = rows.every(db, sql, len(PREFIX) + 1, PREFIX, "held0")
    parts = (row["held"].partition("/") for row in found)
    return [(platform, chat) for platform, slash, chat in parts if slash]


def over(db: Database, address: Address, now: float) -> None:
    """Something has arrived in this chat: a pause of its own that has ended leaves no trace of
    it."""
    sql = "DELETE FROM meta WHERE name = ? AND CAST(value AS REAL) <= ?"
    db.execute(sql, (f"{PREFIX}{address.platform}/{address.chat}", now))


def sweep(db: Database, now: float) -> int:
    """Forget pauses that are over; so many there were. Nobody is paused for long, so they are
    few."""
    sql = "DELETE FROM meta WHERE name > ? AND name < ? AND CAST(value AS REAL) < ?"
    db.execute(sql, (PREFIX, "held0", now))
    return 0


def open_up(db: Database) -> None:
    """Forget what holds a whole platform."""
    db.execute(
        "DELETE FROM meta WHERE name > ? AND name < ? AND instr(substr(name, ?), '/') = 0",
        (PREFIX, "held0", len(PREFIX) + 1),
    )


def forget(db: Database) -> None:
    """Forget all of them: the clock they were set by was wrong."""
    sweep(db, float("inf"))
