"""Messages that could not be delivered: they go later, or in other words, or wait for the day their
reader returns, or are given up."""

from dataclasses import replace

from core.messages import Address, Outbound
from core.store.database import Database
from core.store.reads import Post
from core.store.statements import ordering, rows
from core.store.statements.ordering import SAME_PLACE, Line
from core.store.statements.outbox import Fate, count_news


def sweep(db: Database, before: float, most: int) -> int:
    """Give up what has been owed since before that time; so many messages it was."""
    sql = "SELECT * FROM outbox WHERE created < ? AND claimed = 0 LIMIT ?"
    found = list(rows.every(db, sql, before, most))
    for row in found:
        ordering.drop(db, row["id"])
    return len(found)


def give_up(db: Database, post: Post, fate: Fate = Fate.UNSURE) -> None:
    """Give up a message that was claimed."""
    ordering.drop(db, post.id)
    count_news(db, post.message, fate)


def amend(db: Database, post: Post, message: Outbound, due: float, unclear: bool) -> None:
    """Another message in the place of one that was refused; a row erased meanwhile stays so."""
    db.execute(
        "UPDATE outbox SET body = ?, claimed = 0, claims = claims - ?, attempts = 0, due = ? "
        "WHERE id = ?",
        (rows.text(rows.MESSAGE, message), int(not unclear), due, post.id),
    )
    is_back(db, post.id)


def is_back(db: Database, id: int) -> None:
    """It waits again, if it has not been erased."""
    if line := ordering.find(db, id):
        _give_way(db, id, line)
        ordering.back(db, line)


def _give_way(db: Database, id: int, line: Line) -> None:
    """In a slot only the newest words count: where others have come while these were on their way,
    and surely were not posted, they take their place and wait as long."""
    older = rows.one(db, "SELECT due, attempts FROM outbox WHERE id = ? AND claims = 0", id)
    newer = rows.one(db, _NEWER, *line.place, id) if line.slot and older else None
    if older is None or newer is None:
        return
    db.execute("DELETE FROM outbox WHERE id = ?", (id,))
    sql = "UPDATE outbox SET due = ?, attempts = ? WHERE id = ?"
    db.execute(sql, (max(older["due"], newer["due"]), older["attempts"], newer["id"]))


_NEWER = (
    f"SELECT id, due FROM outbox WHERE {SAME_PLACE} AND slot = ?"  # noqa: S608 (text of ours)
    " AND id > ? AND claimed = 0 AND gone = 0"
)


def postpone(db: Database, post: Post, due: float, failed: bool, unclear: bool) -> None:
    """Hand a claimed message back. What was certainly not posted leaves no trace of the
    claim."""
    db.execute(
        "UPDATE outbox SET claimed = 0, due = ?, attempts = attempts + ?, claims = claims - ? "
        "WHERE id = ?",
        (due, int(failed), int(not unclear), post.id),
    )
    is_back(db, post.id)


def keep(db: Database, post: Post) -> None:
    """Put words aside to which no way leads; a status that nobody can see is not worth keeping, and
    news are not either."""
    if post.message.news:
        _unreachable(db, post.message.user, post.message.address)
        give_up(db, post, Fate.BLOCKED)
        return
    db.execute("UPDATE outbox SET claimed = 0, gone = 1 WHERE id = ?", (post.id,))
    is_back(db, post.id)
    place = post.message.address
    here = Line(*rows.where(place), slot="", user=post.message.user)
    for row in list(ordering.owed_to(db, here)):
        there = (row["chat"], row["thread"]) == (place.chat, place.thread)
        if there and row["slot"] and not row["claimed"]:
            ordering.drop(db, row["id"])


def _unreachable(db: Database, user: str, address: Address) -> None:
    """No way leads to this person here, until they write again; nothing else of the chat
    changes."""
    here = "user = ? AND platform = ? AND chat = ? AND thread = ?"
    place = (user, *rows.where(address))
    if row := rows.one(db, f"SELECT * FROM chats WHERE {here}", *place):  # noqa: S608 (text of ours)
        body = rows.text(rows.CHAT, replace(rows.to_chat(row), away=True))
        db.execute(f"UPDATE chats SET body = ?, away = 1 WHERE {here}", (body, *place))  # noqa: S608
