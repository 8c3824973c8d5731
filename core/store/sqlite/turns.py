"""Write 1: a message comes in, the decision is taken inside the write lock, and all of it is stored
at once."""

import sqlite3
from dataclasses import replace

from core.domain.admission import Space
from core.domain.conversation import Chat, Decision, Grown
from core.domain.conversation.belongings import unused
from core.domain.conversation.past import MOST, Lookup, Past, fits, session_of
from core.domain.fairness import lets_past
from core.domain.requests import Job, Notice, endings, to_outbound
from core.messages import Address, Inbound
from core.store import Remembered, Think
from core.store.sqlite import cursor, drafts, outbox, pseudonyms, records, rows, spending


def take_in(
    db: sqlite3.Connection, inbound: Inbound, think: Think, now: float, lookup: Lookup
) -> bool:
    """Decide and write; False where this message was taken in before."""
    added = db.execute("INSERT OR IGNORE INTO seen (id, at) VALUES (?, ?)", (inbound.id, now))
    if added.rowcount == 0:
        return False
    cursor.note(db, inbound, now)
    known = remember(db, inbound, now, lookup)
    decision = think(known)
    _change_records(db, inbound, decision, now)
    if decision.chat != known.chat and not decision.erase:
        save_chat(db, decision.chat, now)
    if inbound.ticket is None:
        outbox.revive(db, inbound, now)
    _do(db, inbound, decision, now)
    if inbound.ticket is not None:  # the answer takes its place first
        outbox.revive(db, inbound, now)
    return True


def _do(db: sqlite3.Connection, inbound: Inbound, decision: Decision, now: float) -> None:
    """The words and the jobs of a decision."""
    copy = records.copy_of(db, inbound) if decision.copy else ""
    for message in decision.owed(copy):
        outbox.add(db, message, now, message.job)
    for job_id in decision.cancel:
        cancel(db, job_id, now)
    for job_id in decision.confirm:
        _confirm(db, job_id, now)
    for grown in decision.grow:
        _grow(db, grown, now)
    for begun in decision.start:
        start(db, begun.job, begun.notice, now)
    if left := unused(inbound, decision):
        records.note_files(db, inbound.address.platform, (), left)


def _change_records(
    db: sqlite3.Connection, inbound: Inbound, decision: Decision, now: float
) -> None:
    if decision.erase:
        records.erase(db, inbound, now)
    if decision.log_out:
        sql = "UPDATE accounts SET own = '' WHERE platform = ? AND user = ?"
        db.execute(sql, (inbound.address.platform, inbound.user))
    if decision.space is not None:
        body = rows.text(rows.SPACE, decision.space)
        sql = "INSERT OR REPLACE INTO spaces VALUES (?, ?, ?)"
        db.execute(sql, (inbound.address.platform, inbound.place.space, body))


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


def space_of(db: sqlite3.Connection, platform: str, space: str) -> Space:
    """What the admins of a group have set; nothing in private."""
    if not space:
        return Space()
    row = rows.one(db, "SELECT body FROM spaces WHERE platform = ? AND space = ?", platform, space)
    found: Space = rows.SPACE.validate_json(row["body"]) if row else Space()
    return found


def load_chat(db: sqlite3.Connection, user: str, address: Address) -> Chat:
    """The chat as last written, or a new one."""
    sql = "SELECT body FROM chats WHERE user = ? AND platform = ? AND chat = ? AND thread = ?"
    row = rows.one(db, sql, user, *rows.where(address))
    if row is None:
        return Chat(user=user, address=address)
    chat: Chat = rows.CHAT.validate_json(row["body"])
    return replace(chat, address=address)


def save_chat(db: sqlite3.Connection, chat: Chat, now: float) -> None:
    """Write a chat."""
    db.execute(
        "INSERT INTO chats (user, platform, chat, thread, body, updated) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET body = excluded.body, updated = excluded.updated",
        (chat.user, *rows.where(chat.address), rows.text(rows.CHAT, chat), now),
    )


def start(db: sqlite3.Connection, job: Job, notice: tuple[Notice, ...], now: float) -> None:
    """Store a job. Its user's client id is on disk before anything can be asked for with it
    (D2)."""
    pseudonyms.come_back(db, job.user, job.address.platform)
    lean, large = drafts.parted(job)
    added = db.execute(
        "INSERT INTO jobs"
        " (lock, user, platform, chat, thread, plan, space, step, state, due, notified_at, "
        "created, body, bundle)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            job.lock,
            job.user,
            *rows.where(job.address),
            job.plan,
            job.space,
            job.step,
            job.state,
            job.due,
            job.notified_at,
            job.created,
            rows.body(lean),
            rows.text(rows.BUNDLE, job.bundle),
        ),
    )
    stored = replace(job, id=added.lastrowid or 0)
    drafts.keep(db, stored, large)
    for words in notice:
        outbox.add(db, to_outbound(stored, words), now, stored.id)


def _grow(db: sqlite3.Connection, grown: Grown, now: float) -> None:
    job = grown.stored(now)
    db.execute(
        "UPDATE jobs SET bundle = ?, notified_at = ?, due = ? WHERE id = ?",
        (rows.text(rows.BUNDLE, job.bundle), job.notified_at, job.due, job.id),
    )
    if job.about is not None:  # a step that closes the bundle meanwhile is taken once more
        about = rows.text(rows.PROJECT, job.about)
        sql = "UPDATE jobs SET body = json_set(body, '$.about', json(?)) WHERE id = ?"
        db.execute(sql, (about, job.id))
    if grown.notice:
        outbox.add(db, to_outbound(job, grown.notice), now, job.id)


def cancel(db: sqlite3.Connection, job_id: int, now: float) -> None:
    """End a job, or mark one whose step is running."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open'", job_id)
    if row is None:
        return
    job, posts = endings.cancel(rows.to_job(row), at_work=bool(row["claimed"]))
    db.execute(
        "UPDATE jobs SET cancelled = ?, state = ?, body = ? WHERE id = ?",
        (job.cancelled, job.state, rows.body(job), job_id),
    )
    for message in posts:
        outbox.add(db, message, now, job_id)


def _confirm(db: sqlite3.Connection, job_id: int, now: float) -> None:
    """The price is accepted: the job that waits for that goes on."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0", job_id)
    if row is not None:
        job = endings.confirm(rows.to_job(row), now)
        db.execute(
            "UPDATE jobs SET body = ?, due = ?, lets_past = ? WHERE id = ?",
            (rows.body(job), job.due, lets_past(job), job_id),
        )
