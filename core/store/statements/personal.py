"""What each table holds of a person: which rows are theirs, what the copy of /mydata shows, and
what /forget leaves.

Every table and every column is named here; a test walks the schema, so that a new one cannot be
forgotten."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.domain.tokens import without_tokens
from core.store.database import Database, Result, Row


class Shown(StrEnum):
    """How a column stands in the copy."""

    PLAIN = "plain"
    JSON = "json"
    SEALED = "sealed"
    """Only that it is there: no secret is shown, not even a sealed one."""
    SIZE = "size"
    """Only how many characters: the copy has to go into one message, and megabytes of the service's
    own JSON do not."""
    CODE = "code"
    """Not at all: it stands in the place of a name, and is of no use to anybody."""


@dataclass(frozen=True, slots=True)
class Table:
    """`theirs` is the SQL condition for a person's rows, empty where no row is anybody's; it may
    look at the places in `alone`. `why` such rows stay."""

    columns: Mapping[str, Shown]
    theirs: str = ""
    why: str = ""


def _columns(plain: str, **others: Shown) -> dict[str, Shown]:
    return dict.fromkeys(plain.split(), Shown.PLAIN) | others


OWN = "user = :person AND platform = :platform"
ALONE = "SELECT platform, chat, thread FROM alone"
"""Chats that nobody else reads; on some platforms a chat's very number is the person's."""
THEIR_JOBS = f"SELECT id FROM jobs WHERE {OWN}"  # noqa: S608 (text of ours, here and below)
OF_THEIR_JOBS = (
    "SELECT platform, chat, thread, slot FROM posted WHERE platform = :platform"  # noqa: S608
    f" AND slot IN (SELECT 'job-' || CAST(id AS TEXT) FROM jobs WHERE {OWN})"
)
STATUSES_ALONE = (
    "SELECT posted.platform, posted.chat, posted.thread, posted.slot FROM alone CROSS JOIN posted"
    " WHERE posted.platform = alone.platform AND posted.chat = alone.chat"
    " AND posted.thread = alone.thread"
)
OWN_WORDS = f"SELECT id FROM outbox WHERE {OWN}"  # noqa: S608
ABOUT_THEIR_JOBS = f"SELECT id FROM outbox WHERE job IN ({THEIR_JOBS})"  # noqa: S608
OWN_CHATS = f"SELECT platform, chat, thread FROM cursors WHERE {OWN}"  # noqa: S608


def _either(one: str, other: str) -> str:
    """The keys that one of two searches finds; so that these are sought, and no table is read."""
    return f"SELECT * FROM ({one} UNION {other}) AS either"  # noqa: S608


CODED = "platform = :platform AND who = :who"
NAMED = "platform = :platform AND name = :who"
COUNTS = (
    "limits outlast /forget, under a code without a name, for as long as "
    "core.domain.privacy.KEPT says"
)

TABLES: Mapping[str, Table] = {
    "outbox": Table(
        _columns(
            "id platform chat thread slot job user due created attempts claims claimed gone "
            "first ready_at rank",
            body=Shown.JSON,
        ),
        f"id IN ({_either(OWN_WORDS, ABOUT_THEIR_JOBS)})",
    ),
    "posted": Table(
        _columns("platform chat thread slot message text at again"),
        f"(platform, chat, thread, slot) IN ({_either(OF_THEIR_JOBS, STATUSES_ALONE)})",
    ),
    "messages": Table(_columns("platform chat message job at"), f"job IN ({THEIR_JOBS})"),
    "cursors": Table(
        _columns("platform chat thread user last at"),
        f"(platform, chat, thread) IN ({_either(OWN_CHATS, ALONE)})",
    ),
    "meta": Table(
        _columns("name value"),
        "name IN (SELECT 'held/' || platform || '/' || chat FROM alone)",
    ),
    "chats": Table(
        _columns(
            "user platform chat thread updated holds private news away language", body=Shown.JSON
        ),
        OWN,
    ),
    "accounts": Table(
        _columns(
            "user platform client_id expires granted anonymous",
            egress=Shown.CODE,
            token=Shown.SEALED,
            own=Shown.SEALED,
        ),
        OWN,
    ),
    "drafts": Table(_columns("job name hash", text=Shown.SIZE), f"job IN ({THEIR_JOBS})"),
    "jobs": Table(
        _columns(
            "id lock user platform chat thread plan space ended step state due notified_at created "
            "version claims claimed cancelled clip lets_past waits sent spent payer why reel",
            body=Shown.JSON,
            bundle=Shown.JSON,
        ),
        OWN,
    ),
    "versions": Table(
        _columns(
            "session number parent platform user job at mark words",
            files=Shown.JSON,
            draft=Shown.SIZE,
        ),
        OWN,
    ),
    "projects": Table(_columns("session platform user shown at"), OWN),
    "shares": Table(_columns("id job mark platform user at", body=Shown.JSON), OWN),
    "forgotten": Table(_columns("platform space created paid", who=Shown.CODE), CODED, COUNTS),
    "granted": Table(_columns("granted", who=Shown.CODE, egress=Shown.CODE), "who = :who", COUNTS),
    "news": Table(
        _columns("key platform user chat thread language words state at total sent blocked unsure"),
        OWN,
    ),
    "news_to": Table(_columns("platform user chat thread"), OWN),
    "bans": Table(
        _columns("platform at", who=Shown.CODE), CODED, "a ban outlasts /forget, under that code"
    ),
    "charges": Table(
        _columns("job platform space plan held at credits", who=Shown.CODE), CODED, COUNTS
    ),
    "raised": Table(_columns("platform at credits", who=Shown.CODE), CODED, COUNTS),
    "spent_sums": Table(
        _columns("whose platform span at credits", name=Shown.CODE),
        f"whose = 'user' AND {NAMED}",
        COUNTS,
    ),
    "held_sums": Table(
        _columns("whose platform held plan credits unknown", name=Shown.CODE),
        f"whose = 'user' AND {NAMED}",
        COUNTS,
    ),
    "seen": Table(_columns("id at"), why="numbers of messages, for a week, with nobody's name"),
    "spaces": Table(
        _columns("platform space body"), why="what the admins of a group have set for it"
    ),
}
"""In the order in which they are erased: what is found through the jobs goes before them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the conditions are about: `who` is the code for them, and `places` are the chats that
    nobody else reads, each with its thread."""

    user: str
    platform: str
    who: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def named(self) -> dict[str, str]:
        """As parameters."""
        chats = {f"chat{n}": chat for n, (chat, _) in enumerate(self.places)}
        threads = {f"thread{n}": thread for n, (_, thread) in enumerate(self.places)}
        own = {"person": self.user, "platform": self.platform, "who": self.who}
        return own | chats | threads

    @property
    def alone(self) -> str:
        """The places as a table, in front of a statement."""
        cells = (f"(:platform, :chat{n}, :thread{n})" for n in range(len(self.places)))
        found = f"VALUES {', '.join(cells)}" if self.places else "SELECT '', '', '' WHERE 1 = 0"
        return f"WITH alone (platform, chat, thread) AS ({found}) "


def copy_of(db: Database, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, by its table."""
    found = {}
    for name, table in TABLES.items():
        if table.theirs:
            sql = f"SELECT * FROM {name} WHERE {table.theirs}"  # noqa: S608
            rows_of = _run(db, sql, person).fetchall()
            found[name] = [_shown(row, table.columns) for row in rows_of]
    return found


def erase(db: Database, person: Person) -> None:
    """All of these rows, but for those that stay for a reason."""
    for name, table in TABLES.items():
        if table.theirs and not table.why:
            _run(db, f"DELETE FROM {name} WHERE {table.theirs}", person)  # noqa: S608


def owed(db: Database, person: Person) -> list[Row]:
    """Where words to them stand, and for whom each is."""
    sql = "SELECT DISTINCT platform, chat, thread, slot, user FROM outbox"
    return _run(db, f"{sql} WHERE {TABLES['outbox'].theirs}", person).fetchall()


def _run(db: Database, sql: str, person: Person) -> Result:
    return db.execute(f"{person.alone}{sql}" if " FROM alone" in sql else sql, person.named)


def _shown(row: Row, columns: Mapping[str, Shown]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for column, how in columns.items():
        value = row[column]
        match how:
            case Shown.PLAIN:
                entry[column] = _plain(value)
            case Shown.JSON:
                entry[column] = _plain(json.loads(value)) if value else None
            case Shown.SIZE:
                entry[column] = len(value)
            case Shown.SEALED:
                entry[column] = SEALED if value else ""
    return entry


SEALED = "(sealed)"
CIPHER = re.compile(r"(?:sealed:)?gAAAA[\w=-]{60,}")
"""What core.vault makes, wherever in a body it stands."""


def _plain(value: Any) -> Any:
    match value:
        case str():
            return CIPHER.sub(SEALED, without_tokens(value))
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {name: _plain(each) for name, each in value.items()}
    return value
