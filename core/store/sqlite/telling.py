"""What a transaction has left ready, noted by triggers of this connection alone: as Postgres tells
it (core/store/postgres/0002_sharing.sql), at the end, and only if it is committed."""

import sqlite3

from core.domain.capacity import Rank
from core.store.telling import Listener

_CLAIMABLE = "NEW.state = 'open' AND NEW.claimed = 0 AND NEW.waits = 0"
TRIGGERS = (
    f"""CREATE TEMP TRIGGER jobs_tell_new AFTER INSERT ON main.jobs WHEN {_CLAIMABLE}
    BEGIN SELECT tell_job(NEW.id, NEW.due); END""",
    f"""CREATE TEMP TRIGGER jobs_tell AFTER UPDATE OF state, due, claimed, waits ON main.jobs
    WHEN (NEW.state, NEW.due, NEW.claimed, NEW.waits)
        IS NOT (OLD.state, OLD.due, OLD.claimed, OLD.waits)
    BEGIN SELECT tell_job(NEW.id, CASE WHEN {_CLAIMABLE} THEN NEW.due END); END""",
    """CREATE TEMP TRIGGER outbox_tells AFTER UPDATE OF ready_at ON main.outbox
    WHEN NEW.ready_at IS NOT OLD.ready_at
    BEGIN SELECT tell_post(NEW.id, NEW.ready_at, NEW.platform, NEW.rank); END""",
)


class Notes:
    """One for each connection; made on its thread, where each transaction begins with `clear`."""

    def __init__(self) -> None:
        self._jobs: dict[int, float | None] = {}
        self._posts: dict[int, tuple[float | None, str, int]] = {}

    def attach(self, connection: sqlite3.Connection) -> None:
        """Note from now on what happens on this connection."""
        connection.create_function("tell_job", 2, self._job)
        connection.create_function("tell_post", 4, self._post)
        for trigger in TRIGGERS:
            connection.execute(trigger)

    def _job(self, id: int, due: float | None) -> None:
        self._jobs[id] = due

    def _post(self, id: int, due: float | None, platform: str, rank: int) -> None:
        self._posts[id] = (due, platform, rank)

    def clear(self) -> None:
        """Nothing of what came before counts."""
        self._jobs.clear()
        self._posts.clear()

    def tell(self, listener: Listener) -> None:
        """What is ready since then, the first of each kind."""
        due = min((due for due in self._jobs.values() if due is not None), default=None)
        if due is not None:
            listener.job(due)
        first: dict[tuple[str, int], float] = {}
        for at, platform, rank in self._posts.values():
            if at is not None:
                first[platform, rank] = min(at, first.get((platform, rank), at))
        for (platform, rank), at in first.items():
            listener.post(at, platform, Rank(rank))
