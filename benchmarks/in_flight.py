"""Requests whose turns run at the same time: processor time and memory of each, and whether all
got their video."""

from typing import Any

from benchmarks.backend import Backend
from benchmarks.measuring import Scale, child
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table
from benchmarks.request import SETTINGS, WARM

TITLE = "Requests in flight"
GOAL_KB, MANY = 50.0, 1_000
"""Kilobytes of each, where there are enough of them that all else does not count."""
TIMES = 1.5
"""How much dearer one of many may be than one of a hundred."""
QUIET = 30.0
"""Seconds without any call after which no more turns are expected."""


async def run(scale: Scale) -> Table:
    """Turns are held until all run, and are then let go together."""
    figures: list[Figure] = []
    costs: list[tuple[float, float]] = []
    for people in scale.at_once((1, 100, 1_000, 10_000), (1, 100)):
        # what is loaded for the first requests is no part of what each takes
        backend = Backend(held=True, free=WARM)
        plan = Plan("", people, warm=WARM, settings=SETTINGS, patience=60 + 0.3 * people)
        together, took = await _held(backend, plan)
        name = f"{people:,} at once"
        missed = "" if took["lost"] == 0 else f"{took['lost']} without a video"
        figures.append(Figure(f"{name}: turns in flight", together, "", people, least=True))
        done = people - took["lost"]
        figures.append(Figure(f"{name}: videos", done, "", people, least=True, beside=missed))
        costs.append((people, 1000 * took["cpu"] / max(done, 1)))
        told = f"{took['sends'] / max(done, 1):.1f} messages to each"
        figures.append(Figure(f"{name}: CPU each", costs[-1][1], "ms", beside=told))
        if people >= 100:
            goal = GOAL_KB if people >= MANY else None
            figures += [
                Figure(f"{name}: memory each", took["grown"] / 1024 / people, "KB", goal),
                Figure(f"{name}: loop late, 99 %", 1000 * took["lag"][1], "ms"),
            ]
        if together < people:
            break  # of more, no more would run at the same time
    if len(costs) > 2:
        dearer = costs[-1][1] / costs[1][1]
        beside = f"CPU each of {costs[-1][0]:,} against {costs[1][0]:,}"
        figures.append(Figure("how much dearer", dearer, "×", TIMES, beside=beside))
    return Table(TITLE, tuple(figures), {"CPU of a request in flight, ms": costs})


async def _held(backend: Backend, plan: Plan) -> tuple[int, dict[str, Any]]:
    async with backend.serving() as url:
        values = as_json(plan) | {"url": url}
        async with child("people", values) as bot:
            await bot.told()
            await backend.reached(plan.people, QUIET)
            together = backend.most_in_flight
            backend.release()
            return together, await bot.found()
