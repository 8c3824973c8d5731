"""The way to Postgres for one writer: one connection on a thread of its own, each batch one
transaction, which all processes do one after the other.

Every transaction takes one lock first: together the processes are then what SQLite's one writer is,
and what is proven for that holds here. A commit whose answer is lost is looked up by its number, so
that nothing is done twice."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import psycopg

from core.net import POSTGRES_LINE
from core.store.database import Params, Result
from core.store.port import StoreBroken
from core.store.postgres.dialect import (
    STATEMENTS,
    Record,
    adapted,
    record,
    storable,
    translated,
)
from core.store.sharing import Buried
from core.store.writer import Trouble, Work

R = TypeVar("R")
Raw = psycopg.Connection[Any]
PASSING = frozenset(("08", "40", "53", "55", "57", "58", "25006", "25P03"))
"""SQLSTATE, or its class: connection, a clash, resources, a lock, an operator's stop, the system; a
server that only reads, as after a failover, and a transaction that stood still for too long."""
BROKEN = frozenset(("XX001", "XX002"))
LONGEST_PAUSE = 1.0
"""Seconds until a server that was away is asked again: others wait for what this one has."""
PAUSE = 0.1
"""Seconds until it is asked again what has become of a commit."""


class Connection:
    """What the statements see of psycopg's connection."""

    def __init__(self, raw: Raw) -> None:
        self._cursor: psycopg.Cursor[Record] = raw.cursor(row_factory=record)

    def execute(self, sql: str, params: Params = (), /) -> Result:
        """One statement."""
        if not params:
            return self._cursor.execute(translated(sql, named=False))
        named = isinstance(params, Mapping)
        return self._cursor.execute(translated(sql, named=named), storable(params))

    def executemany(self, sql: str, params: Iterable[Any], /) -> Result:
        """The same statement, once for each of these."""
        self._cursor.executemany(translated(sql, named=False), [storable(each) for each in params])
        return self._cursor


class Channel:
    """Made by `to`. `worker` is who writes, 0 before it has a number: nobody who is not in the list
    of workers can write."""

    longest_pause = LONGEST_PAUSE

    def __init__(self, url: str, lease: float) -> None:
        self._url, self._lease = url, lease
        self._over = threading.Event()
        self._thread = ThreadPoolExecutor(1, "postgres")
        self._raw: Raw | None = None
        self.worker = 0

    async def there(self, work: Callable[[Raw], R]) -> R:
        """Something on the thread, outside of a transaction. Raises psycopg.Error."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: work(self._there()))

    async def written(self, works: Sequence[Work[Any]]) -> list[Any]:
        """In one transaction, and one way to the thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._written, works)

    async def joined(self) -> None:
        """From now on what is taken up is this worker's."""
        await self.there(self._named)

    def judged(self, problem: Exception) -> Trouble:
        """By the code that Postgres gives; without one, the line is broken."""
        if not isinstance(problem, psycopg.Error):
            return Trouble.OTHERS
        code = problem.sqlstate
        if code in BROKEN:
            return Trouble.BROKEN
        lost = code is None and isinstance(
            problem, psycopg.OperationalError | psycopg.InterfaceError
        )
        passes = code is not None and (code in PASSING or code[:2] in PASSING)
        return Trouble.PASSING if lost or passes else Trouble.OTHERS

    def give_up(self) -> None:
        """Wait no longer for a database that is away."""
        self._over.set()

    async def close(self) -> None:
        """No more."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._drop)
        self._thread.shutdown(wait=False)

    def _there(self) -> Raw:
        if self._over.is_set():
            raise StoreBroken("the database is away, and this process ends")
        if self._raw is None or self._raw.closed:
            self._raw = connected(self._url, self._lease)
            self._named(self._raw)
        return self._raw

    def _named(self, raw: Raw) -> None:
        raw.execute("SELECT set_config('bot.worker', %s, false)", (str(self.worker),))

    def _written(self, works: Sequence[Work[Any]]) -> list[Any]:
        raw = self._there()
        number = ""
        try:
            number = self._begun(raw)
            db = Connection(raw)
            results = [work(db) for work in works]
        except BaseException:
            self._undo(raw)
            raise
        try:
            raw.execute("COMMIT")
        except psycopg.Error:
            self._drop()
            if not number or not self._committed(number):
                raise
        return results

    def _begun(self, raw: Raw) -> str:
        """The number of the transaction. Raises Buried."""
        cursor = raw.cursor()
        # simple statements in one way there and back; the lock is a number of ours
        cursor.execute(f"BEGIN; SELECT begun({self.worker:d})")
        while cursor.nextset():
            pass
        row = cursor.fetchone()
        if row is None or row[0] is None:
            raise Buried
        return str(row[0])

    def _undo(self, raw: Raw) -> None:
        try:
            raw.execute("ROLLBACK")
        except psycopg.Error:
            self._drop()

    def _drop(self) -> None:
        if self._raw is not None:
            with suppress(psycopg.Error):
                self._raw.close()
        self._raw = None

    def _committed(self, number: str) -> bool:
        """Whether that transaction has ended well. Nobody may act on a guess: until it is known, it
        is asked again. Raises StoreBroken once nobody waits."""
        while not self._over.is_set():
            try:
                sql = "SELECT pg_xact_status(%s::xid8)"
                row = self._there().execute(sql, (number,)).fetchone()
            except psycopg.errors.InvalidParameterValue:
                return False  # this server, a copy of that one, has never come so far
            except psycopg.Error:
                row = None
            if row is not None and row[0] != "in progress":
                return bool(row[0] == "committed")
            self._over.wait(PAUSE)
        raise StoreBroken("the database does not say what has become of a transaction")


def connected(url: str, lease: float) -> Raw:
    """A connection whose every statement and pause has an end, so that nobody waits for a process
    that stands still. Raises psycopg.Error."""
    raw: Raw = psycopg.connect(url, autocommit=True, context=_Context(), **POSTGRES_LINE)  # type: ignore[arg-type] # libpq takes them
    raw.prepare_threshold, raw.prepared_max = 2, STATEMENTS
    for setting, value in limits(lease).items():
        raw.execute("SELECT set_config(%s, %s, false)", (setting, value))
    return raw


def limits(lease: float) -> dict[str, str]:
    """Milliseconds; who stands still inside a transaction for a lease, loses it."""
    return {
        "idle_in_transaction_session_timeout": str(round(lease * 1000)),
        "lock_timeout": "30000",
        "statement_timeout": "60000",
        "client_min_messages": "warning",
        "jit": "off",  # each statement is short, and compiling it is not
    }


class _Context:
    """Values as the statements expect them."""

    def __init__(self) -> None:
        self.adapters, self.connection = adapted(), None  # as psycopg calls them
