"""Write 1: a message comes in; what is known of it is read, the decision is taken inside the write
lock, and all of it is stored at once."""

import re

from core.domain.conversation import (
    PAST_SEARCHED,
    Chat,
    Decision,
    Lookup,
    Past,
    counts_as_past,
    moves_cursor,
    past_at_most,
    session_of_past,
    session_spoken_of,
    unused_files,
)
from core.domain.limits import Charged, Held, counted_days
from core.domain.operating import UNASKED
from core.domain.requests import Job, Plan
from core.domain.versions import Versions
from core.messages import Inbound
from core.settings import Limits
from core.store.database import Database, Row
from core.store.port import Think
from core.store.reads import Remembered
from core.store.statements import (
    accounts,
    changes,
    charging,
    jobs,
    operating,
    operations,
    outbox,
    records,
    reels,
    rows,
    versions,
)
from core.store.statements.remains import known_job
from core.store.statements.terms import ALL

THEIRS = "platform = ? AND user = ?"
NEW = "INSERT INTO seen (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
WAITING = f"""
    SELECT (SELECT COUNT(*) FROM jobs WHERE {THEIRS} AND state = 'open') AS waiting,
        (SELECT COUNT(*) FROM outbox WHERE {THEIRS} AND slot = '' AND gone = 0) AS owed
"""  # noqa: S608


def take_in(
    db: Database,
    inbound: Inbound,
    think: Think,
    now: float,
    lookup: Lookup,
    limits: Limits = ALL,
) -> bool:
    """Decide and write; False where this message was taken in before."""
    added = db.execute(NEW, (inbound.id, now))
    if added.rowcount == 0:
        return False
    _note(db, inbound, now)
    known = remember(db, inbound, now, lookup, limits)
    decision = think(known)
    _change_records(db, inbound, decision, now)
    if decision.chat != known.chat and not decision.erase:
        rows.save_chat(db, decision.chat, now)
    if inbound.ticket is None:
        outbox.revive(db, inbound, now)
    _do(db, inbound, decision, now)
    if inbound.ticket is not None:  # the answer takes its place first
        outbox.revive(db, inbound, now)
    return True


def _note(db: Database, inbound: Inbound, now: float) -> None:
    """Remember the newest message of a chat."""
    db.execute(
        "INSERT INTO cursors (platform, chat, thread, user, last, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (platform, chat, thread) DO UPDATE SET user = excluded.user,"
        " at = excluded.at, last = CASE WHEN (? = 1 OR cursors.last = 0)"
        " AND excluded.last > cursors.last THEN excluded.last ELSE cursors.last END",
        (
            *rows.where(inbound.address),
            inbound.user if inbound.place.private else "",
            inbound.order,
            now,
            int(moves_cursor(inbound)),
        ),
    )


def _do(db: Database, inbound: Inbound, decision: Decision, now: float) -> None:
    """The words and the jobs of a decision."""
    copy = records.copy_of(db, inbound) if decision.copy else ""
    for message in decision.owed(copy):
        outbox.add(db, message, now, message.job)
    for job_id in decision.cancel:
        changes.cancel(db, job_id, now)
    for job_id in decision.confirm:
        changes.confirm(db, job_id, now)
    for grown in decision.grow:
        changes.grow(db, grown, now)
    begun = [jobs.start(db, it.job, it.notice, now) for it in decision.start]
    if decision.operate is not None:
        operations.operate(db, decision.operate, now)
    if decision.reel is not None:
        reels.write(db, decision.reel, inbound, begun[0] if begun else 0, now)
    if left := unused_files(inbound, decision):
        records.note_files(db, inbound.address.platform, (), left)


def _change_records(db: Database, inbound: Inbound, decision: Decision, now: float) -> None:
    if decision.erase:
        reels.forgotten(db, inbound, now)
        records.erase(db, inbound, now)
    if decision.log_out:
        sql = "UPDATE accounts SET own = '' WHERE platform = ? AND user = ?"
        db.execute(sql, (inbound.address.platform, inbound.user))
    if decision.space is not None:
        body = rows.text(rows.SPACE, decision.space)
        sql = (
            "INSERT INTO spaces (platform, space, body) VALUES (?, ?, ?)"
            " ON CONFLICT (platform, space) DO UPDATE SET body = excluded.body"
        )
        db.execute(sql, (inbound.address.platform, inbound.place.space, body))


def remember(
    db: Database, inbound: Inbound, now: float, lookup: Lookup, limits: Limits = ALL
) -> Remembered:
    """What is known of this user at this address, and the job that a button names."""
    chat = rows.load_chat(db, inbound.user, inbound.address)
    found = rows.every(
        db,
        "SELECT * FROM jobs WHERE state = 'open' AND platform = ? AND chat = ? AND thread = ? "
        "AND user = ? ORDER BY id",
        *rows.where(inbound.address),
        inbound.user,
    )
    place, open_here = inbound.address.platform, tuple(known_job(db, row) for row in found)
    named, answered = _named(db, inbound), _answered(db, inbound)
    near = (*open_here, named, answered)
    may_be_reel = any(job is not None and job.plan is Plan.REEL for job in near)
    past = _past(db, inbound, lookup, session_of_past(lookup.past, named or answered, chat))
    known = _versions(db, lookup, named or answered, chat, past)
    space = rows.space_of(db, place, inbound.place.space)
    (counts,) = rows.every(db, WAITING, *(place, inbound.user) * 2)
    counted, who = counted_days(limits, space), accounts.code(db, inbound.user, place)
    return Remembered(
        chat=chat,
        open=open_here,
        named=named,
        answered=answered,
        past=past,
        versions=known.get(session_spoken_of(named or answered, chat), Versions()),
        histories=known,
        space=space,
        spent=accounts.spent_by(db, place, inbound.user, who, inbound.place.space, counted, now),
        charged=_charged(db, inbound, who, now) if lookup.charged else Charged(),
        waiting=counts["waiting"],
        owed=counts["owed"],
        reel=reels.about(db, inbound, named or answered, open_here) if may_be_reel else None,
        pause=rows.pause(db),
        banned=accounts.is_banned(db, who),
        overview=operating.overview(db, now) if lookup.overview else UNASKED,
    )


def _charged(db: Database, inbound: Inbound, who: str, now: float) -> Charged:
    place, space = inbound.address.platform, inbound.place.space
    least = Held.WAITING
    return charging.charged(db, place, inbound.user, space, now, least=least, who=who)


def _versions(
    db: Database, lookup: Lookup, subject: Job | None, chat: Chat, past: tuple[Job, ...]
) -> dict[str, Versions]:
    """The versions of the project that a message is about, and those of earlier ones, by their
    sessions. A button or a reply is about a certain version."""
    if not lookup.versions and subject is None:
        return {}
    sessions = (session_spoken_of(subject, chat), *(job.progress.worked_in for job in past))
    wanted = dict.fromkeys(filter(None, sessions))
    return {session: versions.load(db, session) for session in wanted}


def _named(db: Database, inbound: Inbound) -> Job | None:
    """The job that a button names."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", inbound.job) if inbound.job else None
    return known_job(db, row) if row is not None else None


def _answered(db: Database, inbound: Inbound) -> Job | None:
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
    return known_job(db, row) if row is not None else None


AT_FIRST = 25
"""Rows that are read at first: nearly always they are enough."""
LINK = re.compile(r'"url": ?"[^"]')
"""Stands in the body of every request with a video, and in few others."""


def _past(db: Database, inbound: Inbound, lookup: Lookup, session: str) -> tuple[Job, ...]:
    """The user's last requests here that the decision has to look at, newest first; in this session
    alone, if one is named."""
    if lookup.past is Past.NONE:
        return ()
    found: list[Job] = []
    before, limit = rows.LAST, past_at_most(lookup.past)
    for many in (AT_FIRST, PAST_SEARCHED - AT_FIRST):
        page = _ended(db, inbound, before, many)
        jobs_of = (known_job(db, row) for row in page if _may_fit(lookup.past, row))
        found += [job for job in jobs_of if counts_as_past(lookup.past, job, session)]
        if len(page) < many or len(found) >= limit:
            break
        before = page[-1]["id"]
    return tuple(found[:limit])


def _may_fit(past: Past, row: Row) -> bool:
    """Whether to read the request at all: that is the dearest part, and mostly for nothing."""
    return past is not Past.VIDEOS or LINK.search(row["body"]) is not None


def _ended(db: Database, inbound: Inbound, before: int, many: int) -> list[Row]:
    """So many of the user's requests here that are over, newest first, those with smaller numbers
    than `before`."""
    found = rows.every(
        db,
        "SELECT * FROM jobs WHERE state != 'open' AND user = ? AND platform = ? AND chat = ? "
        "AND thread = ? AND id < ? ORDER BY id DESC LIMIT ?",
        inbound.user,
        *rows.where(inbound.address),
        before,
        many,
    )
    return list(found)
