"""A request whose record cannot be read is put aside: closed as failed, so that nobody else waits
for it, and its person told. Left where it is, it would end every claim, and so the process, again
at each start."""

from contextlib import suppress

import structlog

from core.bodies import Unreadable
from core.domain.gathering import Bundle
from core.domain.limits import abandoned
from core.domain.requests import closed_unread
from core.store.database import Database, Row
from core.store.statements import charging, outbox, reels, rows
from core.store.statements.remains import remains

log = structlog.get_logger()

_CLOSED = """
    UPDATE jobs SET plan = ?, step = ?, state = ?, why = ?, notified_at = ?, ended = ?, body = ?,
    bundle = ?, lets_past = 0, claimed = 0, waits = 0, version = version + 1 WHERE id = ?
"""
"""What it cost, and who paid, stays as it stands. A step that has it meanwhile finds another
version."""


def put_aside(db: Database, row: Row, problem: Unreadable, now: float) -> None:
    """From now on there is a record that can be read: what is known without the other."""
    known = remains(db, row)
    where = {"step": row["step"], "field": problem.field}
    log.error("a request cannot be read: it is closed, and its person told", job=known.id, **where)
    over = closed_unread(known, now)
    job = over.job
    body, bundle = rows.body(job), rows.text(rows.BUNDLE, Bundle())
    own = (job.plan, job.step, job.state, job.why, job.notified_at, now, body, bundle)
    db.execute(_CLOSED, (*own, job.id))
    charging.write(db, abandoned(known), now)
    for message in over.posts:
        outbox.add(db, message, now, job.id)
    if job.of_reel:
        with suppress(Unreadable):  # photos that cannot be read either go with the next sweep
            reels.ended(db, job, now)
