"""How far each chat was taken in, so that what was said while the bot was away can be read
afterwards."""

import sqlite3

from core.adapter import Heard
from core.domain.conversation.missed import LOOKED_BACK, moves_on
from core.messages import Address, Inbound
from core.store.sqlite import rows


def note(db: sqlite3.Connection, inbound: Inbound, now: float) -> None:
    """Remember the newest message of a chat."""
    db.execute(
        "INSERT INTO cursors (platform, chat, thread, user, last, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET user = excluded.user, at = excluded.at,"
        " last = CASE WHEN ? OR last = 0 THEN MAX(last, excluded.last) ELSE last END",
        (
            *rows.where(inbound.address),
            inbound.user if inbound.place.private else "",
            inbound.order,
            now,
            moves_on(inbound),
        ),
    )


def recall(db: sqlite3.Connection, platform: str, now: float) -> dict[Address, Heard]:
    """Chats with open requests, all direct ones, and those of the last day: something may wait for
    words there."""
    found = rows.every(
        db,
        "SELECT * FROM cursors c WHERE platform = ? AND (user != '' OR at > ? OR EXISTS ("
        " SELECT 1 FROM jobs j WHERE j.state = 'open'"
        " AND j.platform = c.platform AND j.chat = c.chat AND j.thread = c.thread)) ORDER BY "
        "at DESC",
        platform,
        now - LOOKED_BACK,
    )
    return {
        Address(platform, row["chat"], row["thread"]): Heard(row["last"], row["at"])
        for row in found
    }
