"""Chats, and what the admins of a group have set, as they were last written; and how far each was
taken in, so that what was said while the bot was away can be read afterwards."""

from dataclasses import replace

from core.adapter import Heard
from core.domain.conversation import LOOKED_BACK, Chat, moves_cursor
from core.domain.limits import Space
from core.messages import Address, Inbound
from core.store.database import Database, Row
from core.store.statements import rows


def space_of(db: Database, platform: str, space: str) -> Space:
    """What the admins of a group have set; nothing in private."""
    if not space:
        return Space()
    row = rows.one(db, "SELECT body FROM spaces WHERE platform = ? AND space = ?", platform, space)
    found: Space = rows.SPACE.read(row["body"]) if row else Space()
    return found


def load_chat(db: Database, user: str, address: Address) -> Chat:
    """The chat as last written, or a new one."""
    sql = "SELECT body FROM chats WHERE user = ? AND platform = ? AND chat = ? AND thread = ?"
    row = rows.one(db, sql, user, *rows.where(address))
    if row is None:
        return Chat(user=user, address=address)
    chat: Chat = rows.CHAT.read(row["body"])
    return chat if chat.address == address else replace(chat, address=address)


def save_chat(db: Database, chat: Chat, now: float) -> None:
    """Write a chat."""
    beside = (chat.private, chat.news, chat.away, chat.language, bool(chat.kept or chat.wish))
    db.execute(
        "INSERT INTO chats"
        " (user, platform, chat, thread, body, updated, private, news, away, language, holds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (platform, user, chat, thread)"
        " DO UPDATE SET body = excluded.body, updated = excluded.updated,"
        " private = excluded.private, news = excluded.news, away = excluded.away,"
        " language = excluded.language, holds = excluded.holds",
        (chat.user, *rows.where(chat.address), rows.text(rows.CHAT, chat), now, *beside),
    )


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
            int(moves_cursor(inbound)),
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
