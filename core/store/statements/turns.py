"""Write 1: a message comes in, the decision is taken inside the write lock, and all of it is stored
at once."""

from dataclasses import replace

from core.domain.capacity import lets_past
from core.domain.conversation import Decision, Grown
from core.domain.conversation.arrival import unused
from core.domain.conversation.chat import Lookup
from core.domain.requests import Job, Notice, State, advancing, to_outbound
from core.messages import Inbound
from core.settings import Limits
from core.store import Think
from core.store.statements import (
    accounts,
    charging,
    chats,
    operations,
    outbox,
    queue,
    records,
    reels,
    rows,
    versions,
)
from core.store.statements.chats import save_chat
from core.store.statements.database import Database
from core.store.statements.remembering import remember
from core.store.statements.terms import ALL

NEW = "INSERT INTO seen (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING"


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
    chats.note(db, inbound, now)
    known = remember(db, inbound, now, lookup, limits)
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


def _do(db: Database, inbound: Inbound, decision: Decision, now: float) -> None:
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
    begun = [start(db, it.job, it.notice, now) for it in decision.start]
    if decision.operate is not None:
        operations.operate(db, decision.operate, now, cancel)
    if decision.reel is not None:
        reels.write(db, decision.reel, inbound, begun[0] if begun else 0, now)
    if left := unused(inbound, decision):
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


def start(db: Database, job: Job, notice: tuple[Notice, ...], now: float) -> int:
    """Store a job, and return its number. Its user's client id is on disk before anything can be
    asked for with it (D2)."""
    accounts.come_back(db, job.user, job.address.platform)
    lean, large = versions.parted(job)
    added = db.execute(
        "INSERT INTO jobs"
        " (lock, user, platform, chat, thread, plan, space, step, state, due, notified_at, "
        "created, body, bundle, lets_past, sent, spent, payer, why, reel)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
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
            lets_past(job),
            *rows.beside(job),
        ),
    )
    stored = replace(job, id=added.fetchall()[0][0])
    queue.sort_in(db, stored.id)
    versions.keep_apart(db, stored, large)
    charging.write(db, stored, now)
    for words in notice:
        outbox.add(db, to_outbound(stored, words), now, stored.id)
    return stored.id


def _grow(db: Database, grown: Grown, now: float) -> None:
    job = grown.stored(now)
    db.execute(
        "UPDATE jobs SET bundle = ?, notified_at = ?, due = ? WHERE id = ?",
        (rows.text(rows.BUNDLE, job.bundle), job.notified_at, job.due, job.id),
    )
    if job.about is not None:  # a step that closes the bundle meanwhile is taken once more
        rows.rewrite(db, job.id, lambda stored: replace(stored, about=job.about))
    if grown.notice:
        outbox.add(db, to_outbound(job, grown.notice), now, job.id)


def cancel(db: Database, job_id: int, now: float) -> None:
    """End a job, or mark one whose step is running."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open'", job_id)
    if row is None:
        return
    job, posts = advancing.cancel(rows.to_job(row), at_work=bool(row["claimed"]))
    over = job.state is not State.OPEN
    db.execute(
        "UPDATE jobs SET cancelled = ?, state = ?, ended = ?, body = ? WHERE id = ?",
        (job.cancelled, job.state, now if over else 0.0, rows.body(job), job_id),
    )
    charging.write(db, job, now)
    if over:
        queue.sort_in(db, job_id)
        queue.let_past(db, job_id)
    for message in posts:
        outbox.add(db, message, now, job_id)
    if job.of_reel:
        reels.ended(db, job, now)


def _confirm(db: Database, job_id: int, now: float) -> None:
    """The price is accepted: the job that waits for that goes on."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0", job_id)
    if row is not None:
        job = advancing.confirm(rows.to_job(row), now)
        db.execute(
            "UPDATE jobs SET body = ?, due = ?, lets_past = ? WHERE id = ?",
            (rows.body(job), job.due, lets_past(job), job_id),
        )
        charging.write(db, job, now)
        queue.stand_in_front(db, job_id)
