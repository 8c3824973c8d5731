"""What a request costs where several processes share a Postgres, against one process on SQLite; and
whether it costs the same with many in flight."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.backend import Backend
from benchmarks.measuring import TICKS, Child, Scale, child
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table
from benchmarks.request import SETTINGS
from tests.servers import postgres

TITLE = "Several processes on one Postgres"
WORKERS = 2
TURN = 2.0
TIMES = 1.5
"""How much dearer one of many in flight may be than one of a hundred."""
QUIET = 30.0
"""Seconds without any call after which no more turns are expected."""


@dataclass
class Shared:
    """A database, and workers on it, if any. `cpu` is what they and the server have taken."""

    settings: dict[str, str]
    postmaster: int
    workers: list[Child] = field(default_factory=list)

    async def cpu(self) -> tuple[float, float]:
        """Seconds of the workers, and of the server."""
        for worker in self.workers:
            worker.tell("")
        taken = [(await worker.found())["cpu"] for worker in self.workers]
        return sum(taken), spent_below(self.postmaster)


async def run(scale: Scale) -> Table:
    """One after the other, each alone."""
    people, together = scale.of((32, 8), (8, 4))
    backend = Backend(turn=TURN)
    figures: list[Figure] = []
    async with backend.serving() as url:
        plan = Plan(url, people, together, settings=SETTINGS)
        async with child("people", as_json(plan)) as bot:
            await bot.told()
            alone = 1000 * (await bot.found())["cpu"] / people
        figures.append(Figure("one process on SQLite: CPU", alone, "ms"))
        for workers in (0, WORKERS):
            async with shared(url, workers) as there:
                ours, server = await _asked(plan, there)
            name = f"gateway and {workers} workers" if workers else "one process on Postgres"
            beside = f"{(ours + server) / alone:.1f} × of SQLite"
            figures += [
                Figure(f"{name}: CPU", ours, "ms", beside=beside),
                Figure(f"{name}: the server's CPU", server, "ms"),
            ]
    figures += await _in_flight(scale)
    return Table(TITLE, tuple(figures))


async def _asked(plan: Plan, there: Shared) -> tuple[float, float]:
    """Milliseconds of a request, of the bot's processes and of the server."""
    role = {"ROLE": "gateway"} if there.workers else {}
    plan = Plan(**{**as_json(plan), "settings": {**plan.settings, **there.settings, **role}})
    async with child("people", as_json(plan)) as bot:
        await bot.told()
        before = await there.cpu()
        took = await bot.found()
        after = await there.cpu()
    assert took["lost"] == 0, "everybody has their video"
    ours = took["cpu"] + after[0] - before[0]
    return 1000 * ours / plan.people, 1000 * (after[1] - before[1]) / plan.people


async def _in_flight(scale: Scale) -> list[Figure]:
    figures: list[Figure] = []
    costs: list[float] = []
    for people in scale.at_once((100, 2_000), (20, 100)):
        backend = Backend(held=True)
        async with backend.serving() as url, shared(url, WORKERS) as there:
            settings = {**SETTINGS, **there.settings, "ROLE": "gateway"}
            plan = Plan(url, people, warm=0, settings=settings, patience=60 + 0.5 * people)
            async with child("people", as_json(plan)) as bot:
                await bot.told()
                before = await there.cpu()
                await backend.reached(people, QUIET)
                together = backend.most_in_flight
                backend.release()
                took = await bot.found()
                after = await there.cpu()
        done = people - took["lost"]
        costs.append(1000 * (took["cpu"] + after[0] - before[0]) / max(done, 1))
        name = f"{people:,} in flight over {WORKERS} workers"
        figures += [
            Figure(f"{name}: turns at once", together, "", people, least=True),
            Figure(f"{name}: videos", done, "", people, least=True),
            Figure(f"{name}: CPU each", costs[-1], "ms"),
        ]
    figures.append(Figure("how much dearer", costs[-1] / costs[0], "×", TIMES))
    return figures


@asynccontextmanager
async def shared(url: str, workers: int) -> AsyncIterator[Shared]:
    """A new database, and so many workers."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
        address = postgres.server(folder / "postgres", durable=True)
        database = stack.enter_context(postgres.database(address))
        settings = {"DATABASE_URL": database, "SECRETS_KEY": "a sentence", "NEMO_API_URL": url}
        pid = int((folder / "postgres/data/postmaster.pid").read_text().split()[0])
        there = Shared({**settings, "DATA_FOLDER": str(folder / "gateway")}, pid)
        for number in range(workers):
            values: Mapping[str, Any] = {
                **SETTINGS, **settings, "ROLE": "worker", "DATA_FOLDER": str(folder / f"{number}"),
            }  # fmt: skip
            worker = await stack.enter_async_context(child("worker", values))
            await worker.told()
            there.workers.append(worker)
        yield there
        await asyncio.sleep(0)


def spent_below(process: int) -> float:
    """Processor seconds of a process and all below it that run or have ended (Linux)."""
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if process == int(entry.name):
            total += sum(map(int, fields[11:15])) / TICKS
        elif process == int(fields[1]):
            total += sum(map(int, fields[11:13])) / TICKS
    return total
