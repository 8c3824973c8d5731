"""News as rows: the last of them, and what has become of each message of theirs."""

from enum import StrEnum

from core.domain.operating import News, NewsState
from core.messages import Address, Outbound
from core.store.statements import chats, rows
from core.store.statements.database import Database, Row


class Fate(StrEnum):
    """What has become of one message, as the column that counts it is called."""

    SENT = "sent"
    BLOCKED = "blocked"
    UNSURE = "unsure"


def latest(db: Database) -> News | None:
    """The last that an admin has written."""
    row = rows.one(db, "SELECT * FROM news ORDER BY at DESC LIMIT 1")
    return to_news(row) if row else None


def sending(db: Database) -> News | None:
    """Those on their way."""
    row = rows.one(db, "SELECT * FROM news WHERE state = ?", NewsState.SENDING)
    return to_news(row) if row else None


def to_news(row: Row) -> News:
    """News as they stand."""
    to = Address(row["platform"], row["chat"], row["thread"]) if row["chat"] else None
    state = NewsState(row["state"])
    counts = {name: row[name] for name in ("total", *Fate)}
    return News(row["key"], row["words"], to, row["user"], row["language"], state, **counts)


def count(db: Database, message: Outbound, fate: Fate) -> None:
    """One message of news is over; of any other, nothing."""
    if message.news:
        sql = f"UPDATE news SET {fate} = {fate} + 1 WHERE key = ?"  # noqa: S608
        db.execute(sql, (message.news,))


def away(db: Database, message: Outbound) -> None:
    """No way leads to this person: no further news until they write again."""
    chats.unreachable(db, message.user, message.address)
