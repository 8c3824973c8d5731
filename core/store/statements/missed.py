"""Where something may have been said while the bot was away: how far each chat was taken in."""

from core.adapter import Heard
from core.domain.conversation import LOOKED_BACK
from core.messages import Address
from core.store.database import Database, Row
from core.store.statements import rows

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
