"""Words for everyone who waits for news of a request, and has had none for too long."""

from collections.abc import Callable

from core.domain.requests import Job, awaits_news
from core.messages import Outbound
from core.store.database import Database
from core.store.statements import outbox, rows
from core.store.statements.queue import PAUSED
from core.store.statements.remains import readable

AT_A_TIME = 25
"""People who are reminded in one write, so that nobody else waits for long."""


def _running_silently(db: Database, before: float, most: int) -> list[Job]:
    """Jobs whose user waits for news, and has seen none since `before`; so many of them."""
    sql = (
        "SELECT * FROM jobs WHERE state = 'open' AND notified_at > 0 AND step != 'gather'"  # noqa: S608
        f" AND cancelled = 0 AND waits != {PAUSED} AND notified_at <= ?"
        " ORDER BY notified_at LIMIT ?"
    )
    found = readable(rows.every(db, sql, before, most))
    return [job for job in found if awaits_news(job)]


def remind(db: Database, now: float, silent: float, words: Callable[[Job], Outbound]) -> int:
    """For the first of them; how many it was."""
    waiting = _running_silently(db, now - silent, AT_A_TIME)
    for job in waiting:
        outbox.add(db, words(job), now, job.id)
        db.execute("UPDATE jobs SET notified_at = ? WHERE id = ?", (now, job.id))
    return len(waiting)
