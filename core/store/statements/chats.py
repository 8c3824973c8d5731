"""Chats, and what the admins of a group have set, as they were last written."""

from dataclasses import replace

from core.domain.admission import Space
from core.domain.conversation import Chat
from core.messages import Address
from core.store.statements import rows
from core.store.statements.database import Database


def space_of(db: Database, platform: str, space: str) -> Space:
    """What the admins of a group have set; nothing in private."""
    if not space:
        return Space()
    row = rows.one(db, "SELECT body FROM spaces WHERE platform = ? AND space = ?", platform, space)
    found: Space = rows.SPACE.validate_json(row["body"]) if row else Space()
    return found


def load_chat(db: Database, user: str, address: Address) -> Chat:
    """The chat as last written, or a new one."""
    sql = "SELECT body FROM chats WHERE user = ? AND platform = ? AND chat = ? AND thread = ?"
    row = rows.one(db, sql, user, *rows.where(address))
    if row is None:
        return Chat(user=user, address=address)
    chat: Chat = rows.CHAT.validate_json(row["body"])
    return replace(chat, address=address)


def save_chat(db: Database, chat: Chat, now: float) -> None:
    """Write a chat."""
    holds = bool(chat.kept or chat.wish)
    db.execute(
        "INSERT INTO chats (user, platform, chat, thread, body, updated, holds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET body = excluded.body, updated = excluded.updated,"
        " holds = excluded.holds",
        (chat.user, *rows.where(chat.address), rows.text(rows.CHAT, chat), now, holds),
    )
