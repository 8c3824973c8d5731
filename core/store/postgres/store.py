"""The store on Postgres, which several processes share: the same statements as on SQLite, with
leases."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg

from core.clock import running
from core.net import POSTGRES_LINE
from core.store.database import Database
from core.store.moving import refusal
from core.store.port import StoreAway, StoreBroken
from core.store.postgres import leases, waking
from core.store.postgres.connection import Channel, limits
from core.store.postgres.contact import Contact
from core.store.postgres.migrations import migrate
from core.store.postgres.reasons import is_refused, reason
from core.store.reads import Claimed
from core.store.sharing import Buried
from core.store.statements import TERMS, StatementStore, Terms, claim_this, keep_value, value
from core.store.telling import Listener, Nobody
from core.store.writer import Trouble, Writer

LEASE = 5.0
"""Seconds of silence after which a process is taken for dead."""
PATIENCE = 5.0
"""Seconds at most for the farewell of a process that ends."""
Line = psycopg.AsyncConnection[tuple[Any, ...]]


class PostgresStore(StatementStore):
    """One database for any number of processes; see core.store.sharing.Shared."""

    def __init__(
        self,
        url: str,
        channel: Channel,
        identity: str,
        contact: Contact,
        terms: Terms,
        steady: Callable[[], float],
    ) -> None:
        super().__init__(Writer(channel), identity, terms)
        self._url, self._channel, self.contact = url, channel, contact
        self.worker, self._steady = channel.worker, steady
        self._changed = self._closed = False
        self._burying: asyncio.Task[None] | None = None
        self._listener: Listener = Nobody()

    @classmethod
    async def open(
        cls,
        url: str,
        role: str = "all",
        *,
        lease: float = LEASE,
        host: str = "",
        terms: Terms = TERMS,
        now: float | None = None,
        steady: Callable[[], float] = running,
    ) -> "PostgresStore":
        """Bring the schema up to date and join those who share it. Raises StoreBroken, and
        StoreAway where it cannot be reached.

        Who is alone there holds `now`, where given, and the database's own time against the times
        stored: a clock may have been ahead. `steady` are seconds that never jump."""
        channel = Channel(url, lease)
        begun = Contact.begun(lease, steady())
        try:
            await channel.there(migrate)
            await channel.there(waking.sort)
            name = host or f"{socket.gethostname()}:{os.getpid()}"
            channel.worker = await channel.there(lambda raw: leases.enlist(raw, role, name, lease))
            await channel.joined()
            mend = partial(leases.mend, worker=channel.worker, now=now)
            identity, *_ = await channel.written([_identity, mend, waking.tidy])
            while any(await channel.written([waking.make_sure])):
                pass
        except (StoreBroken, psycopg.Error) as problem:
            await channel.close()
            away = channel.judged(problem) is Trouble.PASSING and not is_refused(problem)
            refusal = StoreAway if away else StoreBroken
            raise refusal(f"the database of DATABASE_URL: {reason(problem)}") from None
        return cls(url, channel, identity, begun, terms, steady)

    def listen(self, listener: Listener) -> None:
        """By what the database tells, as long as it `live`s."""
        self._listener = listener

    async def live(self) -> None:
        """Signs of life and burials by a connection of their own, which also hears what is due."""
        while True:
            with contextlib.suppress(psycopg.Error):
                kept = Line.connect(self._url, autocommit=True, **POSTGRES_LINE)  # type: ignore[arg-type] # libpq takes them
                async with await kept as line:
                    await self._heard(line)
            self.contact = self.contact.lost()
            await asyncio.sleep(self.contact.pause)

    async def _heard(self, line: Line) -> None:
        for setting, most in limits(self.contact.lease).items():
            await line.execute("SELECT set_config(%s, %s, false)", (setting, most))
        for name in waking.CHANNELS:
            await line.execute(f"LISTEN {name}")
        self._listener.job(0)  # what was said before anybody listened
        self._listener.post(0)
        while True:
            await self._beat(line)
            until = self.contact.seen + self.contact.pause
            while (left := until - self._steady()) > 0:
                async for said in line.notifies(timeout=left, stop_after=1):
                    self._changed = True
                    waking.tell(self._listener, said.channel, said.payload)

    async def _beat(self, line: Line) -> None:
        """Raises Buried."""
        at = self._steady()
        done = await line.execute(leases.BEAT, (self.worker,))
        if done.rowcount == 0:
            raise Buried
        self.contact = self.contact.heard(at)
        idle = self._burying is None or self._burying.done()
        if idle and self.contact.may_bury(self._steady()):
            # beside the signs of life: the writer may have to wait
            self._burying = asyncio.create_task(self._bury_the_dead(), name="burial")

    async def _bury_the_dead(self) -> None:
        with contextlib.suppress(Buried):  # the next sign of life tells
            await self._writer.run(self._bury)

    def _bury(self, db: Database) -> int:
        """Only if that is still right when its turn comes: the database may have been away."""
        contact, now = self.contact, self._steady()
        return leases.bury(db, contact.lasts(now)) if contact.may_bury(now) else 0

    def is_sure(self) -> bool:
        """By the last sign of life."""
        return self.contact.is_sure(self._steady())

    async def lead(self, name: str, of: int = 1) -> bool:
        """A place of a leader."""
        return await self._writer.run(
            lambda db: leases.lead(db, name, self.worker, of), urgent=True
        )

    async def resign(self, name: str) -> None:
        """Free for another."""
        await self._writer.run(lambda db: leases.resign(db, name, self.worker))

    async def let_go(self, platform: str) -> None:
        """For whoever leads."""
        await self._writer.run(lambda db: leases.let_go(db, platform, self.worker))

    async def mark(self, renewed: Callable[[str], str]) -> None:
        """A row of its own."""

        def work(db: Database) -> None:
            keep_value(db, "mark", renewed(value(db, "mark") or ""))

        await self._writer.run(work)

    async def claim_this(self, id: int, now: float) -> Claimed | float | None:
        """This job alone."""

        def work(db: Database) -> Claimed | float | None:
            found = claim_this(db, id, now, self._terms)
            if isinstance(found, float):
                waking.look_again(db, id, found - now)
            return found

        return await self._writer.run(work)

    async def look_again(self, id: int, seconds: float) -> None:
        """By anybody."""
        await self._writer.run(lambda db: waking.look_again(db, id, seconds))

    async def sweep(self, now: float) -> None:
        """Also in what wakes us."""
        await super().sweep(now)
        await self._writer.run(waking.tidy)
        while await self._writer.run(waking.make_sure):
            pass

    async def changed_outside(self) -> bool:
        """Whether anybody has written what somebody waits for."""
        changed, self._changed = self._changed, False
        return changed

    async def settle(self) -> None:
        """Nothing that could be done: copies of the log and dead rows stay for as long as whoever
        runs the database keeps them."""

    async def close(self) -> None:
        """Leave: what this process had is free at once, or after a lease if the database is
        away."""
        if self._closed:
            return
        self._closed = True
        try:
            with contextlib.suppress(Buried, psycopg.Error, StoreBroken):
                async with asyncio.timeout(min(self.contact.lease, PATIENCE)):
                    await self._writer.run(lambda db: leases.leave(db, self.worker))
        except TimeoutError:
            self._channel.give_up()
        await self._writer.close()
        if self._burying is not None:
            await asyncio.wait([self._burying])


def _identity(db: Database) -> str:
    if why := refusal(db):
        raise StoreBroken(why)
    db.execute("INSERT INTO meta VALUES ('id', ?) ON CONFLICT DO NOTHING", (uuid4().hex[:8],))
    return value(db, "id") or ""
