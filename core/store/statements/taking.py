"""Messages that may go are taken up: of each platform and rank the first, marked before they are
sent.

The order is SQL, for the speed of each claim: due first, in order for each address and slot, and
within the bounds of core.domain.limits.capacity."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from core.domain.limits import Rank
from core.messages import Address, Outbound
from core.store import Post
from core.store.database import Database, Row
from core.store.statements import ordering, rows
from core.store.statements.ordering import SAME_PLACE, Line


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
        for row in rows.every(db, sql, each, ordering.pause_of(each)):
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
    there = posted(db, Line.of(row)) if row["slot"] else None
    return Post(
        id=row["id"],
        message=message(row),
        job=row["job"],
        claims=row["claims"] + 1,
        attempts=row["attempts"],
        edit=there["message"] if there else None,
        edited=there["at"] if there else 0.0,
        last_text=there["text"] if there else "",
        created=row["created"],
    )


def posted(db: Database, line: Line) -> Row | None:
    """The message that stands in this slot."""
    return rows.one(db, f"SELECT * FROM posted WHERE {SAME_PLACE} AND slot = ?", *line.place)  # noqa: S608


def message(row: Row) -> Outbound:
    """The words of a row; where they go may have changed since (a chat that moved)."""
    found: Outbound = rows.MESSAGE.read(row["body"])
    address = Address(row["platform"], row["chat"], row["thread"])
    return replace(found, to=replace(found.to, address=address))
