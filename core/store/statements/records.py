"""What is kept of one person: copied for them, erased for good, and the files that go with it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from uuid import uuid4

from core.domain.conversation import Chat, private_places
from core.domain.limits import Begun, counted_try
from core.domain.privacy import lifetime
from core.domain.requests import Job, Plan
from core.messages import Attachment, Inbound
from core.store.database import Database, Row
from core.store.reads import Held, Litter
from core.store.statements import accounts, charging, ordering, personal, rows
from core.store.statements.ordering import Line
from core.store.statements.remains import known_job

PIECE, MANY = 25, 500
"""Requests, chats or accounts that are looked at at a time, so that nobody waits for long."""
Person = tuple[str, str]
"""A platform and a user."""
Place = tuple[str, str, str, str]
"""A chat as the order of its table has it: platform, user, chat, thread."""
START: Place = ("", "", "", "")
CHATS_THAT_HOLD = (
    "SELECT * FROM chats WHERE holds = 1 AND (platform, user, chat, thread) > (?, ?, ?, ?)"
    " ORDER BY platform, user, chat, thread LIMIT ?"
)
LITTER = "litter:"
"""How the names of files to delete are called in the table of single values; they stay until the
files are gone."""


def copy_of(db: Database, inbound: Inbound) -> str:
    """Everything that is kept of who asks, on their platform, as JSON; what is sealed is only said
    to be there."""
    user, platform = inbound.user, inbound.address.platform
    jobs = [known_job(db, row) for row in _all(db, "jobs", user, platform)]
    chats = [rows.to_chat(row) for row in _all(db, "chats", user, platform)]
    kept = personal.copy_of(db, _person(db, inbound, jobs, chats))
    return json.dumps(kept, ensure_ascii=False, indent=2)


def erase(db: Database, inbound: Inbound, now: float) -> None:
    """Everything that is kept of this user on their platform. The files go once this is on disk:
    see `litter`."""
    user, platform = inbound.user, inbound.address.platform
    jobs = [known_job(db, row) for row in _all(db, "jobs", user, platform)]
    chats = [rows.to_chat(row) for row in _all(db, "chats", user, platform)]
    erased = {"user": user, "at": now}
    note_files(db, platform, jobs, [file for chat in chats for file in chat.kept], erased)
    _note_use(db, user, platform, jobs, now)
    charging.forget(db, jobs, now)
    person = _person(db, inbound, jobs, chats)
    lines = [Line.of(row) for row in personal.owed(db, person)]
    personal.erase(db, person)
    for line in lines:  # who stood behind this person's words stands there no more
        ordering.back(db, line)


def _note_use(db: Database, user: str, platform: str, jobs: Iterable[Job], now: float) -> None:
    """Before the rows of a user are erased: when each request began, whether it is paid for, and
    the token's time."""
    who, since = accounts.code(db, user, platform), now - lifetime("counted")
    counted = [(job.space, counted_try(Begun.of(job))) for job in jobs if job.created > since]
    db.executemany(
        "INSERT INTO forgotten (who, platform, space, created, paid) VALUES (?, ?, ?, ?, ?)",
        [(who, platform, space, each.created, int(each.paid)) for space, each in counted if each],
    )
    db.execute(
        "INSERT INTO granted (who, granted, egress)"
        " SELECT CAST(? AS TEXT), granted, egress FROM accounts"
        " WHERE user = ? AND platform = ? AND granted > ?"
        " ON CONFLICT (who) DO UPDATE SET granted = excluded.granted, egress = excluded.egress",
        (who, user, platform, now - lifetime("granted")),
    )


def _person(db: Database, inbound: Inbound, jobs: list[Job], chats: list[Chat]) -> personal.Person:
    """Who asks, with the code for them and the chats that they alone read."""
    user, platform = inbound.user, inbound.address.platform
    places = sorted((place.chat, place.thread) for place in private_places(inbound, jobs, chats))
    code = accounts.code(db, user, platform)
    return personal.Person(user, platform, code, tuple(places))


def _all(db: Database, table: str, user: str, platform: str) -> Iterable[Row]:
    sql = f"SELECT * FROM {table} WHERE user = ? AND platform = ?"  # noqa: S608
    return rows.every(db, sql, user, platform)


def place_of(row: Row) -> Place:
    """Where a chat stands in that order."""
    return row["platform"], row["user"], row["chat"], row["thread"]


def note_files(
    db: Database,
    platform: str,
    jobs: Sequence[Job],
    files: Iterable[Attachment],
    erased: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Files that nobody needs any more: the copies of these jobs, and what they and `files` name;
    with who was `erased`, and when."""
    refs = {file.ref for job in jobs for file in job.named_files} | {file.ref for file in files}
    note = {"platform": platform, "jobs": [job.id for job in jobs], "refs": sorted(refs), **erased}
    rows.keep_value(db, LITTER + uuid4().hex, json.dumps(note))


def litter(db: Database) -> tuple[Litter, ...]:
    """The files that erased users have left on disk."""
    found = rows.every(db, "SELECT * FROM meta WHERE name > ? AND name < ?", LITTER, f"{LITTER}~")
    notes = [(row["name"], json.loads(row["value"])) for row in found]
    return tuple(
        Litter(
            name,
            note["platform"],
            tuple(note["jobs"]),
            tuple(note["refs"]),
            note.get("user", ""),
            note.get("at", 0.0),
        )
        for name, note in notes
    )


def cleared(db: Database, found: Litter) -> None:
    """They are gone, so their names go too."""
    rows.drop_value(db, found.id)


def held(db: Database, after: int) -> tuple[Held, int | None]:
    """Which files on disk open requests still have a use for: some requests, those with numbers
    above `after`; with the last of these, None where no more are left."""
    some = "SELECT * FROM jobs WHERE state = 'open' AND id > ? ORDER BY id LIMIT ?"
    jobs = [known_job(db, row) for row in rows.every(db, some, after, PIECE)]
    refs = frozenset(file.ref for job in jobs for file in job.named_files)
    refs |= {ref for job in jobs if job.plan is Plan.REEL for ref in _shared(db, job)}
    return Held(frozenset(job.id for job in jobs), refs), jobs[-1].id if jobs else None


def _shared(db: Database, reel: Job) -> list[str]:
    """The photos of a group reel."""
    found = rows.every(db, "SELECT body FROM shares WHERE job = ?", reel.id)
    return [rows.FILE.read(row["body"]).ref for row in found]


def kept(db: Database, after: Place) -> tuple[Held, Place | None]:
    """The same of what waits in chats: of some, those behind that place."""
    found = list(rows.every(db, CHATS_THAT_HOLD, *after, PIECE))
    refs = frozenset(file.ref for row in found for file in rows.to_chat(row).kept)
    return Held(frozenset(), refs), place_of(found[-1]) if found else None


def sealed(db: Database, after: Person) -> tuple[list[str], Person | None]:
    """Tokens at rest, for finding out at the start whether the keys still fit: those of some
    people, behind that one."""
    found = list(
        rows.every(
            db,
            "SELECT platform, user, token, own FROM accounts WHERE (platform, user) > (?, ?)"
            " ORDER BY platform, user LIMIT ?",
            *after,
            MANY,
        )
    )
    tokens = [text for row in found for text in (row["token"], row["own"]) if text]
    return tokens, (found[-1]["platform"], found[-1]["user"]) if found else None
