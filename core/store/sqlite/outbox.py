"""Words not yet posted: added with every decision and step, claimed one by one, gone once the
platform has them.

The order is SQL, for the speed of each claim: due first, in order for each address and slot, and
within the bounds of core.domain.fairness."""

import sqlite3
from dataclasses import replace

from core.adapter import Posted
from core.domain.conversation.redelivery import Returns, returned, returns
from core.domain.fairness import AT_ONCE_IN_A_CHAT, AT_ONCE_TO_ONE, FAILURES_THAT_HOLD
from core.messages import Address, Inbound, Outbound, shown
from core.store import Post
from core.store.sqlite import holds, readiness, rows

SAME_PLACE = "platform = ? AND chat = ? AND thread = ?"


def add(db: sqlite3.Connection, message: Outbound, now: float, job: int | None = None) -> None:
    """Owe one message. In a slot only the newest words count: older ones that nobody has begun to
    post go."""
    place = rows.where(message.address)
    if message.slot:
        db.execute(
            f"DELETE FROM outbox WHERE {SAME_PLACE} AND slot = ? AND claimed = 0",  # noqa: S608
            (*place, message.slot),
        )
    due = holds.due(db, message.address, now)
    db.execute(
        "INSERT INTO outbox (platform, chat, thread, slot, job, user, body, due, created)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*place, message.slot, job, message.user, rows.text(rows.MESSAGE, message), due, now),
    )


def add_for(db: sqlite3.Connection, message: Outbound, now: float, job: int | None) -> None:
    """Owe words that a running step has said, unless their job is gone: its user wants to be
    forgotten."""
    if job is None or rows.one(db, "SELECT 1 FROM jobs WHERE id = ?", job):
        add(db, message, now, job)


CLAIMABLE = f"""
    FROM outbox o WHERE claimed = 0 AND gone = 0 AND (? IN ('', o.platform)) AND NOT EXISTS (
        SELECT 1 FROM outbox e
        WHERE e.platform = o.platform AND e.chat = o.chat AND e.thread = o.thread
        AND e.slot = o.slot AND e.id < o.id
        AND e.gone = 0 AND e.attempts < {FAILURES_THAT_HOLD}
    ) AND (
        SELECT COUNT(*) FROM outbox t WHERE t.platform = o.platform AND t.chat = o.chat
        AND t.claimed = 1
    ) < {AT_ONCE_IN_A_CHAT} AND o.platform || '/' || o.user NOT IN (
        SELECT platform || '/' || user FROM outbox WHERE claimed = 1 AND user != ''
        GROUP BY platform, user HAVING COUNT(*) >= {AT_ONCE_TO_ONE}
    )
"""  # noqa: S608 (a number of ours)


def free(db: sqlite3.Connection) -> None:
    """Nothing is on its way: let go of what a killed process had taken up."""
    db.execute("UPDATE outbox SET claimed = 0 WHERE claimed = 1")


def sweep(db: sqlite3.Connection, before: float, most: int) -> int:
    """Give up what has been owed since before that time; so many messages it was."""
    old = "SELECT id FROM outbox WHERE created < ? AND claimed = 0 LIMIT ?"
    return db.execute(f"DELETE FROM outbox WHERE id IN ({old})", (before, most)).rowcount  # noqa: S608


def claim(db: sqlite3.Connection, now: float, platform: str = "") -> Post | None:
    """The next message that is due and not behind another of its chat (or slot); marked before it
    is sent."""
    row = rows.one(db, f"SELECT * {CLAIMABLE} AND due <= ? ORDER BY due, id LIMIT 1", platform, now)
    if row is None:
        return None
    db.execute("UPDATE outbox SET claimed = 1, claims = claims + 1 WHERE id = ?", (row["id"],))
    message, there = _message(row), None
    if row["slot"]:
        sql = f"SELECT * FROM posted WHERE {SAME_PLACE} AND slot = ?"  # noqa: S608
        there = rows.one(db, sql, *rows.where(message.address), row["slot"])
    return Post(
        id=row["id"],
        message=message,
        job=row["job"],
        claims=row["claims"] + 1,
        attempts=row["attempts"],
        edit=there["message"] if there else None,
        edited=there["at"] if there else 0.0,
        last_text=there["text"] if there else "",
        created=row["created"],
    )


def due(db: sqlite3.Connection, platform: str = "") -> float | None:
    """When the next claimable message is due, of one platform alone if one is named."""
    row = rows.one(db, f"SELECT MIN(due) AS due {CLAIMABLE}", platform)
    return row["due"] if row else None


def _message(row: sqlite3.Row) -> Outbound:
    """The words of a row; where they go may have changed since (a chat that moved)."""
    message: Outbound = rows.MESSAGE.validate_json(row["body"])
    address = Address(row["platform"], row["chat"], row["thread"])
    return replace(message, to=replace(message.to, address=address))


def posted(
    db: sqlite3.Connection, post: Post, message_id: str, now: float, rest: Outbound | None
) -> None:
    """Write 3: the row goes, or keeps the rest; the slot remembers the message and what it says.

    Of a row erased meanwhile, nothing.
    """
    if rest is None:
        done = db.execute("DELETE FROM outbox WHERE id = ?", (post.id,))
    else:
        done = db.execute(
            "UPDATE outbox SET body = ?, claimed = 0, claims = 0, attempts = 0, due = ?"
            " WHERE id = ?",
            (rows.text(rows.MESSAGE, rest), now, post.id),
        )
    if not done.rowcount:
        return
    holds.over(db, post.message.address, now)
    if isinstance(message_id, Posted) and message_id.ref and post.job:
        db.execute("UPDATE jobs SET clip = ? WHERE id = ?", (message_id.ref, post.job))
    _note_subject(db, post, message_id, now)
    if post.message.slot:
        db.execute(
            "INSERT INTO posted (platform, chat, thread, slot, message, text, at) VALUES (?, ?, "
            "?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET message = excluded.message, text = excluded.text, at "
            "= excluded.at",
            (
                *rows.where(post.message.address),
                post.message.slot,
                message_id,
                shown(post.message),
                now,
            ),
        )


def _note_subject(db: sqlite3.Connection, post: Post, message_id: str, now: float) -> None:
    """Which request the message is about, under the name by which an answer to it calls it."""
    number = (isinstance(message_id, Posted) and message_id.number) or message_id
    if not post.job or not number:
        return
    place = post.message.address
    db.execute(
        "INSERT OR REPLACE INTO messages (platform, chat, message, job, at) VALUES (?, ?, ?, ?, ?)",
        (place.platform, place.chat, number, post.job, now),
    )


def amend(db: sqlite3.Connection, post: Post, message: Outbound, due: float, unclear: bool) -> None:
    """Another message in the place of one that was refused; a row erased meanwhile stays so."""
    due = holds.due(db, post.message.address, due)
    db.execute(
        "UPDATE outbox SET body = ?, claimed = 0, claims = claims - ?, attempts = 0, due = ? "
        "WHERE id = ?",
        (rows.text(rows.MESSAGE, message), int(not unclear), due, post.id),
    )


def postpone(db: sqlite3.Connection, post: Post, due: float, failed: bool, unclear: bool) -> None:
    """Hand a claimed message back. What was certainly not posted leaves no trace of the
    claim."""
    due = holds.due(db, post.message.address, due)
    db.execute(
        "UPDATE outbox SET claimed = 0, due = ?, attempts = attempts + ?, claims = claims - ? "
        "WHERE id = ?",
        (due, int(failed), int(not unclear), post.id),
    )


def keep(db: sqlite3.Connection, post: Post) -> None:
    """Put words aside to which no way leads; a status that nobody can see is not worth keeping."""
    db.execute("UPDATE outbox SET claimed = 0, gone = 1 WHERE id = ?", (post.id,))
    sql = f"DELETE FROM outbox WHERE {SAME_PLACE} AND user = ? AND slot != '' AND claimed = 0"  # noqa: S608
    db.execute(sql, (*rows.where(post.message.address), post.message.user))


def revive(db: sqlite3.Connection, inbound: Inbound, now: float) -> None:
    """Somebody is back: what was put aside for them, or for a place that is open again, is owed
    anew.

    It was certainly not posted, so it may have a new number, and with it a new nonce.
    """
    params: tuple[str, ...]
    match returns(inbound):
        case Returns.NOBODY:
            return
        case Returns.PLACE:
            which, params = SAME_PLACE, rows.where(inbound.address)
        case Returns.USER:
            which, params = "platform = ? AND user = ?", (inbound.address.platform, inbound.user)
    sql = f"SELECT * FROM outbox WHERE gone = 1 AND {which} ORDER BY id"  # noqa: S608
    found = rows.every(db, sql, *params)
    for row in found:
        owed = returned(_message(row), inbound)
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        add(db, owed, now, row["job"])


def move(db: sqlite3.Connection, old: Address, new: Address) -> None:
    """Rewrite an address wherever it stands (a group became a supergroup): all topics of the chat
    move with it."""
    for table in ("chats", "jobs", "outbox", "posted", "messages", "cursors"):
        db.execute(
            f"UPDATE OR REPLACE {table} SET chat = ? WHERE platform = ? AND chat = ?",  # noqa: S608
            (new.chat, old.platform, old.chat),
        )
    # what its admins have set, and what counts against its day, are the group's wherever it lives
    for table in ("spaces", "jobs"):
        sql = f"UPDATE OR REPLACE {table} SET space = ? WHERE platform = ? AND space = ?"  # noqa: S608
        db.execute(sql, (new.chat, old.platform, old.chat))
    db.execute(
        "UPDATE jobs SET lock = platform || '/' || chat || '/' || thread || '/' || user "
        "WHERE lock != '' AND state = 'open' AND platform = ? AND chat = ?",
        (new.platform, new.chat),
    )
    readiness.sort_all(db, new.platform, new.chat)
