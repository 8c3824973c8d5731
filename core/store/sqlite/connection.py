"""aiosqlite's connection, with one way to its thread for a whole batch of statements: by itself the
library goes there and back for each, which was a quarter of a request's processor time.

What a transaction has left ready is noted by triggers of this connection alone, and told at its
end, if it is committed: as Postgres tells it (core/store/postgres/0002_sharing.sql)."""

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import aiosqlite

from core.domain.limits import Rank
from core.store.telling import Listener, Nobody
from core.store.writer import Trouble, Work

R = TypeVar("R")
ROWS_AT_ONCE = 64
"""The library's own default for reading row by row, which nobody here does."""

PASSING = frozenset(
    (
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    )
)
BROKEN = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
"""Primary result codes (sqlite.org/rescode.html)."""
LONGEST_DISK_PAUSE = 15.0
"""Seconds: a full disk is not full for less because somebody asks."""

_CLAIMABLE = "NEW.state = 'open' AND NEW.claimed = 0 AND NEW.waits = 0"
TRIGGERS = (
    f"""CREATE TEMP TRIGGER jobs_tell_new AFTER INSERT ON main.jobs WHEN {_CLAIMABLE}
    BEGIN SELECT tell_job(NEW.id, NEW.due); END""",
    f"""CREATE TEMP TRIGGER jobs_tell AFTER UPDATE OF state, due, claimed, waits ON main.jobs
    WHEN (NEW.state, NEW.due, NEW.claimed, NEW.waits)
        IS NOT (OLD.state, OLD.due, OLD.claimed, OLD.waits)
    BEGIN SELECT tell_job(NEW.id, CASE WHEN {_CLAIMABLE} THEN NEW.due END); END""",
    """CREATE TEMP TRIGGER outbox_tells_new AFTER INSERT ON main.outbox
    WHEN NEW.ready_at IS NOT NULL
    BEGIN SELECT tell_post(NEW.id, NEW.ready_at, NEW.platform, NEW.rank); END""",
    """CREATE TEMP TRIGGER outbox_tells AFTER UPDATE OF ready_at ON main.outbox
    WHEN NEW.ready_at IS NOT OLD.ready_at
    BEGIN SELECT tell_post(NEW.id, NEW.ready_at, NEW.platform, NEW.rank); END""",
)


class Notes:
    """What has become ready; made on the connection's thread, where each transaction begins with
    `clear`."""

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


class Connection(aiosqlite.Connection):
    """Made by `to`; whoever has one closes it, since its thread would keep the process alive."""

    longest_pause = LONGEST_DISK_PAUSE
    listener: Listener = Nobody()

    def __init__(self, opened: Callable[[], sqlite3.Connection], rows_at_once: int) -> None:
        super().__init__(opened, rows_at_once)
        self.notes = Notes()

    @classmethod
    async def to(cls, opened: Callable[[], sqlite3.Connection]) -> Self:
        """One to what is opened, on its thread as all else. Raises what opening raises."""
        connection = cls(opened, ROWS_AT_ONCE)
        await connection
        return connection

    async def first(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What decides whether it can be used: closed where this raises."""
        try:
            return await self.there(work)
        except BaseException:
            await self.close()
            raise

    async def there(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What the work gives back; it may run as many statements as it likes. Its exception is
        raised here."""
        result: R = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result

    async def written(self, works: Sequence[Work[Any]]) -> list[Any]:
        """In one transaction, and one way to the thread. Then it is told what is ready."""
        results = await self.there(lambda db: _written(db, works, self.notes))
        self.notes.tell(self.listener)
        return results

    def judged(self, problem: Exception) -> Trouble:
        """By SQLite's code."""
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
        if code in PASSING:
            return Trouble.PASSING
        return Trouble.BROKEN if code in BROKEN else Trouble.OTHERS

    async def emptied(self) -> None:
        """Write the log of changes back and empty it; what fails is left for later."""
        with contextlib.suppress(sqlite3.Error):
            await self.there(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").close())


def _written(connection: sqlite3.Connection, works: Sequence[Work[Any]], notes: Notes) -> list[Any]:
    notes.clear()
    try:
        connection.execute("BEGIN IMMEDIATE")
        results = [work(connection) for work in works]
        connection.commit()
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.rollback()
        raise
    return results
