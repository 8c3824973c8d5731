"""One message of a chat, as it is kept."""

from dataclasses import dataclass
from typing import Any

import aiosqlite

from bots.web.journal.book import next_number

Body = dict[str, Any]
"""A message as the page gets it, without what the row itself tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `changed` is the number of its last change, `gone` that it was taken away;
    `answered` that what the visitor said is in the engine's store."""

    id: int
    user: str
    at: float
    mine: bool
    body: Body
    changed: int
    gone: bool
    edited: bool
    answered: bool
    client: str = ""


async def change_row(
    db: aiosqlite.Connection, user: str, message: int, what: str, *values: Any, mine: bool = False
) -> bool:
    """Set something in a message that is there; whether it was."""
    done = await db.execute(
        f"UPDATE messages SET {what}, changed = ?"  # noqa: S608 (text of ours)
        " WHERE id = ? AND user = ? AND mine = ? AND gone = 0",
        (*values, await next_number(db), message, user, mine),
    )
    return done.rowcount > 0
