"""What people's words change in requests that are open: they grow, are stopped, or their price is
accepted."""

from dataclasses import replace

from core.bodies import Unreadable
from core.domain import requests
from core.domain.conversation import Grown
from core.domain.limits import lets_past
from core.domain.requests import State, to_outbound
from core.store.database import Database
from core.store.statements import charging, outbox, queue, reels, rows
from core.store.statements.remains import known_job


def grow(db: Database, grown: Grown, now: float) -> None:
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
    job, posts = requests.cancel_job(known_job(db, row), at_work=bool(row["claimed"]))
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
        queue.ease(db, job.address.platform, job.user)


def confirm(db: Database, job_id: int, now: float) -> None:
    """The price is accepted: the job that waits for that goes on."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0", job_id)
    if row is None:
        return
    try:
        job = requests.confirm_price(rows.to_job(row), now)
    except Unreadable as problem:
        queue.close_unread(db, job_id, problem, now)
        return
    db.execute(
        "UPDATE jobs SET body = ?, due = ?, lets_past = ? WHERE id = ?",
        (rows.body(job), job.due, lets_past(job), job_id),
    )
    charging.write(db, job, now)
    queue.stand_in_front(db, job_id)
