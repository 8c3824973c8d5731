"""Requests as rows: begun, and moved on by their steps. What people change in them meanwhile is
beside it (`changes`).

Write 2 is what a step has come to, written down with a version check, and with it the claim of the
next step where that follows at once."""

from dataclasses import replace
from typing import NamedTuple

from core.bodies import Unreadable
from core.domain.conversation import Chat, chat_after_step
from core.domain.limits import lets_past
from core.domain.requests import (
    Advanced,
    Job,
    Notice,
    State,
    Step,
    at_home,
    grew_meanwhile,
    to_outbound,
    unless_cancelled,
)
from core.store.database import Database, Row
from core.store.port import LostLease
from core.store.reads import Claimed
from core.store.statements import (
    accounts,
    charging,
    outbox,
    queue,
    reels,
    rows,
    versions,
)
from core.store.statements.remains import known_job
from core.store.statements.terms import TERMS, Terms

OWN = "plan, state, lets_past, sent, spent, payer, why, reel"
"""Columns that few steps change, in the order of `_own`: half of the indexes hold one of them, and
an index is written anew with each column of it that a statement names."""
FENCE = (
    "SELECT id, lock, platform, chat, thread, space, step, notified_at, version, cancelled, clip,"  # noqa: S608
    f" bundle, {OWN} FROM jobs WHERE id = ?"
)
MOVED = "step = ?, due = ?, notified_at = ?, claimed = ?, claims = 0, body = ?"
SETTLED = f"{MOVED}, {OWN.replace(',', ' = ?,')} = ?, ended = ?"
WRITE, WRITE_ALL = (f"UPDATE jobs SET {columns} WHERE id = ?" for columns in (MOVED, SETTLED))  # noqa: S608


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
    if waits := queue.standing(db, stored.id):
        queue.stand(db, stored.id, waits)
    versions.keep_apart(db, stored, large)
    charging.write(db, stored, now)
    for words in notice:
        outbox.add(db, to_outbound(stored, words), now, stored.id)
    return stored.id


def go_on(
    db: Database, advanced: Advanced, now: float, terms: Terms = TERMS
) -> tuple[bool, Claimed | None]:
    """Write 2, and the claim of the same job's next step with it, if that is due and may be
    claimed."""
    written = _written(db, advanced, now, terms, goes_on=True)
    if written is None:
        return False, None
    if not written.on:
        return True, None
    try:
        return True, queue.looked_up(db, written.job, now, terms, written.chat)
    except Unreadable as problem:
        queue.close_unread(db, written.job.id, problem, now)
        return True, None


def commit(db: Database, advanced: Advanced, now: float, terms: Terms = TERMS) -> bool:
    """Write 2. The version is the fence: where it is not the claimed one any more, nothing is
    written.

    False where something joined the bundle while it was being closed: it waits once more, and is
    closed with that."""
    return _written(db, advanced, now, terms) is not None


class _Written(NamedTuple):
    """The job as it stands from now on; `on` says that it is taken up again already. And the chat
    in which it was asked for, as the step has left it."""

    job: Job
    on: bool
    chat: Chat


def _written(
    db: Database, advanced: Advanced, now: float, terms: Terms, *, goes_on: bool = False
) -> _Written | None:
    row = rows.one(db, FENCE, advanced.job.id)
    if row is None or row["version"] != advanced.job.version:
        raise LostLease(f"job {advanced.job.id}")
    if row["step"] == Step.GATHER and _waits_once_more(db, advanced.job):
        return None
    if rows.where(advanced.job.address) != (row["platform"], row["chat"], row["thread"]):
        advanced = at_home(advanced, rows.moved(advanced.job, row))
    advanced = unless_cancelled(advanced, cancelled=bool(row["cancelled"]))
    job = advanced.job
    lean, large = versions.parted(job)
    on = _write(db, row, lean, now, goes_on=goes_on)
    if job.state is State.OPEN and row["lets_past"] and not lets_past(job):
        queue.stand_in_front(db, job.id)
    versions.keep_apart(db, job, large)
    chat = _write_beside(db, advanced, now, terms)
    return _Written(rows.taken_on(job, row) if on else job, on, chat)


def _waits_once_more(db: Database, closed: Job) -> bool:
    """Whether something has joined the bundle meanwhile; then it is free again."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", closed.id)
    stored = known_job(db, row) if row is not None else closed
    if not grew_meanwhile(stored, closed):
        return False
    db.execute("UPDATE jobs SET claimed = 0, claims = 0 WHERE id = ?", (stored.id,))
    _free(db, stored)
    return True


def _write(db: Database, row: Row, job: Job, now: float, *, goes_on: bool) -> bool:
    """The row as the step has left it. Whether it is taken up for the next one at once: as long as
    it is never free in between, few indexes are written."""
    stays = goes_on and job.state is State.OPEN and job.due <= now
    told = max(row["notified_at"], job.notified_at)
    moved = (job.step, job.due, told, int(stays), rows.body(job))
    own = _own(job)
    if own == tuple(row[name] for name in OWN.split(", ")):
        db.execute(WRITE, (*moved, job.id))
    else:
        ended = 0.0 if job.state is State.OPEN else now
        db.execute(WRITE_ALL, (*moved, *own, ended, job.id))
    waits = queue.standing(db, job.id)
    on = stays and waits == queue.READY
    if on:
        queue.take_on(db, job.id)
        queue.moved_on(db, job, Step(row["step"]))
    elif stays or waits != queue.READY:
        queue.stand(db, job.id, waits)
    _make_room(db, job, free=not on)
    return on


def _own(job: Job) -> tuple[str | float | None, ...]:
    return job.plan, job.state, int(lets_past(job)), *rows.beside(job)


def _write_beside(db: Database, advanced: Advanced, now: float, terms: Terms) -> Chat:
    """All that the step has left besides the job itself. Returns the chat."""
    job = advanced.job
    for message in advanced.posts:
        outbox.add(db, message, now, job.id)
    charging.write(db, job, now)
    for spawned in advanced.spawn:
        start(db, spawned, (), now)
    if advanced.history is not None:
        versions.save(db, job, advanced.history, now)
    chat = _remember(db, advanced, now, terms.egress)
    if job.of_reel:
        reels.ended(db, job, now)
        queue.ease(db, job.address.platform, job.user)
    return chat


def release(db: Database, job: Job) -> None:
    """Hand a job back as if it had not been taken up. One that was stopped meanwhile counts as
    begun: whoever ends it looks, and pays for nothing."""
    sql = (
        "UPDATE jobs SET claimed = 0, claims = claims - 1 + cancelled WHERE id = ? AND version = ?"
    )
    if db.execute(sql, (job.id, job.version)).rowcount:
        _free(db, job)


def _free(db: Database, job: Job) -> None:
    """It is not under way any more."""
    queue.sort_in(db, job.id)
    _make_room(db, job)


def _make_room(db: Database, job: Job, *, free: bool = True) -> None:
    """Whom it stood in the way of may go: others of its user if it is free, and of its lock."""
    if free:
        queue.ease(db, job.address.platform, job.user)
    if job.state is not State.OPEN or lets_past(job):
        queue.let_past(db, job.id)


def _remember(db: Database, advanced: Advanced, now: float, egress: str) -> Chat:
    """The account, the project and the kept photos, as the step has left them. Returns the chat."""
    job = advanced.job
    if advanced.account is not None:
        accounts.save(db, job, advanced.account, egress)
    if advanced.drop_token:
        accounts.drop_token(db, job)
    if advanced.closed_until:
        accounts.close_quota(db, advanced.closed_until, egress)
    chat = rows.load_chat(db, job.user, job.address)
    after = chat_after_step(chat, advanced, now)
    if after != chat:
        rows.save_chat(db, after, now)
    return after
