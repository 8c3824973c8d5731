"""Words not yet posted: owed with every decision and step, taken up when they may go, and gone once
the platform has them. What could not be posted is beside it (`undelivered`).

Which may go is told by `ordering`. Of these the order is SQL, for the speed of each claim: of each
platform and rank the first, due first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

import structlog

from core.adapter import Posted
from core.bodies import Unreadable
from core.domain.conversation import Redelivery, redelivered, redelivery
from core.domain.limits import Rank, rank_of
from core.domain.requests import status_afterwards
from core.messages import Address, Inbound, Outbound, shown
from core.store.database import Database, Row
from core.store.reads import Post
from core.store.statements import ordering, rows
from core.store.statements.ordering import SAME_PLACE, Line

log = structlog.get_logger()

_READY = "ready_at IS NOT NULL AND platform = ? AND rank = ?"
_ORDER = "ORDER BY ready_at, id"
_DUE = f"SELECT rank, ready_at, id FROM outbox WHERE {_READY} AND ready_at <= ? {_ORDER} LIMIT ?"  # noqa: S608


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
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        if message := _read(row):
            add(db, redelivered(message, inbound), now, row["job"])


def claim(
    db: Database, now: float, platform: str, most: int, ranks: Sequence[Rank]
) -> tuple[list[Post], float | None]:
    """The next messages that are due; marked before they are sent. And when the next of those that
    are left is due."""
    first = _first(db, platform, ranks)
    due = [where for where, at in first.items() if at <= now]
    found: list[tuple[int, float, int]] = []
    for where in due:
        found += map(tuple, rows.every(db, _DUE, *where, now, most))
    posts = [_taken(db, id) for *_, id in sorted(found)[:most]]
    left = _first(db, platform, ranks) if due else first
    return [post for post in posts if post is not None], min(left.values(), default=None)


def due(db: Database, platform: str, ranks: Sequence[Rank]) -> float | None:
    """When the next claimable message is due, of one platform alone if one is named."""
    return min(_first(db, platform, ranks).values(), default=None)


def _first(db: Database, platform: str, ranks: Sequence[Rank]) -> dict[tuple[str, int], float]:
    """When the first message of each rank may go to each platform, its pause counted in."""
    sql, found = _first_of(tuple(ranks)), dict[tuple[str, int], float]()
    for each in (platform,) if platform else _platforms(db):
        for row in rows.every(db, sql, each, ordering.pause_of(each)):
            if row["at"] is not None:
                found[each, row["rank"]] = max(row["at"], float(row["held"] or 0.0))
    return found


@lru_cache(maxsize=8)  # asked at each look, and few
def _first_of(ranks: tuple[Rank, ...]) -> str:
    """All ranks are asked for at once: mostly nothing is due."""
    listed = ", ".join(f"({rank:d})" for rank in ranks)
    return (
        f"SELECT listed.column1 AS rank,"  # noqa: S608 (text and numbers of ours)
        f" (SELECT ready_at FROM outbox WHERE ready_at IS NOT NULL AND platform = ?"
        f" AND rank = listed.column1 {_ORDER} LIMIT 1) AS at,"
        f" (SELECT value FROM meta WHERE name = ?) AS held"
        f" FROM (VALUES {listed}) AS listed"
    )


def _platforms(db: Database) -> Iterator[str]:
    """All to which something is to go: each is sought behind the one before."""
    sql = "SELECT platform FROM outbox WHERE ready_at IS NOT NULL AND platform > ?"
    last = ""
    while row := rows.one(db, f"{sql} ORDER BY platform LIMIT 1", last):
        yield (last := str(row["platform"]))


def _taken(db: Database, id: int) -> Post | None:
    """The message, marked; None where one that was taken with it goes before. One that cannot be
    read is given up, or it would end every claim."""
    row = rows.one(db, "SELECT * FROM outbox WHERE id = ? AND ready_at IS NOT NULL", id)
    if row is None:
        return None
    message = _read(row)
    if message is None:
        ordering.drop(db, id)
        return None
    db.execute(
        "UPDATE outbox SET claimed = 1, claims = claims + 1, ready_at = NULL WHERE id = ?", (id,)
    )
    ordering.taken(db, Line.of(row))
    there = _standing(db, Line.of(row)) if row["slot"] else None
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


def _standing(db: Database, line: Line) -> Row | None:
    """The message that stands in this slot."""
    return rows.one(db, f"SELECT * FROM posted WHERE {SAME_PLACE} AND slot = ?", *line.place)  # noqa: S608


def _read(row: Row) -> Outbound | None:
    """The words of a row, if they can be read; where they go may have changed since (a chat that
    moved)."""
    try:
        found: Outbound = rows.MESSAGE.read(row["body"])
    except Unreadable as problem:
        log.error(
            "a message cannot be read: it is given up",
            message=row["id"],
            job=row["job"],
            field=problem.field,
        )
        return None
    address = Address(row["platform"], row["chat"], row["thread"])
    return replace(found, to=replace(found.to, address=address))


def count_news(db: Database, message: Outbound, fate: Fate) -> None:
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
    count_news(db, post.message, Fate.SENT)
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
