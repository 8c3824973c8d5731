"""The store on aiosqlite: WAL, synchronous FULL, one connection with one writer, numbered migrations."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import aiosqlite
from filelock import FileLock, Timeout

from core.jobs import Account, Advanced, Job
from core.messages import Address, Inbound, Outbound
from core.store import Claimed, Post, Think
from core.store.sqlite import outbox, queue, rows, turns
from core.store.sqlite.writer import Writer

MIGRATIONS = Path(__file__).parent


class StoreBusy(Exception):
    """Another process holds this database."""


class StoreBroken(Exception):
    """The database file cannot be opened as one of ours; it is left as it is."""


class SqliteStore:
    """One database file; see core.store.Store for what each method promises."""

    def __init__(self, writer: Writer, lock: FileLock, identity: str) -> None:
        self._writer, self._lock, self.id = writer, lock, identity

    @classmethod
    async def open(cls, path: Path) -> "SqliteStore":
        """Open or make the database, bring its schema up to date, and free what a killed process had taken up.

        Raises StoreBusy where another process runs on it, StoreBroken where the file is no database of ours.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusy(str(path)) from None
        connection = None
        try:
            connection = await aiosqlite.connect(path, isolation_level=None)
            connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
                await connection.execute(f"PRAGMA {pragma}")
            await _migrate(connection)
            identity = await _identity(connection)
            await connection.execute("UPDATE jobs SET taken = 0 WHERE taken = 1")
            await connection.execute("UPDATE outbox SET taken = 0 WHERE taken = 1")
        except aiosqlite.Error as problem:
            if connection is not None:
                await connection.close()
            lock.release()
            raise StoreBroken(f"{path}: {problem}") from None
        return cls(Writer(connection), lock, identity)

    async def take_in(self, inbound: Inbound, think: Think, now: float) -> bool:
        """Write 1."""
        return await self._writer.run(lambda db: turns.take_in(db, inbound, think, now))

    async def claim(self, now: float) -> Claimed | None:
        """The next due job."""
        return await self._writer.run(lambda db: queue.claim(db, now))

    async def commit(self, advanced: Advanced, now: float) -> None:
        """Write 2."""
        await self._writer.run(lambda db: queue.commit(db, advanced, now))

    async def release(self, job: Job) -> None:
        """Hand a job back as if it had not been taken up."""

        async def work(db: aiosqlite.Connection) -> None:
            sql = "UPDATE jobs SET taken = 0, begun = begun - 1 WHERE id = ? AND version = ?"
            await db.execute(sql, (job.id, job.version))

        await self._writer.run(work)

    async def post(self, message: Outbound, now: float, job: int | None = None) -> None:
        """Owe one message."""
        await self._writer.run(lambda db: outbox.add(db, message, now, job))

    async def remind(self, now: float, silent: float, words: Callable[[Job], Outbound]) -> int:
        """Words for everyone who has waited too long without news."""

        async def work(db: aiosqlite.Connection) -> int:
            waiting = await queue.running_silently(db, now - silent)
            for row in waiting:
                job = rows.to_job(row)
                await outbox.add(db, words(job), now, job.id)
                await db.execute("UPDATE jobs SET told = ? WHERE id = ?", (now, job.id))
            return len(waiting)

        return await self._writer.run(work)

    async def claim_post(self, now: float) -> Post | None:
        """The next due message."""
        return await self._writer.run(lambda db: outbox.claim(db, now))

    async def posted(self, post: Post, message_id: str, now: float) -> None:
        """Write 3."""
        await self._writer.run(lambda db: outbox.posted(db, post, message_id, now))

    async def postpone(self, post: Post, due: float, *, failed: bool = False, unclear: bool = False) -> None:
        """Later."""
        await self._writer.run(lambda db: outbox.postpone(db, post, due, failed, unclear))

    async def drop(self, post: Post) -> None:
        """Give a message up."""

        async def work(db: aiosqlite.Connection) -> None:
            await db.execute("DELETE FROM outbox WHERE id = ?", (post.id,))

        await self._writer.run(work)

    async def forget_slot(self, post: Post) -> None:
        """The message of this slot is gone."""

        async def work(db: aiosqlite.Connection) -> None:
            sql = f"DELETE FROM posted WHERE {outbox.SAME_PLACE} AND slot = ?"  # noqa: S608
            await db.execute(sql, (*rows.where(post.message.address), post.message.slot))

        await self._writer.run(work)

    async def move(self, old: Address, new: Address) -> None:
        """The chat lives on elsewhere."""
        await self._writer.run(lambda db: outbox.move(db, old, new))

    async def quiet(self, address: Address) -> None:
        """Status edits for a dead address go; results stay owed until the sweep, for the day the user returns."""

        async def work(db: aiosqlite.Connection) -> None:
            sql = f"DELETE FROM outbox WHERE {outbox.SAME_PLACE} AND slot != '' AND taken = 0"  # noqa: S608
            await db.execute(sql, rows.where(address))

        await self._writer.run(work)

    async def job(self, id: int) -> tuple[Job, Account] | None:
        """One job with its account."""

        async def work(db: aiosqlite.Connection) -> tuple[Job, Account] | None:
            row = await rows.one(db, "SELECT * FROM jobs WHERE id = ?", id)
            if row is None:
                return None
            return rows.to_job(row), await queue.account(db, row["platform"], row["user"])

        return await self._writer.run(work)

    async def next_due(self) -> tuple[float | None, float | None]:
        """When to look again."""
        return await self._writer.run(queue.next_due)

    async def sweep(self, now: float) -> None:
        """Erase what has outlived its time."""
        await self._writer.run(lambda db: queue.sweep(db, now))

    async def close(self) -> None:
        """Finish the queue, close the file, let go of the lock."""
        await self._writer.close()
        self._lock.release()


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Run the numbered files that this database has not seen, each in a transaction of its own."""
    version = await rows.one(connection, "PRAGMA user_version")
    done = version[0] if version else 0
    for file in sorted(MIGRATIONS.glob("[0-9]*.sql")):
        number = int(file.name[:4])
        if number > done:
            script = file.read_text(encoding="utf-8")
            await connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


async def _identity(connection: aiosqlite.Connection) -> str:
    await connection.execute("INSERT OR IGNORE INTO meta VALUES ('id', ?)", (uuid4().hex[:8],))
    row = await rows.one(connection, "SELECT value FROM meta WHERE name = 'id'")
    return str(row["value"]) if row else ""
