"""What a person waits for besides the service: at idle, on a slow line, and among many who ask at
once."""

from typing import Any

from benchmarks.backend import Backend
from benchmarks.measuring import Scale, child
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table
from benchmarks.request import SETTINGS

TITLE = "What people wait for"
OWN = 0.3
"""Seconds that the bot may add where nothing else is to be done."""
LINE = 0.2
"""Seconds of a slow line, there and back."""
IN_SERIES = 7
FAR = 3.0
"""Times the ideal that are so far from the goal that more people are not tried."""
LONGER = 1.15
"""Times the ideal until the last one is answered."""


async def run(scale: Scale) -> Table:
    """Idle and slow line with one person at a time; then so many at once."""
    few = scale.of(9, 3)
    idle = await _asked(Backend(), few, together=1)
    slow = await _asked(Backend(line=LINE), few, together=1)
    own, series = idle["answered"][0], (slow["answered"][0] - idle["answered"][0]) / LINE
    figures = [
        Figure("idle: first words", 1000 * idle["first"][0], "ms"),
        Figure("idle: what the bot adds to a request", own, "s", OWN),
        Figure("round trips in series", series, "", IN_SERIES, beside=f"on a {LINE:g} s line"),
    ]
    points: list[tuple[float, float]] = []
    turn = scale.of(10.0, 4.0)
    for people in scale.at_once((10, 100, 300, 1000), (50,)):
        many = await _asked(Backend(turn=turn), people, together=0)
        points.append((people, 1000 * many["first"][1]))
        first, last = many["first"][1], many["answered"][2]
        name, ideal = f"{people} at once", turn + own
        figures += [
            Figure(f"{name}: first words, 99 %", first, "s", 1.0),
            Figure(
                f"{name}: until all are answered",
                last / ideal,
                "×",
                LONGER,
                beside=f"{last:.1f} s; ideal {ideal:.1f} s",
            ),
        ]
        if last > FAR * ideal:
            break  # with more people it would only be later
    return Table(TITLE, tuple(figures), {"first words, 99 %, ms": points})


async def _asked(backend: Backend, people: int, together: int) -> dict[str, Any]:
    async with backend.serving() as url:
        plan = Plan(url, people, together, warm=1, settings=SETTINGS, patience=60 + people)
        async with child("people", as_json(plan)) as bot:
            await bot.told()
            return await bot.found()
