"""Words not yet posted: added with every decision and step, gone once the platform has them."""

from enum import StrEnum

from core.adapter import Posted
from core.domain.conversation import Redelivery, redelivered, redelivery
from core.domain.limits import rank_of
from core.domain.requests import status_afterwards
from core.messages import Inbound, Outbound, shown
from core.store import Post
from core.store.database import Database
from core.store.statements import chats, ordering, rows, taking
from core.store.statements.ordering import SAME_PLACE, Line


class Fate(StrEnum):
    """What has become of one message, as the column that counts it is called."""

    SENT = "sent"
    BLOCKED = "blocked"
    UNSURE = "unsure"


def add(db: Database, message: Outbound, now: float, job: int | None = None) -> None:
    """Owe one message. In a slot only the newest words count: older ones that nobody has begun to
    post go, and leave their place to it. What stands there already is edited when it may be."""
    line = Line(*rows.where(message.address), message.slot, message.user)
    found = ordering.look(db, line)
    again = found.again if message.slot else None
    since = _replaced(db, line, now) if found.older else now
    due = since if again is None or message.hurries else max(since, again)
    db.execute(
        "INSERT INTO outbox"
        " (platform, chat, thread, slot, job, user, body, due, created, rank, first, ready_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *line.place,
            job,
            message.user,
            rows.text(rows.MESSAGE, message),
            due,
            now,
            rank_of(message, standing=again is not None),
            int(not found.others),
            None if found.others else max(due, found.held),
        ),
    )
    if found.others:
        ordering.changed(db, line)


def _replaced(db: Database, line: Line, now: float) -> float:
    """Take away the words of a slot that nobody has begun to post; since when something has been
    due there."""
    sql = f"DELETE FROM outbox WHERE {SAME_PLACE} AND slot = ? AND claimed = 0 RETURNING due"  # noqa: S608
    older = [float(row["due"]) for row in rows.every(db, sql, *line.place)]
    return min(now, *older) if older else now


def add_for(db: Database, message: Outbound, now: float, job: int | None) -> None:
    """Owe words that a running step has said, unless their job is gone: its user wants to be
    forgotten."""
    if job is None or rows.one(db, "SELECT 1 FROM jobs WHERE id = ?", job):
        add(db, message, now, job)


def sweep(db: Database, before: float, most: int) -> int:
    """Give up what has been owed since before that time; so many messages it was."""
    sql = "SELECT * FROM outbox WHERE created < ? AND claimed = 0 LIMIT ?"
    found = list(rows.every(db, sql, before, most))
    for row in found:
        drop(db, row["id"])
    return len(found)


def drop(db: Database, id: int) -> None:
    """Give a message up."""
    line = ordering.find(db, id)
    if line is not None:
        db.execute("DELETE FROM outbox WHERE id = ?", (id,))
        ordering.back(db, line)


def give_up(db: Database, post: Post, fate: Fate = Fate.UNSURE) -> None:
    """Give up a message that was claimed."""
    drop(db, post.id)
    _count_news(db, post.message, fate)


def _count_news(db: Database, message: Outbound, fate: Fate) -> None:
    """One message of news is over; of any other, nothing."""
    if message.news:
        sql = f"UPDATE news SET {fate} = {fate} + 1 WHERE key = ?"  # noqa: S608
        db.execute(sql, (message.news,))


def posted(
    db: Database,
    post: Post,
    message_id: str,
    now: float,
    rest: Outbound | None,
    again: float,
) -> None:
    """Write 3: the row goes, or keeps the rest; the slot remembers the message and what it says.

    Of a row erased meanwhile, nothing.
    """
    line = ordering.find(db, post.id)
    if line is None:
        return
    _keep_rest(db, post, rest, now)
    ordering.end_pause(db, post.message.address, now)
    ordering.back(db, line)
    _count_news(db, post.message, Fate.SENT)
    if isinstance(message_id, Posted) and message_id.ref and post.job:
        db.execute("UPDATE jobs SET clip = ? WHERE id = ?", (message_id.ref, post.job))
    if post.message.over:
        sql = f"DELETE FROM posted WHERE {SAME_PLACE} AND slot = ?"  # noqa: S608
        db.execute(sql, (*rows.where(post.message.address), post.message.slot))
        return
    _note_subject(db, post, message_id, now)
    if rest is None and (after := status_afterwards(post.message)):
        add(db, after, now, post.job)
    if post.message.slot:
        _note_slot(db, post.message, message_id, now, again)


def _keep_rest(db: Database, post: Post, rest: Outbound | None, now: float) -> None:
    """The row as it is once the message is out."""
    if rest is None:
        db.execute("DELETE FROM outbox WHERE id = ?", (post.id,))
        return
    db.execute(
        "UPDATE outbox SET body = ?, claimed = 0, claims = 0, attempts = 0, due = ? WHERE id = ?",
        (rows.text(rows.MESSAGE, rest), now, post.id),
    )


def _note_slot(db: Database, message: Outbound, id: str, now: float, again: float) -> None:
    """What stands in a slot, and when it may be edited."""
    db.execute(
        "INSERT INTO posted (platform, chat, thread, slot, message, text, at, again)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, chat, thread, slot) DO UPDATE SET"
        " message = excluded.message, text = excluded.text,"
        " at = excluded.at, again = excluded.again",
        (*rows.where(message.address), message.slot, id, shown(message), now, again),
    )


def _note_subject(db: Database, post: Post, message_id: str, now: float) -> None:
    """Which request the message is about, under the name by which an answer to it calls it."""
    number = (isinstance(message_id, Posted) and message_id.number) or message_id
    if not post.job or not number:
        return
    place = post.message.address
    db.execute(
        "INSERT INTO messages (platform, chat, message, job, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, chat, message) DO UPDATE SET job = excluded.job, at = excluded.at",
        (place.platform, place.chat, number, post.job, now),
    )


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
        ordering.back(db, line)


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
        chats.unreachable(db, post.message.user, post.message.address)
        give_up(db, post, Fate.BLOCKED)
        return
    db.execute("UPDATE outbox SET claimed = 0, gone = 1 WHERE id = ?", (post.id,))
    is_back(db, post.id)
    place = post.message.address
    here = Line(*rows.where(place), slot="", user=post.message.user)
    for row in list(ordering.owed_to(db, here)):
        there = (row["chat"], row["thread"]) == (place.chat, place.thread)
        if there and row["slot"] and not row["claimed"]:
            drop(db, row["id"])


def revive(db: Database, inbound: Inbound, now: float) -> None:
    """Somebody is back: what was put aside for them, or for a place that is open again, is owed
    anew.

    It was certainly not posted, so it may have a new number, and with it a new nonce.
    """
    params: tuple[str, ...]
    match redelivery(inbound):
        case Redelivery.NOBODY:
            return
        case Redelivery.PLACE:
            which, params = SAME_PLACE, rows.where(inbound.address)
        case Redelivery.USER:
            which, params = "platform = ? AND user = ?", (inbound.address.platform, inbound.user)
    sql = f"SELECT * FROM outbox WHERE gone = 1 AND {which} ORDER BY id"  # noqa: S608
    for row in list(rows.every(db, sql, *params)):
        owed = redelivered(taking.message(row), inbound)
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        add(db, owed, now, row["job"])
