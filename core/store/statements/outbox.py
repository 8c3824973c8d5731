"""Words not yet posted: added with every decision and step, claimed one by one, gone once the
platform has them.

The order is SQL, for the speed of each claim: due first, in order for each address and slot, and
within the bounds of core.domain.fairness."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from core.adapter import Posted
from core.domain.conversation.arrival import Returns, returned, returns
from core.domain.fairness import Rank, rank
from core.domain.requests import afterwards
from core.messages import Address, Inbound, Outbound, shown
from core.store import Post
from core.store.statements import holds, news, ordering, readiness, rows
from core.store.statements.database import Database, Row
from core.store.statements.news import Fate
from core.store.statements.ordering import SAME_PLACE, Line


def add(db: Database, message: Outbound, now: float, job: int | None = None) -> None:
    """Owe one message. In a slot only the newest words count: older ones that nobody has begun to
    post go, and leave their place to it. What stands there already is edited when it may be."""
    line = Line(*rows.where(message.address), message.slot, message.user)
    there = _posted(db, line) if message.slot else None
    since = _replaced(db, line, now) if message.slot else now
    db.execute(
        "INSERT INTO outbox"
        " (platform, chat, thread, slot, job, user, body, due, created, rank)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *line.place,
            job,
            message.user,
            rows.text(rows.MESSAGE, message),
            since if there is None or message.hurries else max(since, there["again"]),
            now,
            rank(message, standing=there is not None),
        ),
    )
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
    news.count(db, post.message, fate)


def claim(
    db: Database, now: float, platform: str, most: int, ranks: Sequence[Rank]
) -> tuple[list[Post], float | None]:
    """The next messages that are due; marked before they are sent. And when the next of those that
    are left is due."""
    first = _first(db, platform, ranks)
    due = [each for each in first if each.at <= now]
    found: list[tuple[int, float, int]] = []
    for each in due:
        place = (each.platform, each.rank, now, most)
        found += map(tuple, rows.every(db, _DUE, *place))
    posts = [_taken(db, id) for *_, id in sorted(found)[:most]]
    left = _first(db, platform, ranks) if due else first
    return [post for post in posts if post is not None], min(
        (each.at for each in left), default=None
    )


class First(NamedTuple):
    """When the first message of this rank may go to this platform, its pause counted in."""

    platform: str
    rank: int
    at: float


def due(db: Database, platform: str, ranks: Sequence[Rank]) -> float | None:
    """When the next claimable message is due, of one platform alone if one is named."""
    return min((each.at for each in _first(db, platform, ranks)), default=None)


def _first(db: Database, platform: str, ranks: Sequence[Rank]) -> list[First]:
    sql, found = _first_of(tuple(ranks)), list[First]()
    for each in (platform,) if platform else _platforms(db):
        for row in rows.every(db, sql, each, holds.name_of(each)):
            if row["at"] is not None:
                found.append(First(each, row["rank"], max(row["at"], float(row["held"] or 0.0))))
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


_READY = "ready_at IS NOT NULL AND platform = ? AND rank = ?"
_ORDER = "ORDER BY ready_at, id"
_DUE = f"SELECT rank, ready_at, id FROM outbox WHERE {_READY} AND ready_at <= ? {_ORDER} LIMIT ?"  # noqa: S608


def _platforms(db: Database) -> Iterator[str]:
    """All to which something is to go: each is sought behind the one before."""
    sql = "SELECT platform FROM outbox WHERE ready_at IS NOT NULL AND platform > ?"
    last = ""
    while row := rows.one(db, f"{sql} ORDER BY platform LIMIT 1", last):
        yield (last := str(row["platform"]))


def _taken(db: Database, id: int) -> Post | None:
    """The message, marked; None where one that was taken with it goes before."""
    row = rows.one(db, "SELECT * FROM outbox WHERE id = ? AND ready_at IS NOT NULL", id)
    if row is None:
        return None
    db.execute(
        "UPDATE outbox SET claimed = 1, claims = claims + 1, ready_at = NULL WHERE id = ?", (id,)
    )
    ordering.taken(db, Line.of(row))
    there = _posted(db, Line.of(row)) if row["slot"] else None
    return Post(
        id=row["id"],
        message=_message(row),
        job=row["job"],
        claims=row["claims"] + 1,
        attempts=row["attempts"],
        edit=there["message"] if there else None,
        edited=there["at"] if there else 0.0,
        last_text=there["text"] if there else "",
        created=row["created"],
    )


def _posted(db: Database, line: Line) -> Row | None:
    """The message that stands in this slot."""
    return rows.one(db, f"SELECT * FROM posted WHERE {SAME_PLACE} AND slot = ?", *line.place)  # noqa: S608


def _message(row: Row) -> Outbound:
    """The words of a row; where they go may have changed since (a chat that moved)."""
    message: Outbound = rows.MESSAGE.validate_json(row["body"])
    address = Address(row["platform"], row["chat"], row["thread"])
    return replace(message, to=replace(message.to, address=address))


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
    if rest is None:
        db.execute("DELETE FROM outbox WHERE id = ?", (post.id,))
    else:
        db.execute(
            "UPDATE outbox SET body = ?, claimed = 0, claims = 0, attempts = 0, due = ?"
            " WHERE id = ?",
            (rows.text(rows.MESSAGE, rest), now, post.id),
        )
    holds.over(db, post.message.address, now)
    ordering.back(db, line)
    news.count(db, post.message, Fate.SENT)
    if isinstance(message_id, Posted) and message_id.ref and post.job:
        db.execute("UPDATE jobs SET clip = ? WHERE id = ?", (message_id.ref, post.job))
    if post.message.over:
        sql = f"DELETE FROM posted WHERE {SAME_PLACE} AND slot = ?"  # noqa: S608
        db.execute(sql, (*rows.where(post.message.address), post.message.slot))
        return
    _note_subject(db, post, message_id, now)
    if rest is None and (after := afterwards(post.message)):
        add(db, after, now, post.job)
    if post.message.slot:
        db.execute(
            "INSERT INTO posted (platform, chat, thread, slot, message, text, at, again)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (platform, chat, thread, slot) DO UPDATE SET"
            " message = excluded.message, text = excluded.text,"
            " at = excluded.at, again = excluded.again",
            (
                *rows.where(post.message.address),
                post.message.slot,
                message_id,
                shown(post.message),
                now,
                again,
            ),
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
    _back(db, post)


def _back(db: Database, post: Post) -> None:
    """It waits again, if it has not been erased."""
    if line := ordering.find(db, post.id):
        ordering.back(db, line)


def postpone(db: Database, post: Post, due: float, failed: bool, unclear: bool) -> None:
    """Hand a claimed message back. What was certainly not posted leaves no trace of the
    claim."""
    db.execute(
        "UPDATE outbox SET claimed = 0, due = ?, attempts = attempts + ?, claims = claims - ? "
        "WHERE id = ?",
        (due, int(failed), int(not unclear), post.id),
    )
    _back(db, post)


def keep(db: Database, post: Post) -> None:
    """Put words aside to which no way leads; a status that nobody can see is not worth keeping, and
    news are not either."""
    if post.message.news:
        news.away(db, post.message)
        give_up(db, post, Fate.BLOCKED)
        return
    db.execute("UPDATE outbox SET claimed = 0, gone = 1 WHERE id = ?", (post.id,))
    _back(db, post)
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
    match returns(inbound):
        case Returns.NOBODY:
            return
        case Returns.PLACE:
            which, params = SAME_PLACE, rows.where(inbound.address)
        case Returns.USER:
            which, params = "platform = ? AND user = ?", (inbound.address.platform, inbound.user)
    sql = f"SELECT * FROM outbox WHERE gone = 1 AND {which} ORDER BY id"  # noqa: S608
    for row in list(rows.every(db, sql, *params)):
        owed = returned(_message(row), inbound)
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
        add(db, owed, now, row["job"])


PLACES = (
    *(("chats", ""), ("outbox", ""), ("posted", ""), ("messages", ""), ("cursors", "")),
    *(("jobs", "state = 'open' AND"), ("jobs", "state != 'open' AND")),
)
"""Tables in which addresses stand; open jobs are found by another index than those that are
over."""
KEYS = {
    "chats": ("user", "thread"),
    "posted": ("thread", "slot"),
    "messages": ("message",),
    "cursors": ("thread",),
    "spaces": (),
}
"""Of which of these a key is part of the address, and the rest of that key."""


def move(db: Database, old: Address, new: Address) -> None:
    """Rewrite an address wherever it stands (a group became a supergroup): all topics of the chat
    move with it."""
    here = (old.platform, old.chat, new.chat)
    for table, which in PLACES:
        _rename(db, table, "chat", here, which)
    # what its admins have set, and what counts against its day, are the group's wherever it lives
    for table in ("spaces", "jobs", "charges"):
        _rename(db, table, "space", here)
    db.execute(
        "UPDATE jobs SET lock = platform || '/' || chat || '/' || thread || '/' || user "
        "WHERE lock != '' AND state = 'open' AND platform = ? AND chat = ?",
        (new.platform, new.chat),
    )
    readiness.sort_all(db, new.platform, new.chat)
    ordering.moved(db, new.platform, new.chat)


def _rename(
    db: Database, table: str, column: str, here: tuple[str, str, str], which: str = ""
) -> None:
    """In the rows of this platform the old name becomes the new one; a row that stands there
    already gives way."""
    platform, old, new = here
    if table in KEYS and old != new:
        same = "".join(f" AND e.{part} = {table}.{part}" for part in KEYS[table])
        moves = f"SELECT 1 FROM {table} e WHERE e.platform = ? AND e.{column} = ?{same}"  # noqa: S608 (names of ours, here and below)
        sql = f"DELETE FROM {table} WHERE platform = ? AND {column} = ? AND EXISTS ({moves})"  # noqa: S608
        db.execute(sql, (platform, new, platform, old))
    sql = f"UPDATE {table} SET {column} = ? WHERE {which} platform = ? AND {column} = ?"  # noqa: S608
    db.execute(sql, (new, platform, old))
