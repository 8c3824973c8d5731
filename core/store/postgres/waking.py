"""What is told by the database when something is ready; and what procrastinate is told: when a job
is to be looked at, and in which queue. The rest of it are triggers (0002, 0003, 0006)."""

from psycopg import Connection as Raw

from core.domain.limits import NEARLY_DONE_FIRST, Rank, scarce_for_step
from core.store.database import Database
from core.store.telling import Listener

CHANNELS = ("bot_jobs", "bot_posts")
"""By which the database tells what is ready (0002_sharing.sql, 0006_telling.sql)."""

_UNSEEN = """SELECT look_again(id, 0) FROM (SELECT id FROM jobs j
WHERE state = 'open' AND claimed = 0 AND waits = 0 AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs p WHERE p.queueing_lock = 'job-' || j.id AND p.status = 'todo'
) LIMIT ?) AS unseen"""
PIECE = 500
"""So many are told of at a time: each takes a few milliseconds, and everybody waits meanwhile."""
_RANKS = frozenset(str(int(rank)) for rank in Rank)
PRUNED_SECONDS = 300.0
"""procrastinate's own list of workers decides nothing here: it is only kept short."""


def tell(listener: Listener, channel: str, said: str) -> None:
    """Pass on what the database tells. A version before this one names the platform alone, and a
    later one may know other ranks."""
    if channel == "bot_jobs":
        listener.job(0)
        return
    match said.split(" ", 2):
        case [due, rank, platform] if rank in _RANKS:
            listener.post(float(due), platform, Rank(int(rank)))
        case _:
            listener.post(0)


def sort(raw: Raw) -> None:
    """Say what each step takes, and which steps go first."""
    order = {step: number for number, step in enumerate(reversed(NEARLY_DONE_FIRST))}
    with raw.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO steps VALUES (%s, %s, %s) ON CONFLICT (step)"
            " DO UPDATE SET queue = excluded.queue, priority = excluded.priority",
            [(str(step), str(scarce_for_step(step)), number) for step, number in order.items()],
        )


def look_again(db: Database, id: int, seconds: float) -> None:
    """Have this job looked at when it is due, but not within so many seconds by the database's
    clock."""
    db.execute("SELECT look_again(?, ?)", (id, seconds))


def make_sure(db: Database, most: int = PIECE) -> bool:
    """Jobs that can be taken up are looked at, also such whose task went down with a process before
    that had the job: so many of them. Whether there may be more."""
    return len(db.execute(_UNSEEN, (most,)).fetchall()) == most


def tidy(db: Database) -> None:
    """Take away what dead workers have left in procrastinate's tables; what they had is ours to
    say."""
    db.execute("SELECT procrastinate_prune_stalled_workers_v1(?)", (PRUNED_SECONDS,))
    db.execute("DELETE FROM procrastinate_jobs WHERE status != 'todo' AND worker_id IS NULL")
