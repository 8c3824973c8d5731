"""The store on SQLite: WAL, synchronous FULL, one connection with one writer, numbered
migrations."""

import asyncio
import sqlite3
from functools import partial
from pathlib import Path

import structlog
from filelock import FileLock

from core.store.database import Database
from core.store.port import StoreBroken
from core.store.reads import Litter
from core.store.sqlite import files, updating
from core.store.sqlite.connection import Connection
from core.store.sqlite.locking import locked
from core.store.statements import TERMS, StatementStore, Terms
from core.store.telling import Listener
from core.store.writer import Writer

log = structlog.get_logger()


class SqliteStore(StatementStore):
    """One database file; see core.store.Store for what each method promises."""

    def __init__(
        self, path: Path, connection: Connection, lock: FileLock, identity: str, terms: Terms
    ) -> None:
        super().__init__(Writer(connection), identity, terms)
        self._path, self._connection, self._lock = path, connection, lock
        self._version = 0  # as another connection has left the file

    @classmethod
    async def open(
        cls,
        path: Path,
        now: float | None = None,
        kind: type[sqlite3.Connection] = sqlite3.Connection,
        terms: Terms = TERMS,
    ) -> "SqliteStore":
        """Open or make the database, bring its schema up to date, and free what a killed process
        had taken up.

        `now`, where given, is held against the times stored: a clock may have been set back. `kind`
        is for who wants to see each statement. Raises StoreBusy where another process runs on it,
        StoreBroken where the file is no sound database of ours."""
        lock, since = locked(path), float("inf") if now is None else now
        try:
            await asyncio.to_thread(files.made, path)
            connection = await Connection.to(partial(files.opened, path, kind))
            name = await connection.first(partial(files.prepared, path=path, now=since))
            await connection.first(connection.notes.attach)
        except (StoreBroken, sqlite3.Error) as problem:
            lock.release()
            if isinstance(problem, sqlite3.Error):
                raise StoreBroken(f"{path}: {problem}") from None
            raise
        return cls(path, connection, lock, name, terms)

    def listen(self, listener: Listener) -> None:
        """By triggers of the connection."""
        self._connection.listener = listener

    async def sweep(self, now: float) -> None:
        """Erase what has outlived its time, beside the database too."""
        await super().sweep(now)
        await asyncio.to_thread(updating.sweep, self._path, now)

    async def cleared(self, litter: Litter) -> None:
        """Those files are gone, and what an update has kept of an erased user."""
        if litter.user:
            try:
                await asyncio.to_thread(updating.drop, self._path)
            except OSError as problem:
                log.warning("the copy from before the update stays for now", problem=str(problem))
                return
        await super().cleared(litter)

    async def changed_outside(self) -> bool:
        """By the number that SQLite gives to the file as another connection has left it."""

        def work(db: Database) -> int:
            ((version,),) = db.execute("PRAGMA data_version").fetchall()
            return int(version)

        before, self._version = self._version, await self._writer.run(work)
        return self._version != before

    async def settle(self) -> None:
        """Write the log of changes back and empty it: it holds what stood in rows that are erased
        by now."""
        await self._writer.between(self._connection.emptied)

    async def close(self) -> None:
        """Finish the queue, close the file, let go of the lock."""
        await self._writer.close()
        self._lock.release()
