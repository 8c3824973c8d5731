"""The run: talkers, carriers and posters on each store, for a number of requests."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg

from core.domain.limits.capacity import BOUNDLESS
from core.domain.requests import Job, Next, Notice, Step, advance
from core.messages import Address, Attachment
from core.store import LostLease, Shared
from core.store.postgres import PostgresStore
from tests import messages
from tests.hammer.ledger import Ledger
from tests.knowing import knowing
from tests.test_store_contract import thinking

NOW = 1_800_000_000.0
PEOPLE, CHATS = 5, 7
STEPS = 4
"""Steps of a request after its gathering."""
PLANTS = {
    "no lock": (
        "CREATE OR REPLACE FUNCTION begun(me BIGINT) RETURNS TEXT LANGUAGE sql AS"
        " 'SELECT CAST(pg_current_xact_id() AS TEXT)'"
    ),
    "a lock of each one's own": (
        "CREATE OR REPLACE FUNCTION begun(me BIGINT) RETURNS TEXT LANGUAGE sql AS"
        " 'SELECT pg_advisory_xact_lock(me); SELECT CAST(pg_current_xact_id() AS TEXT)'"
    ),
}
"""Faults that have to be found, as changes of the database."""


@dataclass
class Hammer:
    """`most` requests, by all stores together."""

    stores: Sequence[Shared]
    most: int
    luck: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    said: int = 0

    async def talk(self, store: Shared, twin: Shared) -> None:
        """Each message comes to two of them, as after a handover of the intake."""
        while self.said < self.most:
            self.said += 1
            number = self.said
            place = Address("fake", f"chat-{number % CHATS}")
            said = messages.said(
                f"m{number}", f"u{number % PEOPLE}", place, "make a video",
                (Attachment(f"fake:{number}", bytes=1000),), order=number,
            )  # fmt: skip
            taken = await asyncio.gather(
                *(each.take_in(said, thinking(said), NOW) for each in (store, twin))
            )
            if sum(taken) != 1:
                self.ledger.wrong["a message was not taken in once"] += 1

    async def carry(self, store: Shared) -> None:
        """Steps, until every request is over."""
        while not (self.ledger.wrong or await self._is_over(store)):
            claims = await store.claim_some(NOW + 100, BOUNDLESS, 4)
            for claimed in claims:
                self.ledger.claimed(claimed.job)
            await asyncio.sleep(self.luck.random() / 500)
            for claimed in claims:
                self.ledger.let_go(claimed.job.id)
                await self._step(store, claimed.job)

    async def _step(self, store: Shared, job: Job) -> None:
        facts = knowing(job.progress, words="make a video", files=job.bundle.files)
        over = job.step is not Step.GATHER and self.luck.random() < 1 / STEPS
        notice = Notice(f"{job.id} {job.step}", final=over)
        advanced = advance(job, Next(facts, notice, last=over), NOW + 100)
        try:
            await store.commit(advanced, NOW + 100)
        except LostLease:
            self.ledger.wrong["somebody else has moved a job on"] += 1

    async def post(self, store: Shared) -> None:
        """Messages, until none is owed."""
        while not self.ledger.wrong:
            posts = await store.claim_posts(NOW + 100, "fake", 4)
            for post in posts:
                self.ledger.sending(post)
            await asyncio.sleep(self.luck.random() / 500)
            for post in posts:
                self.ledger.sent(post)
                await store.posted(post, f"p{post.id}", NOW + 100)
            if not posts and await self._is_over(store) and await store.post_due("fake") is None:
                return

    async def _is_over(self, store: Shared) -> bool:
        """Whether all has been said and carried out."""
        if self.said < self.most or self.ledger.jobs:
            return False
        return await store.job_due() is None and not self.ledger.jobs

    async def run(self) -> None:
        """All of it."""
        async with asyncio.TaskGroup() as group:
            for place, store in enumerate(self.stores):
                group.create_task(self.talk(store, self.stores[place - 1]))
                group.create_task(self.carry(store))
                group.create_task(self.post(store))


async def hammered(url: str, most: int, seed: int, stores: int = 4, plant: str = "") -> Ledger:
    """What was found in the end."""
    if plant:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(PLANTS[plant])
    opened = [await PostgresStore.open(url) for _ in range(stores)]
    hammer = Hammer(opened, most, random.Random(seed))
    try:
        await hammer.run()
    except* psycopg.Error as found:  # two have written the same: without a lock, or by a fault
        hammer.ledger.wrong["a write was refused"] += len(found.exceptions)
    finally:
        for store in opened:
            await store.close()
    return hammer.ledger
