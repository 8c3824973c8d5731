"""Which messages may be claimed, and when, kept in columns (`first`, `ready_at`), so that a claim
looks at those alone and costs the same however many are owed.

A message comes after the earlier ones of its address and slot, unless these have failed so often
that nobody need wait for them, or are news: it is `first` when none stands before it. Of a chat's
first ones as many are ready as may be on their way there, those due before others; not those of a
person who has enough on their way (core.domain.limits). `ready_at` is when such a message may go,
after the pause that its platform has asked for in this chat. What changes one of these tells this
module, in the same transaction; each answer touches the few rows that it is about.

Pauses that a platform asks for, of one chat or of all, are on disk, since a restart must not begin
to ask again: in `meta`, as `held/telegram/123`, or as `held/telegram` for all chats. That of a
platform counts where its messages are claimed: nothing is put off, so a pause costs the same
however much is owed. A pause of all does not outlast a restart: it is a matter of seconds, and a
mistake in it would silence everybody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from core.domain.limits import AT_ONCE_IN_A_CHAT, AT_ONCE_TO_ONE, FAILURES_THAT_HOLD, Rank
from core.messages import Address
from core.store.database import Database, Row
from core.store.statements import rows

PAUSES = "held/"
SAME_PLACE = "platform = ? AND chat = ? AND thread = ?"
_NAMED = "platform = :platform AND chat = :chat AND thread = :thread"
_HOLDS = f"gone = 0 AND attempts < {FAILURES_THAT_HOLD} AND rank != {Rank.NEWS:d}"
FREE = "first = 1 AND claimed = 0 AND gone = 0"
_CROWDED = f"""(
    user != '' AND (
        SELECT COUNT(*) FROM outbox c
        WHERE c.claimed = 1 AND c.platform = outbox.platform AND c.user = outbox.user
    ) >= {AT_ONCE_TO_ONE}
)"""  # noqa: S608 (a number of ours)
_BEST = f"""
    SELECT id, due, ready_at, (SELECT value FROM meta WHERE name = ?) AS held
    FROM outbox WHERE {FREE} AND platform = ? AND chat = ? AND NOT {_CROWDED}
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
_HERE_TOO = f"{_NAMED} AND slot = :slot"
_ON_ITS_WAY = "SELECT 1 FROM outbox WHERE platform = :platform AND claimed = 1 AND"
_TWO = f"""
    SELECT CASE WHEN :slot = '' OR thread != :thread OR slot != :slot THEN 1 ELSE 0 END AS other
    FROM outbox WHERE {FREE} AND platform = :platform AND chat = :chat ORDER BY due, id LIMIT 2
"""  # noqa: S608
"""Two are enough: of its own slot it takes the place of one at most."""
_LOOK = f"""
    SELECT
        (SELECT again FROM posted WHERE {_HERE_TOO}) AS again,
        EXISTS (SELECT 1 FROM outbox WHERE {_HERE_TOO} AND claimed = 0) AS older,
        (SELECT value FROM meta WHERE name = :pause) AS held,
        EXISTS ({_ON_ITS_WAY} chat = :chat) OR :user != '' AND EXISTS ({_ON_ITS_WAY} user = :user)
        OR COALESCE((SELECT MAX(other) + COUNT(*) - 1 FROM ({_TWO}) AS two), 0) > 0 AS others
"""  # noqa: S608


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


class Look(NamedTuple):
    """What a new message finds: when that which stands in its slot may be edited (None: nothing
    does), whether words of its slot wait that nobody has begun to post, until when the chat is
    paused, and whether anything else of its chat, or on its way to its reader, is to be minded."""

    again: float | None
    older: bool
    held: float
    others: bool


def look(db: Database, line: Line) -> Look:
    """Before a message comes into this line."""
    pause = pause_of(line.platform, line.chat)
    (row,) = db.execute(_LOOK, line.named | {"user": line.user, "pause": pause}).fetchall()
    older, others = bool(line.slot and row["older"]), bool(row["others"])
    return Look(row["again"], older, float(row["held"] or 0.0), others)


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


def drop(db: Database, id: int) -> None:
    """Give a message up."""
    line = find(db, id)
    if line is not None:
        db.execute("DELETE FROM outbox WHERE id = ?", (id,))
        back(db, line)


def _on_their_way(db: Database, line: Line) -> int:
    sql = "SELECT COUNT(*) AS n FROM outbox WHERE claimed = 1 AND platform = ? AND user = ?"
    found = rows.one(db, sql, line.platform, line.user) if line.user else None
    return int(found["n"]) if found else 0


def _is_free(row: Row) -> bool:
    """As `FREE`."""
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
    pause = pause_of(platform, chat)
    found = list(rows.every(db, _BEST, pause, platform, chat, places)) if places > 0 else []
    ready = {row["id"]: row for row in found}
    sql = "SELECT id FROM outbox WHERE ready_at IS NOT NULL AND platform = ? AND chat = ?"
    for row in list(rows.every(db, sql, platform, chat)):
        if row["id"] not in ready:
            db.execute("UPDATE outbox SET ready_at = NULL WHERE id = ?", (row["id"],))
    for row in found:
        if row["ready_at"] != (at := max(row["due"], float(row["held"] or 0.0))):
            db.execute("UPDATE outbox SET ready_at = ? WHERE id = ?", (at, row["id"]))


def hold(db: Database, address: Address, until: float, *, everywhere: bool) -> None:
    """Nothing goes to this chat, or to any of its platform, before `until`."""
    name = pause_of(address.platform, "" if everywhere else address.chat)
    if until > _until(db, name):
        rows.keep_value(db, name, str(until))
    if not everywhere:
        sort(db, address.platform, address.chat)


def pause_of(platform: str, chat: str = "") -> str:
    """Where in `meta` it stands until when nothing goes to this chat, or to any of this
    platform."""
    return f"{PAUSES}{platform}/{chat}" if chat else f"{PAUSES}{platform}"


def _until(db: Database, name: str) -> float:
    return float(rows.value(db, name) or 0.0)


def pauses(db: Database) -> dict[str, float]:
    """Where the pauses are that are remembered (a platform, or one with a chat behind a slash),
    and until when each is. Nobody is paused for long, so they are few."""
    sql = "SELECT name, value FROM meta WHERE name > ? AND name < ? ORDER BY name"
    found = rows.every(db, sql, PAUSES, "held0")
    return {row["name"].removeprefix(PAUSES): float(row["value"]) for row in found}


def end_pause(db: Database, address: Address, now: float) -> None:
    """Something has arrived in this chat: a pause of its own that has ended leaves no trace of
    it."""
    name = pause_of(address.platform, address.chat)
    if 0.0 < _until(db, name) <= now:
        rows.drop_value(db, name)


def sweep_pauses(db: Database, now: float) -> int:
    """Forget pauses that are over, all of them at once: none is left for another piece."""
    for where, until in pauses(db).items():
        if until < now:
            rows.drop_value(db, f"{PAUSES}{where}")
    return 0
