"""Whether large uploads hold up others: one person after the other asks while eight bring files
that take long to send."""

from typing import Any

from benchmarks.backend import Backend
from benchmarks.measuring import Scale, child
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table
from benchmarks.request import SETTINGS

TITLE = "Uploads that do not block"
SLOW = 20.0
"""Seconds that each of the large uploads takes."""
HEAVY = 8
GOAL = 1.0


async def run(scale: Scale) -> Table:
    """Uploads of the first people are answered late; who comes then is timed."""
    quiet = await _followed(0, scale.of(6, 3))
    busy = await _followed(HEAVY, scale.of(6, 3))
    return Table(
        TITLE,
        (
            Figure("large uploads under way", busy["under way"], "", HEAVY, least=True),
            Figure("alone: first words, 99 %", quiet["first"][1], "s"),
            Figure(f"beside {HEAVY} uploads: first words, 99 %", busy["first"][1], "s", GOAL),
            Figure("alone: until the video", quiet["answered"][0], "s"),
            Figure(
                f"beside {HEAVY} uploads: until the video",
                busy["answered"][0] - quiet["answered"][0],
                "s more",
                GOAL,
            ),
        ),
    )


async def _followed(heavy: int, people: int) -> dict[str, Any]:
    backend = Backend(slow_uploads=heavy, upload=SLOW)
    async with backend.serving() as url:
        plan = Plan(url, people, 1, warm=1, settings=SETTINGS, heavy=heavy)
        async with child("people", as_json(plan)) as bot:
            await bot.told()
            return await bot.found() | {"under way": heavy - backend.slow_uploads}
