"""The store on SQLite: WAL, synchronous FULL, one connection with one writer, numbered
migrations."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog
from filelock import FileLock, Timeout

from core.adapter import Heard
from core.domain.capacity import BOUNDLESS, Room
from core.domain.conversation.past import NOTHING, Lookup
from core.domain.fairness import RANKS, Rank
from core.domain.requests import Account, Advanced, Job
from core.domain.requests.endings import disowned
from core.files.text import reason
from core.messages import Address, Inbound, Outbound
from core.store import Claimed, Held, Litter, Post, Think
from core.store.sqlite import files, updating
from core.store.sqlite.connection import Connection
from core.store.sqlite.copies import CopyFailed, back_up, put_back
from core.store.sqlite.owners import PRIVATE, Owner, is_root
from core.store.sqlite.writer import StoreBroken, Writer
from core.store.statements import (
    cursor,
    holds,
    ordering,
    outbox,
    queue,
    records,
    rows,
    spreading,
    sweeping,
    turns,
)

__all__ = ["CopyFailed", "SqliteStore", "StoreBroken", "StoreBusy", "back_up", "restore"]


log = structlog.get_logger()

AT_A_TIME = 25
"""People who are reminded in one write, so that nobody else waits for long."""


class StoreBusy(Exception):
    """Another process holds this database."""


class SqliteStore:
    """One database file; see core.store.Store for what each method promises."""

    def __init__(self, path: Path, writer: Writer, lock: FileLock, identity: str) -> None:
        self._path, self._writer, self._lock, self.id = path, writer, lock, identity
        self._version = 0  # as another connection has left the file

    @classmethod
    async def open(
        cls,
        path: Path,
        now: float | None = None,
        kind: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> "SqliteStore":
        """Open or make the database, bring its schema up to date, and free what a killed process
        had taken up.

        `now`, where given, is held against the times stored: a clock may have been set back. `kind`
        is for who wants to see each statement. Raises StoreBusy where another process runs on it,
        StoreBroken where the file is no sound database of ours."""
        lock, since = _locked(path), float("inf") if now is None else now
        try:
            await asyncio.to_thread(files.made, path)
            connection = await Connection.to(partial(files.opened, path, kind))
            name = await connection.first(partial(files.prepared, path=path, now=since))
        except (StoreBroken, sqlite3.Error) as problem:
            lock.release()
            if isinstance(problem, sqlite3.Error):
                raise StoreBroken(f"{path}: {problem}") from None
            raise
        return cls(path, Writer(connection), lock, name)

    async def take_in(
        self, inbound: Inbound, think: Think, now: float, lookup: Lookup = NOTHING
    ) -> bool:
        """Write 1."""
        return await self._writer.run(
            lambda db: turns.take_in(db, inbound, think, now, lookup), urgent=True
        )

    async def claim(self, now: float) -> Claimed | None:
        """The next due job."""
        return next(iter(await self.claim_some(now, BOUNDLESS, 1)), None)

    async def claim_some(self, now: float, room: Room, most: int) -> Sequence[Claimed]:
        """The next due jobs."""
        return await self._writer.run(lambda db: queue.claim(db, now, room, most))

    async def commit(self, advanced: Advanced, now: float) -> bool:
        """Write 2."""
        return await self._writer.run(lambda db: queue.commit(db, advanced, now))

    async def go_on(self, advanced: Advanced, now: float) -> tuple[bool, Claimed | None]:
        """Write 2, and the next claim with it."""
        return await self._writer.run(lambda db: queue.go_on(db, advanced, now))

    async def release(self, job: Job) -> None:
        """Hand a job back as if it had not been taken up."""
        await self._writer.run(lambda db: queue.release(db, job))

    async def post(self, message: Outbound, now: float, job: int | None = None) -> None:
        """Owe one message."""
        await self._writer.run(lambda db: outbox.add_for(db, message, now, job))

    async def remind(self, now: float, silent: float, words: Callable[[Job], Outbound]) -> int:
        """Words for everyone who has waited too long without news."""

        def work(db: sqlite3.Connection) -> int:
            waiting = queue.running_silently(db, now - silent, AT_A_TIME)
            for job in waiting:
                outbox.add(db, words(job), now, job.id)
                db.execute("UPDATE jobs SET notified_at = ? WHERE id = ?", (now, job.id))
            return len(waiting)

        reminded = found = await self._writer.run(work)
        while found == AT_A_TIME:
            reminded += (found := await self._writer.run(work))
        return reminded

    async def claim_post(self, now: float, platform: str = "") -> Post | None:
        """The next due message."""
        return next(iter(await self.claim_posts(now, platform, 1)), None)

    async def claim_posts(
        self, now: float, platform: str, most: int, ranks: Sequence[Rank] = RANKS
    ) -> Sequence[Post]:
        """The next due messages."""
        return await self._writer.run(lambda db: outbox.claim(db, now, platform, most, ranks))

    async def posted(
        self,
        post: Post,
        message_id: str,
        now: float,
        rest: Outbound | None = None,
        *,
        again: float = 0.0,
    ) -> None:
        """Write 3."""
        await self._writer.run(lambda db: outbox.posted(db, post, message_id, now, rest, again))

    async def postpone(
        self, post: Post, due: float, *, failed: bool = False, unclear: bool = False
    ) -> None:
        """Later."""
        await self._writer.run(lambda db: outbox.postpone(db, post, due, failed, unclear))

    async def amend(
        self, post: Post, message: Outbound, due: float, *, unclear: bool = False
    ) -> None:
        """Poorer."""
        await self._writer.run(lambda db: outbox.amend(db, post, message, due, unclear))

    async def hold(self, address: Address, until: float, *, everywhere: bool = False) -> None:
        """A pause."""

        def work(db: sqlite3.Connection) -> None:
            holds.hold(db, address, until, everywhere=everywhere)
            if not everywhere:
                ordering.sort(db, address.platform, address.chat)

        await self._writer.run(work)

    async def drop(self, post: Post) -> None:
        """Give a message up."""
        await self._writer.run(lambda db: outbox.give_up(db, post))

    async def forget_slot(self, post: Post) -> None:
        """The message of this slot is gone."""

        def work(db: sqlite3.Connection) -> None:
            sql = f"DELETE FROM posted WHERE {ordering.SAME_PLACE} AND slot = ?"  # noqa: S608
            db.execute(sql, (*rows.where(post.message.address), post.message.slot))

        await self._writer.run(work)

    async def move(self, old: Address, new: Address) -> None:
        """The chat lives on elsewhere."""
        await self._writer.run(lambda db: outbox.move(db, old, new))

    async def keep(self, post: Post) -> None:
        """Words to which no way leads."""
        await self._writer.run(lambda db: outbox.keep(db, post))

    async def recall(self, platform: str, now: float) -> Mapping[Address, Heard]:
        """Where something may have been missed."""
        heard: dict[Address, Heard] = {}
        place: cursor.Place | None = cursor.START
        while place is not None:
            look = partial(cursor.recall, platform=platform, now=now, after=place)
            found, place = await self._writer.run(look)
            heard |= found
        newest = sorted(heard.items(), key=lambda each: each[1].at, reverse=True)
        return dict(newest)

    async def job(self, id: int) -> tuple[Job, Account] | None:
        """One job with its account."""

        def work(db: sqlite3.Connection) -> tuple[Job, Account] | None:
            row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", id)
            if row is None:
                return None
            return rows.to_job(row), queue.account(db, row["platform"], row["user"])

        return await self._writer.run(work)

    async def disown(self, id: int) -> None:
        """The link leads to no video."""

        def work(db: sqlite3.Connection) -> None:
            row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", id)
            if row is not None:
                body = rows.body(disowned(rows.to_job(row)))
                db.execute("UPDATE jobs SET body = ? WHERE id = ?", (body, id))

        await self._writer.run(work)

    async def job_due(self, room: Room = BOUNDLESS) -> float | None:
        """When to look again for a job."""
        return await self._writer.run(lambda db: queue.due(db, room))

    async def post_due(self, platform: str = "", ranks: Sequence[Rank] = RANKS) -> float | None:
        """When to look again for a message."""
        return await self._writer.run(lambda db: outbox.due(db, platform, ranks))

    async def sweep(self, now: float) -> None:
        """Erase what has outlived its time."""
        for kind in sweeping.KINDS:
            piece = partial(sweeping.piece, kind=kind, now=now)
            while await self._writer.run(piece) == sweeping.PIECE:
                pass
        place: records.Place | None = records.START
        while place is not None:
            place = await self._writer.run(partial(sweeping.age, now=now, after=place))
        await asyncio.to_thread(updating.sweep, self._path, now)

    async def litter(self) -> tuple[Litter, ...]:
        """What erased users have left on disk."""
        return await self._writer.run(records.litter)

    async def cleared(self, litter: Litter) -> None:
        """Those files are gone, and what an update has kept of an erased user."""
        if litter.user:
            try:
                await asyncio.to_thread(updating.drop, self._path)
            except OSError as problem:
                log.warning("the copy from before the update stays for now", problem=str(problem))
                return
        await self._writer.run(lambda db: records.cleared(db, litter))

    async def held(self) -> Held:
        """Which files are still of use."""
        jobs: set[int] = set()
        refs: set[str] = set()
        id: int | None = 0
        while id is not None:
            found, id = await self._writer.run(partial(records.held, after=id))
            jobs |= found.jobs
            refs |= found.refs
        place: records.Place | None = records.START
        while place is not None:
            found, place = await self._writer.run(partial(records.kept, after=place))
            refs |= found.refs
        return Held(frozenset(jobs), frozenset(refs))

    async def sealed(self) -> tuple[str, ...]:
        """Every token at rest."""
        tokens: list[str] = []
        person: records.Person | None = ("", "")
        while person is not None:
            found, person = await self._writer.run(partial(records.sealed, after=person))
            tokens += found
        return tuple(tokens)

    async def changed_outside(self) -> bool:
        """By the number that SQLite gives to the file as another connection has left it."""

        def work(db: sqlite3.Connection) -> int:
            row = rows.one(db, "PRAGMA data_version")
            return int(row[0]) if row else 0

        before, self._version = self._version, await self._writer.run(work)
        return self._version != before

    async def spread(self, now: float, platforms: Sequence[str]) -> bool:
        """A few more of the news on their way."""
        return await self._writer.run(lambda db: spreading.spread(db, now, platforms))

    async def touch(self, now: float) -> None:
        """A write of no use but to show that there can be one."""
        sql = "INSERT INTO meta VALUES ('touched', ?) ON CONFLICT DO UPDATE SET value = ?"
        await self._writer.run(lambda db: db.execute(sql, (str(now), str(now))))

    async def settle(self) -> None:
        """Write the log of changes back and empty it: it holds what stood in rows that are erased
        by now."""
        await self._writer.between("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Finish the queue, close the file, let go of the lock."""
        await self._writer.close()
        self._lock.release()


def restore(copy: Path, path: Path) -> Path | None:
    """Put a copy in the place of the database; returns where the replaced one was put.

    Raises StoreBusy where a bot runs on it, StoreBroken where its place cannot be used, and
    CopyFailed."""
    lock = _locked(path)
    try:
        return put_back(copy, path)
    finally:
        lock.release()


def _locked(path: Path) -> FileLock:
    """The folder is made where there is none. Raises StoreBusy and StoreBroken."""
    file = Path(f"{path}.lock")
    lock = FileLock(file, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        if is_root():
            replace(Owner.of(path), mode=PRIVATE).take(file)
    except Timeout:
        raise StoreBusy(str(path)) from None
    except OSError as problem:
        lock.release()
        where = problem.filename or file
        raise StoreBroken(
            f"{where}: {reason(problem)}. Run the bot as the user that its data belongs to."
        ) from None
    return lock
