"""How far each chat was taken in, so that what was said while the bot was away can be read
afterwards."""

from core.adapter import Heard
from core.domain.conversation.arrival import LOOKED_BACK, moves_on
from core.messages import Address, Inbound
from core.store.statements import rows
from core.store.statements.database import Database, Row


def note(db: Database, inbound: Inbound, now: float) -> None:
    """Remember the newest message of a chat."""
    db.execute(
        "INSERT INTO cursors (platform, chat, thread, user, last, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, chat, thread) DO UPDATE SET user = excluded.user,"
        " at = excluded.at, last = CASE WHEN (? = 1 OR cursors.last = 0)"
        " AND excluded.last > cursors.last THEN excluded.last ELSE cursors.last END",
        (
            *rows.where(inbound.address),
            inbound.user if inbound.place.private else "",
            inbound.order,
            now,
            int(moves_on(inbound)),
        ),
    )


Place = tuple[str, str]
"""A chat and its thread."""
START: Place = ("", "")
PIECE = 200
"""Chats that are looked at at a time."""


def recall(
    db: Database, platform: str, now: float, after: Place
) -> tuple[dict[Address, Heard], Place | None]:
    """Chats with open requests, all direct ones, and those of the last day: something may wait for
    words there. Only some are looked at, those behind that place; with the last of them, None where
    no more are left."""
    some = (
        "SELECT * FROM cursors WHERE platform = ? AND (chat, thread) > (?, ?)"
        " ORDER BY chat, thread LIMIT ?"
    )
    found = list(rows.every(db, some, platform, *after, PIECE))
    wanted = [
        row
        for row in found
        if row["user"] or row["at"] > now - LOOKED_BACK or _busy(db, platform, row)
    ]
    heard = {
        Address(platform, row["chat"], row["thread"]): Heard(row["last"], row["at"])
        for row in wanted
    }
    return heard, (found[-1]["chat"], found[-1]["thread"]) if found else None


def _busy(db: Database, platform: str, place: Row) -> bool:
    sql = "SELECT 1 FROM jobs WHERE state = 'open' AND platform = ? AND chat = ? AND thread = ?"
    return rows.one(db, f"{sql} LIMIT 1", platform, place["chat"], place["thread"]) is not None
