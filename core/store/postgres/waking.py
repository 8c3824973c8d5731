"""What procrastinate is told: when a job is to be looked at, and in which queue. The rest of it is
a trigger (0003_waking.sql)."""

from psycopg import Connection as Raw

from core.domain.capacity import NEARLY_DONE_FIRST, takes
from core.store.statements.database import Database

_UNSEEN = """SELECT look_again(id, 0) FROM jobs j
WHERE state = 'open' AND claimed = 0 AND waits = 0 AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs p WHERE p.queueing_lock = 'job-' || j.id AND p.status = 'todo'
)"""
PRUNED_SECONDS = 300.0
"""procrastinate's own list of workers decides nothing here: it is only kept short."""


def sort(raw: Raw) -> None:
    """Say what each step takes, and which steps go first."""
    order = {step: number for number, step in enumerate(reversed(NEARLY_DONE_FIRST))}
    with raw.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO steps VALUES (%s, %s, %s) ON CONFLICT (step)"
            " DO UPDATE SET queue = excluded.queue, priority = excluded.priority",
            [(str(step), str(takes(step)), number) for step, number in order.items()],
        )


def look_again(db: Database, id: int, seconds: float) -> None:
    """Have this job looked at when it is due, but not within so many seconds by the database's
    clock."""
    db.execute("SELECT look_again(?, ?)", (id, seconds))


def make_sure(db: Database) -> None:
    """Every job that can be taken up is looked at, also one whose task went down with a process
    before that had the job."""
    db.execute(_UNSEEN)


def tidy(db: Database) -> None:
    """Take away what dead workers have left in procrastinate's tables; what they had is ours to
    say."""
    db.execute("SELECT procrastinate_prune_stalled_workers_v1(?)", (PRUNED_SECONDS,))
    db.execute("DELETE FROM procrastinate_jobs WHERE status != 'todo' AND worker_id IS NULL")
    make_sure(db)
