"""What one request costs: processor time, transactions and round trips, against a bare script with
the same calls and as many durable writes."""

from dataclasses import asdict
from statistics import median
from typing import Any

from benchmarks.backend import Backend
from benchmarks.bare import request as bare
from benchmarks.measuring import Scale, child, ratio
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table

TITLE = "A request"
FEW = 18
"""Durable writes of a script that keeps only what it must."""
TURN = 2.0
"""Seconds: long enough for a status to be edited."""
SETTINGS = {"NEMO_TOKEN": bare.TOKEN, "NEMO_RENDER_POLL_SECONDS": "0.05"}


async def run(scale: Scale) -> Table:
    """The engine with a platform in memory, then the whole process on Telegram."""
    return Table(TITLE, tuple(await engine_alone(scale)))


async def engine_alone(scale: Scale) -> list[Figure]:
    """Ours and the bare script in turn."""
    people, together, repeats = scale.of((24, 8, 5), (8, 4, 2))
    backend = Backend(turn=TURN)
    ours: list[float] = []
    same: list[float] = []
    few: list[float] = []
    async with backend.serving() as url:
        plan = Plan(url, people, together, warm=1, settings=SETTINGS)
        alone = Plan(url, scale.of(6, 2), 1, warm=1, settings=SETTINGS, counted=True)
        counted = await _asked(alone)
        transactions, durable = (
            counted[what] / alone.people for what in ("transactions", "durable")
        )
        writes = round(durable)
        calls = await _calls(backend, url)
        for _ in range(repeats):
            ours.append((await _asked(plan))["cpu"] / people)
            for found, number in ((same, writes), (few, FEW)):
                script = bare.Plan(url, people, together, calls, number)
                found.append((await _bare(script))["cpu"] / people)
    beside = f"bare {1000 * median(same):.1f} ms with the same {len(calls)} calls, {writes} writes"
    against, apart = ratio(ours, same)
    least = f"bare {1000 * median(few):.1f} ms"
    return [
        Figure("engine: CPU of one request", 1000 * median(ours), "ms", beside=beside),
        Figure("engine: against the bare script", against, "×", 1.5, spread=apart),
        Figure(f"engine: against one with {FEW} writes", ratio(ours, few)[0], "×", beside=least),
        Figure("engine: transactions a request", transactions, "", 25),
        Figure("engine: durable ones of them", durable, "", 18),
        Figure("engine: calls to the service", len(calls), ""),
    ]


async def _asked(plan: Plan) -> dict[str, Any]:
    async with child("people", as_json(plan)) as bot:
        await bot.told()
        return await bot.told()


async def _bare(plan: bare.Plan) -> dict[str, Any]:
    async with child("bare.request", asdict(plan)) as script:
        return await script.told()


async def _calls(backend: Backend, url: str) -> tuple[str, ...]:
    """The names of the calls that one request makes, in order."""
    async with child("people", as_json(Plan(url, 1, settings=SETTINGS, warm=1))) as bot:
        await bot.told()
        backend.sequence.clear()
        await bot.told()
    return tuple(backend.sequence)
