"""Whether a call to the store costs the same however much is stored: processor time of each call
with 10 … 100,000 rows of each mix."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks import filling
from benchmarks.filling import NOW
from benchmarks.measuring import Scale
from benchmarks.report import Figure, Table
from core.domain.conversation import Decision
from core.domain.requests import Job, Next, Notice, advance, to_outbound
from core.messages import Command, Inbound, Outbound
from core.store import Remembered, Store
from core.store.sqlite import SqliteStore
from core.store.statements.terms import Terms

TITLE = "The store, as it grows"
MIXES = (
    "waiting", "in flight", "blocked", "group", "ended", "ended of one", "ended in a group",
    "failed", "accounts", "outbox", "outbox of one chat", "charged", "held",
)  # fmt: skip
OF_ONE = ("ended of one", "charged", "held")
"""Who has them goes on."""
GOAL = 1.0
"""Milliseconds of processor time a call."""
DONE = Notice("here it is", final=True)
T = TypeVar("T")

Calls = dict[str, list[float]]


async def run(scale: Scale) -> Table:
    """Every mix with every number of rows."""
    sizes: tuple[int, ...] = scale.of((10, 1_000, 10_000, 100_000), (10, 10_000))
    points: dict[str, list[tuple[float, float]]] = {}
    figures: list[Figure] = []
    for mix in MIXES:
        found = {size: await measured(mix, size, scale.of(20, 5)) for size in sizes}
        worst = max(found[sizes[-1]], key=lambda call: found[sizes[-1]][call])
        for call in found[sizes[-1]]:
            points[f"{mix}: {call}"] = [(size, found[size][call]) for size in sizes]
        least = found[sizes[0]][worst]
        most = found[sizes[-1]][worst]
        beside = f"dearest call: {worst}; {most / least:.1f} × of {sizes[0]} rows"
        figures.append(Figure(f"{sizes[-1]:,} {mix}", most, "ms", GOAL, beside=beside))
    return Table(TITLE, tuple(figures), points)


async def measured(mix: str, size: int, repeats: int) -> dict[str, float]:
    """Milliseconds of each call, medians."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        path = Path(folder, "bot.sqlite")
        store = await SqliteStore.open(path, NOW)
        await filling.prototype(store, mix)
        await store.close()
        filling.multiply(path, mix, size)
        terms = Terms(limits=filling.SETTINGS)
        store = await SqliteStore.open(path, NOW + 300, terms=terms)
        if mix == "in flight":
            filling.take_up(path)
        try:
            return await timed(store, mix, repeats)
        finally:
            await store.close()


async def timed(
    store: Store, mix: str, repeats: int, clock: Callable[[], float] = time.process_time
) -> dict[str, float]:
    """Milliseconds of each call by this clock (in seconds), medians after two to get warm."""
    calls: Calls = {}
    for number in range(repeats + 2):
        await _one(store, number, mix, _Watch(calls, clock))
    return {call: 1000 * median(values[2:] or values) for call, values in calls.items()}


async def _one(store: Store, number: int, mix: str, watch: "_Watch") -> None:
    """What a newcomer, or who has much already, makes the store do, in private and in the group, to
    the end."""
    now = NOW + 1000 + 100 * number
    user = filling.PROTOTYPE if mix in OF_ONE else f"new{number}"
    first = 10 + 3 * number
    await _taken_in(store, watch, filling.message(user, first), "take in", now)
    history = filling.called(user, first + 1, Command.HISTORY)
    await _taken_in(store, watch, history, "take in, history", now)
    grouped = filling.message(user, first + 2, group=True)
    await _taken_in(store, watch, grouped, "take in, group", now)
    await watch.timed("next due", store.job_due)
    while (found := await watch.timed("claim", lambda: store.claim(now + 10))) is not None:
        step = advance(found.job, Next(found.job.progress, DONE, last=True), now + 10)
        await watch.timed("commit", partial(store.commit, step, now + 10))
    watch.forget("claim")  # the one that found nothing
    await watch.timed("next post due", partial(store.post_due, filling.PLATFORM))
    claim_post = partial(store.claim_post, now + 20, filling.PLATFORM)
    while (post := await watch.timed("claim a post", claim_post)) is not None:
        await watch.timed("posted", partial(store.posted, post, "p1", now + 20))
    await watch.timed("remind", lambda: store.remind(now, 1e7, still_working))


async def _taken_in(store: Store, watch: "_Watch", inbound: Inbound, name: str, now: float) -> None:
    """Without what the decision takes: that is pure, and knows only what it is given."""
    think, took = filling.thinking(inbound, now), [0.0]

    def thought(known: Remembered) -> Decision:
        before = time.process_time()
        decision = think(known)
        took[0] += time.process_time() - before
        return decision

    await watch.timed(name, lambda: filling.take_in(store, inbound, now, thought))
    watch.calls[name][-1] -= took[0]


def still_working(job: Job) -> Outbound:
    """Words for who waits long."""
    return to_outbound(job, Notice("still working"))


@dataclass(frozen=True, slots=True)
class _Watch:
    """Processor seconds of calls by name, the store's own thread included."""

    calls: Calls
    clock: Callable[[], float]

    async def timed(self, name: str, call: Callable[[], Awaitable[T]]) -> T:
        """Make the call and note what it took."""
        before = self.clock()
        result = await call()
        self.calls.setdefault(name, []).append(self.clock() - before)
        return result

    def forget(self, name: str) -> None:
        """The last one of this name was of no interest."""
        self.calls[name].pop()
