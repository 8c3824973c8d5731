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


def unreachable(db: Database, user: str, address: Address) -> None:
    """No way leads to this person here, until they write again; nothing else of the chat
    changes."""
    here = "user = ? AND platform = ? AND chat = ? AND thread = ?"
    place = (user, *rows.where(address))
    if row := rows.one(db, f"SELECT body FROM chats WHERE {here}", *place):  # noqa: S608 (text of ours)
        body = rows.text(rows.CHAT, replace(rows.CHAT.validate_json(row["body"]), away=True))
        db.execute(f"UPDATE chats SET body = ?, away = 1 WHERE {here}", (body, *place))  # noqa: S608
