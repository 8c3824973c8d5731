"""Erases what has outlived its time, a piece at a time: nobody waits for long while it does."""

from collections.abc import Callable

from core.domain.privacy import lifetime
from core.store.database import Database
from core.store.statements import ordering, records, rows, undelivered

PIECE = 100
"""Rows that are looked at, or erased, at a time."""
Sweep = Callable[[Database, float], int]
"""Erases one piece of one kind, by the time; so many rows it was."""


def _old(table: str, kept: str, key: str, which: str) -> Sweep:
    """`which` says which rows are old, by the time up to which they are; `key` names a row."""
    old = f"SELECT {key} FROM {table} WHERE {which} LIMIT {PIECE}"  # noqa: S608 (text of ours)
    sql = f"DELETE FROM {table} WHERE ({key}) IN ({old})"  # noqa: S608

    def sweep(db: Database, now: float) -> int:
        erased = db.execute(sql, (now - lifetime(kept),)).rowcount
        return min(erased, PIECE)  # rows that are alike in all that names them go together

    return sweep


def _posts(db: Database, now: float) -> int:
    return undelivered.sweep(db, now - lifetime("requests"), PIECE)


KINDS: tuple[Sweep, ...] = (
    ordering.sweep_pauses,
    _posts,
    _old("forgotten", "counted", "platform, who, created, space, paid", "created < ?"),
    _old("granted", "granted", "who", "granted < ?"),
    _old("charges", "charged", "job", "held = 0 AND at < ?"),
    _old("spent_sums", "charged", "whose, platform, name, span, at", "at < ?"),
    _old("raised", "charged", "platform, who, at, credits", "at < ?"),
    _old("seen", "seen", "id", "at < ?"),
    _old("posted", "requests", "platform, chat, thread, slot", "at < ?"),
    _old("messages", "requests", "platform, chat, message", "at < ?"),
    _old("jobs", "requests", "id", "state != 'open' AND created < ?"),
    # what ended as soon as it was gathered was no request: its photos wait for words, or have gone
    # into others
    _old("jobs", "photos", "id", "state != 'open' AND step = 'gather' AND created < ?"),
    # a project with all its versions, a while after it was last used
    _old(
        "versions",
        "requests",
        "session, number",
        "session IN (SELECT session FROM projects WHERE at < ?)",
    ),
    _old(
        "projects",
        "requests",
        "session",
        "at < ? AND session NOT IN (SELECT session FROM versions)",
    ),
    _old("shares", "reels", "id", "at < ?"),
    _old("cursors", "requests", "platform, chat, thread", "user = '' AND at < ?"),
)


def piece(db: Database, kind: Sweep, now: float) -> int:
    """Erase one piece of this kind; so many rows it was."""
    return kind(db, now)


def age(db: Database, now: float, after: records.Place) -> records.Place | None:
    """Let go of photos and words that have waited for a day, whatever else was said in their chat
    meanwhile: in some chats behind that place. Returns the last of them, None where no more are
    left."""
    found = list(rows.every(db, records.CHATS_THAT_HOLD, *after, records.PIECE))
    for row in found:
        chat = rows.to_chat(row)
        if (aged := chat.aged(now)) != chat:
            rows.save_chat(db, aged, now)
    return records.place_of(found[-1]) if found else None
