"""Which messages may be claimed, and when, kept in columns (`first`, `ready_at`), so that a claim
looks at those alone and costs the same however many are owed.

A message comes after the earlier ones of its address and slot, unless these have failed so often
that nobody need wait for them, or are news: it is `first` when none stands before it. Of a chat's
first ones as many are ready as may be on their way there, those due before others; not those of a
person who has enough on their way (core.domain.capacity). `ready_at` is when such a message may go,
after the pause that its platform has asked for in this chat. What changes one of these tells this
module, in the same transaction; each answer touches the few rows that it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.domain.capacity import AT_ONCE_IN_A_CHAT, AT_ONCE_TO_ONE, FAILURES_THAT_HOLD, Rank
from core.store.statements import holds, rows
from core.store.statements.database import Database, Row

SAME_PLACE = "platform = ? AND chat = ? AND thread = ?"
_HOLDS = f"gone = 0 AND attempts < {FAILURES_THAT_HOLD} AND rank != {Rank.NEWS:d}"
_FREE = "first = 1 AND claimed = 0 AND gone = 0"
_CROWDED = f"""(
    user != '' AND (
        SELECT COUNT(*) FROM outbox c
        WHERE c.claimed = 1 AND c.platform = outbox.platform AND c.user = outbox.user
    ) >= {AT_ONCE_TO_ONE}
)"""  # noqa: S608 (a number of ours)

_BEFORE = f"""
    SELECT 1 FROM outbox e WHERE e.platform = outbox.platform AND e.chat = outbox.chat
    AND e.thread = outbox.thread AND e.slot = outbox.slot AND e.id < outbox.id
    AND e.gone = 0 AND e.attempts < {FAILURES_THAT_HOLD} AND e.rank != {Rank.NEWS:d}
"""  # noqa: S608
_COMES_FIRST = f"CASE WHEN gone = 0 AND NOT EXISTS ({_BEFORE}) THEN 1 ELSE 0 END"
_NEXT = f"""
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY platform, chat ORDER BY due, id) AS n
        FROM outbox WHERE {_FREE}
    ) AS next WHERE n <= {AT_ONCE_IN_A_CHAT}
"""  # noqa: S608


_BEST = f"""
    SELECT id, due, ready_at, (SELECT value FROM meta WHERE name = ?) AS held
    FROM outbox WHERE {_FREE} AND platform = ? AND chat = ? AND NOT {_CROWDED}
    ORDER BY due, id LIMIT ?
"""  # noqa: S608
_LINE = f"{SAME_PLACE} AND slot = ?"
_EDGE = """
    SELECT id FROM outbox WHERE (platform, chat, thread, slot{0}) >= {1}
    AND (platform, chat, thread, slot{0}) <= {1} AND
"""
_HERE = "(:platform, :chat, :thread, :slot{})"
_ALONG = "ORDER BY platform {1}, chat {1}, thread {1}, slot {1}{0}, id {1} LIMIT 1"
_HEAD = f"""
    SELECT COALESCE(
        ({_EDGE.format("", _HERE.format(""))} {_HOLDS} {_ALONG.format("", "")}), {rows.LAST}
    ) AS head,
    ({_EDGE.format(", first", _HERE.format(", 1"))} gone = 0
        {_ALONG.format(", first DESC", "DESC")}) AS last,
    ({_EDGE.format(", first", _HERE.format(", 0"))} gone = 0
        {_ALONG.format(", first", "")}) AS next
"""
"""The message that holds up those behind it; the last that comes first, and the first that does
not: none of a line changes where these stand as they should. Each is sought from an edge of its
line, as the index has it: told to look for the least number in a line, Postgres reads from the
least number of all where one chat has most of the messages."""


@dataclass(frozen=True, slots=True)
class Line:
    """Messages that come one after the other: those of one address and slot; for whom one is."""

    platform: str
    chat: str
    thread: str
    slot: str
    user: str = ""

    @classmethod
    def of(cls, row: Row) -> "Line":
        """The line in which this message stands."""
        return cls(row["platform"], row["chat"], row["thread"], row["slot"], row["user"])

    @property
    def place(self) -> tuple[str, str, str, str]:
        """As parameters."""
        return self.platform, self.chat, self.thread, self.slot

    @property
    def named(self) -> dict[str, str]:
        """As parameters with names."""
        return dict(zip(("platform", "chat", "thread", "slot"), self.place, strict=True))


def find(db: Database, id: int) -> Line | None:
    """Where this message stands; None for one that is gone."""
    sql = "SELECT platform, chat, thread, slot, user FROM outbox WHERE id = ?"
    row = rows.one(db, sql, id)
    return Line.of(row) if row else None


def changed(db: Database, line: Line) -> None:
    """A message has come into this line, or left it, or stands differently in others' way."""
    (found,) = db.execute(_HEAD, line.named).fetchall()
    head, here = found["head"], f"{_LINE} AND gone = 0"
    if found["next"] is not None and found["next"] <= head:
        sql = f"UPDATE outbox SET first = 1 WHERE {here} AND first = 0 AND id <= ?"  # noqa: S608 (text of ours)
        db.execute(sql, (*line.place, head))
    if found["last"] is not None and found["last"] > head:
        sql = f"UPDATE outbox SET first = 0 WHERE {here} AND first = 1 AND id > ?"  # noqa: S608
        db.execute(sql, (*line.place, head))
    sort(db, line.platform, line.chat)


def taken(db: Database, line: Line) -> None:
    """A message of this line is on its way."""
    if _on_their_way(db, line) >= AT_ONCE_TO_ONE:
        _sort_all(db, line, lambda row: row["ready_at"] is not None)
    sort(db, line.platform, line.chat)


def back(db: Database, line: Line) -> None:
    """A message of this line is on its way no more."""
    changed(db, line)
    if _on_their_way(db, line) == AT_ONCE_TO_ONE - 1:
        _sort_all(db, line, _is_free)


def _on_their_way(db: Database, line: Line) -> int:
    sql = "SELECT COUNT(*) AS n FROM outbox WHERE claimed = 1 AND platform = ? AND user = ?"
    found = rows.one(db, sql, line.platform, line.user) if line.user else None
    return int(found["n"]) if found else 0


def _is_free(row: Row) -> bool:
    """As `_FREE`."""
    return bool(row["first"] and not row["claimed"] and not row["gone"])


def _sort_all(db: Database, line: Line, which: Callable[[Row], bool]) -> None:
    """The chats in which something for this person waits."""
    for chat in dict.fromkeys(row["chat"] for row in owed_to(db, line) if which(row)):
        sort(db, line.platform, chat)


def owed_to(db: Database, line: Line) -> Iterable[Row]:
    """All that is owed to this person: little, so it is chosen from here. With more conditions it
    would be sought by what is ready, or by its chat, and that may be much."""
    return rows.every(db, OWED, line.platform, line.user)


OWED = """
    SELECT id, chat, thread, slot, first, claimed, gone, ready_at FROM outbox
    WHERE platform = ? AND user = ? ORDER BY id
"""


def sort(db: Database, platform: str, chat: str) -> None:
    """Find out anew which messages of this chat are ready, and when they may go."""
    sql = "SELECT COUNT(*) AS n FROM outbox WHERE claimed = 1 AND platform = ? AND chat = ?"
    busy = rows.one(db, sql, platform, chat)
    places = AT_ONCE_IN_A_CHAT - (busy["n"] if busy else 0)
    pause = holds.name_of(platform, chat)
    found = list(rows.every(db, _BEST, pause, platform, chat, places)) if places > 0 else []
    ready = {row["id"]: row for row in found}
    sql = "SELECT id FROM outbox WHERE ready_at IS NOT NULL AND platform = ? AND chat = ?"
    for row in list(rows.every(db, sql, platform, chat)):
        if row["id"] not in ready:
            db.execute("UPDATE outbox SET ready_at = NULL WHERE id = ?", (row["id"],))
    for row in found:
        if row["ready_at"] != (at := max(row["due"], float(row["held"] or 0.0))):
            db.execute("UPDATE outbox SET ready_at = ? WHERE id = ?", (at, row["id"]))


def moved(db: Database, platform: str, chat: str) -> None:
    """Messages of another chat belong to this one now."""
    sql = "SELECT DISTINCT platform, chat, thread, slot, '' AS user FROM outbox"
    for row in list(rows.every(db, f"{sql} WHERE platform = ? AND chat = ?", platform, chat)):
        changed(db, Line.of(row))


def free(db: Database) -> None:
    """Nothing is on its way: let go of what a killed process had taken up, and look at all once."""
    db.execute("UPDATE outbox SET claimed = 0 WHERE claimed = 1")
    sort_anew(db)


def sort_anew(db: Database) -> None:
    """Find out for all which messages are ready, and when."""
    db.execute(f"UPDATE outbox SET ready_at = NULL, first = {_COMES_FIRST}")  # noqa: S608
    db.execute(f"UPDATE outbox SET ready_at = due WHERE id IN ({_NEXT})")  # noqa: S608
    for platform, chat in holds.held_chats(db):
        sort(db, platform, chat)
