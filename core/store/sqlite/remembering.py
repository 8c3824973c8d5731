"""What is known when somebody speaks, read inside the write lock."""

import sqlite3

from core.domain.conversation.past import MOST, Lookup, Past, fits, session_of
from core.domain.requests import Job
from core.messages import Inbound
from core.store import Remembered
from core.store.sqlite import drafts, rows, spending
from core.store.sqlite.chats import load_chat, space_of


def remember(db: sqlite3.Connection, inbound: Inbound, now: float, lookup: Lookup) -> Remembered:
    """What is known of this user at this address, and the job that a button names."""
    chat = load_chat(db, inbound.user, inbound.address)
    found = rows.every(
        db,
        "SELECT * FROM jobs WHERE state = 'open' AND platform = ? AND chat = ? AND thread = ? "
        "AND user = ? ORDER BY id",
        *rows.where(inbound.address),
        inbound.user,
    )
    place = inbound.address.platform
    named, answered = _named(db, inbound, lookup), _answered(db, inbound)
    return Remembered(
        chat=chat,
        open=tuple(map(rows.to_job, found)),
        named=named,
        answered=answered,
        past=_past(db, inbound, lookup, session_of(lookup.past, named or answered, chat)),
        space=space_of(db, place, inbound.place.space),
        spent=spending.spent_by(db, place, inbound.user, inbound.place.space, now),
        waiting=_count(db, "jobs", "state = 'open'", inbound),
        owed=_count(db, "outbox", "slot = '' AND gone = 0", inbound),
    )


def _named(db: sqlite3.Connection, inbound: Inbound, lookup: Lookup) -> Job | None:
    """The job that a button names."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", inbound.job) if inbound.job else None
    return _whole(db, rows.to_job(row), lookup) if row is not None else None


def _answered(db: sqlite3.Connection, inbound: Inbound) -> Job | None:
    """The job that the message is about which this one answers."""
    if not inbound.answers:
        return None
    place = inbound.address
    row = rows.one(
        db,
        "SELECT jobs.* FROM jobs JOIN messages ON jobs.id = messages.job "
        "WHERE messages.platform = ? AND messages.chat = ? AND messages.message = ?",
        place.platform,
        place.chat,
        inbound.answers,
    )
    return rows.to_job(row) if row is not None else None


def _whole(db: sqlite3.Connection, job: Job, lookup: Lookup) -> Job:
    return drafts.whole(db, job) if lookup.drafts else job


def _count(db: sqlite3.Connection, table: str, which: str, inbound: Inbound) -> int:
    sql = f"SELECT COUNT(*) AS many FROM {table} WHERE platform = ? AND user = ? AND {which}"  # noqa: S608
    row = rows.one(db, sql, inbound.address.platform, inbound.user)
    return int(row["many"]) if row else 0


AT_A_TIME = 25
"""Rows that are read at a time: nearly always the first ones are enough."""


def _past(
    db: sqlite3.Connection, inbound: Inbound, lookup: Lookup, session: str
) -> tuple[Job, ...]:
    """The user's last requests here that the decision has to look at, newest first; in this session
    alone, if one is named."""
    if lookup.past is Past.NONE:
        return ()
    found: list[Job] = []
    before: int | None = None
    while len(found) < MOST:
        page = _ended(db, inbound, before)
        ended = map(rows.to_job, page)
        found += [job for job in ended if fits(lookup.past, job, session)]
        if len(page) < AT_A_TIME:
            break
        before = page[-1]["id"]
    return tuple([_whole(db, job, lookup) for job in found[:MOST]])


def _ended(db: sqlite3.Connection, inbound: Inbound, before: int | None) -> list[sqlite3.Row]:
    """The user's requests here that are over, newest first, those with smaller numbers than
    `before`."""
    found = rows.every(
        db,
        "SELECT * FROM jobs WHERE state != 'open' AND user = ? AND platform = ? AND chat = ? "
        "AND thread = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
        inbound.user,
        *rows.where(inbound.address),
        before,
        before,
        AT_A_TIME,
    )
    return list(found)
