"""Which jobs may be claimed is kept beside them: whatever happens, it is what a look at all jobs
would find."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from core.domain.conversation import Decision
from core.domain.conversation.chat.context import Start
from core.domain.limits.capacity import (
    BOUNDLESS,
    NEARLY_DONE_FIRST,
    STEPS_OF_ONE_USER,
    TURNS_OF_ONE_USER,
)
from core.domain.operating import Pause, Resume, unpaid
from core.domain.requests import Advanced, Job, Plan, State, Step
from core.messages import Address, Command
from core.store import Claimed, LostLease, Remembered, Store
from core.store.database import Row
from core.store.statements import rows
from tests import messages
from tests.knowing import knowing
from tests.stores import Place

NOW = 1_800_000_000.0
USERS, CHATS = ("ann", "bob"), ("1", "2")
STEPS = (Step.CONNECT, Step.BRING, Step.PRICE, Step.PRICE, Step.GENERATE, Step.CHECK)


def claimable(place: Place, now: float) -> list[int]:
    """The numbers of the jobs that may be claimed, by looking at all of them, in their order."""
    jobs = place.named("SELECT * FROM jobs WHERE state = 'open' ORDER BY id")
    paused = place.rows("SELECT 1 FROM meta WHERE name = 'paused'")
    running = [row for row in jobs if row["claimed"]]
    of_users = Counter(map(sort, running))
    connecting = {row["user"] for row in running if row["step"] == "connect"}
    locked: set[str] = set()
    found = []
    for row in jobs:
        first = row["step"] == "gather" or row["lock"] not in locked
        first &= not (paused and unpaid(to_job(row)))
        if row["lock"] and not row["lets_past"]:
            locked.add(row["lock"])
        most = TURNS_OF_ONE_USER if row["step"] == "generate" else STEPS_OF_ONE_USER
        crowded = of_users[sort(row)] >= most
        crowded |= row["step"] == "connect" and row["user"] in connecting
        if first and not crowded and not row["claimed"] and row["due"] <= now:
            found.append((NEARLY_DONE_FIRST.index(Step(row["step"])), row["due"], row["id"]))
    return [id for *_, id in sorted(found)]


def to_job(row: dict[str, Any]) -> Job:
    return rows.to_job(cast("Row", row))


def sort(row: dict[str, Any]) -> tuple[str, bool, bool]:
    """What it counts among, of its user: questions, turns, or other steps."""
    return row["user"], bool(row["lock"]), row["step"] == "generate"


def kept(place: Place, now: float) -> list[int]:
    """The same, by what stands beside each."""
    ready = f"state = 'open' AND claimed = 0 AND waits = 0 AND due <= {now}"
    found = place.rows(f"SELECT id, step FROM jobs WHERE {ready} ORDER BY due, id")
    return [id for id, step in sorted(found, key=lambda row: NEARLY_DONE_FIRST.index(Step(row[1])))]


@dataclass
class Life:
    """People who ask for videos, take wishes back and move; steps that end in any order."""

    store: Store
    place: Place
    luck: random.Random
    running: list[Claimed] = field(default_factory=list)
    priced: list[int] = field(default_factory=list)
    said: int = 0
    now: float = NOW

    async def decide(self, decision: Decision) -> None:
        self.said += 1
        address = decision.chat.address
        command = messages.called(f"m{self.said}", decision.chat.user, address, Command.NEW)
        await self.store.take_in(command, lambda known: decision, self.now)

    async def decision(self, **what: object) -> Decision:
        found: list[Remembered] = []

        def think(known: Remembered) -> Decision:
            found.append(known)
            return Decision(known.chat)

        self.said += 1
        address = Address("fake", self.luck.choice(CHATS))
        inbound = messages.said(f"m{self.said}", self.luck.choice(USERS), address, "hello")
        await self.store.take_in(inbound, think, self.now)
        return replace(Decision(found[-1].chat), **what)  # type: ignore[arg-type]

    async def ask(self) -> None:
        decision = await self.decision()
        chat, free = decision.chat, self.luck.random() < 0.2
        lock = "" if free else f"fake/{chat.address.chat}//{chat.user}"
        plan = Plan.CREDITS if free else Plan.MAKE
        step = Step.CONNECT if free else self.luck.choice((Step.GATHER, Step.SNAPSHOT))
        job = Job(0, lock, chat.user, chat.address, plan, step, due=self.now, created=self.now)
        await self.decide(replace(decision, start=(Start(job),)))

    async def claim(self) -> None:
        most, expected = self.luck.choice((1, 1, 5)), claimable(self.place, self.now)
        found = list(await self.store.claim_some(self.now, BOUNDLESS, most))
        assert [each.job.id for each in found][:1] == expected[:1]
        self.running += found

    async def go_on(self) -> None:
        if not self.running:
            return
        claimed = self.running.pop(self.luck.randrange(len(self.running)))
        job, step = claimed.job, self.luck.choice(STEPS)
        over = self.luck.random() < 0.2
        asked = step is Step.PRICE and not over
        due = self.now + self.luck.choice((0, 0, 5))
        progress = knowing(job.progress, asked=asked, confirmed=False)
        state = State.DONE if over else State.OPEN
        after = replace(job, step=step, state=state, progress=progress, due=due, attempts=0)
        try:
            if (chance := self.luck.random()) < 0.2:
                await self.store.release(job)
            elif chance < 0.6:
                written, following = await self.store.go_on(Advanced(after), self.now)
                assert following is not None or job.id not in claimable(self.place, self.now)
                self.running += [following] if following else []
                self.priced += [job.id] if written and asked and not following else []
            elif await self.store.commit(Advanced(after), self.now) and asked:
                self.priced.append(job.id)
        except LostLease:
            raise AssertionError("nobody else has it") from None

    async def confirm(self) -> None:
        if self.priced:
            number = self.priced.pop(self.luck.randrange(len(self.priced)))
            await self.decide(await self.decision(confirm=(number,)))

    async def cancel(self) -> None:
        open_ = [id for (id,) in self.place.rows("SELECT id FROM jobs WHERE state = 'open'")]
        if open_:
            await self.decide(await self.decision(cancel=(self.luck.choice(open_),)))

    async def move(self) -> None:
        if self.luck.random() < 0.2:
            old, new = self.luck.sample(CHATS, 2)
            await self.store.move(Address("fake", old), Address("fake", new))

    async def pause(self) -> None:
        operation = Pause(self.now) if self.luck.random() < 0.2 else Resume()
        await self.decide(await self.decision(operate=operation))

    async def wait(self) -> None:
        self.now += 1

    async def restart(self) -> None:
        if self.luck.random() < 0.2:
            await self.store.close()
            self.store, self.running = await self.place.open(self.now), []


@pytest.mark.parametrize(
    ("place", "seed"),
    [("sqlite", 5), ("sqlite", 12), ("sqlite", 81), ("postgres", 5)],
    indirect=["place"],
)
async def test_what_may_be_claimed_is_what_a_look_at_all_jobs_would_find(
    place: Place, seed: int
) -> None:
    life = Life(await place.open(NOW), place, random.Random(seed))
    acts = (
        *(life.ask, life.ask, life.claim, life.claim, life.go_on, life.go_on),
        *(life.confirm, life.cancel, life.move, life.wait, life.restart, life.pause),
    )
    for _ in range(250):
        await life.luck.choice(acts)()
        assert kept(place, life.now) == claimable(place, life.now)
    await life.store.close()
