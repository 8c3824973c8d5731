"""A chat that lives on elsewhere: its new address, wherever the old one stands."""

from core.messages import Address
from core.store.database import Database
from core.store.statements import ordering, queue, rows
from core.store.statements.ordering import Line

PLACES = (
    *(("chats", ""), ("outbox", ""), ("posted", ""), ("messages", ""), ("cursors", "")),
    *(("jobs", "state = 'open' AND"), ("jobs", "state != 'open' AND")),
)
"""Tables in which addresses stand; open jobs are found by another index than those that are
over."""
KEYS = {
    "chats": ("user", "thread"),
    "posted": ("thread", "slot"),
    "messages": ("message",),
    "cursors": ("thread",),
    "spaces": (),
}
"""Of which of these a key is part of the address, and the rest of that key."""


def move(db: Database, old: Address, new: Address) -> None:
    """Rewrite an address wherever it stands (a group became a supergroup): all topics of the chat
    move with it."""
    here = (old.platform, old.chat, new.chat)
    for table, which in PLACES:
        _rename(db, table, "chat", here, which)
    # what its admins have set, and what counts against its day, are the group's wherever it lives
    for table, which in (("spaces", ""), ("jobs", "space != '' AND"), ("charges", "")):
        _rename(db, table, "space", here, which)
    db.execute(
        "UPDATE jobs SET lock = platform || '/' || chat || '/' || thread || '/' || user "
        "WHERE lock != '' AND state = 'open' AND platform = ? AND chat = ?",
        (new.platform, new.chat),
    )
    _sort_requests(db, new.platform, new.chat)
    _sort_messages(db, new.platform, new.chat)


def _rename(
    db: Database, table: str, column: str, here: tuple[str, str, str], which: str = ""
) -> None:
    """In the rows of this platform the old name becomes the new one; a row that stands there
    already gives way."""
    platform, old, new = here
    if table in KEYS and old != new:
        same = "".join(f" AND e.{part} = {table}.{part}" for part in KEYS[table])
        moves = f"SELECT 1 FROM {table} e WHERE e.platform = ? AND e.{column} = ?{same}"  # noqa: S608 (names of ours, here and below)
        sql = f"DELETE FROM {table} WHERE platform = ? AND {column} = ? AND EXISTS ({moves})"  # noqa: S608
        db.execute(sql, (platform, new, platform, old))
    sql = f"UPDATE {table} SET {column} = ? WHERE {which} platform = ? AND {column} = ?"  # noqa: S608
    db.execute(sql, (new, platform, old))


def _sort_requests(db: Database, platform: str, chat: str) -> None:
    """The open jobs of a chat have other locks than before."""
    here = "state = 'open' AND platform = ? AND chat = ?"
    db.execute(f"UPDATE jobs SET waits = {queue.WAITS} WHERE {here}", (platform, chat))  # noqa: S608


def _sort_messages(db: Database, platform: str, chat: str) -> None:
    """Messages of another chat belong to this one now."""
    sql = "SELECT DISTINCT platform, chat, thread, slot, '' AS user FROM outbox"
    for row in list(rows.every(db, f"{sql} WHERE platform = ? AND chat = ?", platform, chat)):
        ordering.changed(db, Line.of(row))
