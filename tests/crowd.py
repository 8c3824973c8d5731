"""A crowd whose turns last as long as real ones: whether all get their video as if they were alone,
and what each one takes meanwhile."""

from dataclasses import dataclass, field
from typing import Any

from benchmarks.backend import Backend
from benchmarks.measuring import child
from benchmarks.people import Plan, as_json
from benchmarks.request import SETTINGS

LATER = 1.15
"""How much longer than one turn everybody together may take."""
FIRST_WORDS, LOOP = 1.0, 0.05
"""Seconds below which 99 of 100 hear something, and the event loop comes round, on a free core."""
EACH = 50 * 1024
"""Bytes of one request in flight."""


@dataclass
class Crowd:
    """What so many people with turns of so many seconds have found; `answered` is the longest that
    one of them has waited."""

    people: int
    turn: float
    lost: int
    answered: float
    first: float
    loop: float
    each: float
    turns: int
    """Turns that the service was asked for."""
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{self.people:,} people with turns of {self.turn:g} s: nobody waits longer than "
                f"{self.answered:.1f} s, {self.lost} without one, {self.turns:,} turns",
                f"first words within {self.first:.2f} s for 99 of 100, event loop late by "
                f"{1000 * self.loop:.0f} ms (99 %), {self.each / 1024:.0f} KB each",
                *self.wrong,
            )
        )


async def run(people: int, turn: float) -> Crowd:
    """They come one after the other during the first turn, so that in the end all turns run at the
    same time; on a platform in memory and in a process of their own."""
    backend = Backend(turn=turn)
    async with backend.serving() as url:
        plan = Plan(url, people, warm=2, settings=SETTINGS, over=turn, patience=4 * turn + 60)
        async with child("people", as_json(plan)) as bot:
            await bot.told()
            took = await bot.told()
    return _judged(took, people, turn, backend.calls["turn"] - plan.warm)


def _judged(took: dict[str, Any], people: int, turn: float, turns: int) -> Crowd:
    found = Crowd(
        people,
        turn,
        took["lost"],
        took["answered"][2],
        took["first"][1],
        took["lag"][1],
        took["grown"] / people,
        turns,
    )
    found.wrong += ["somebody got no video"] * (found.lost > 0)
    found.wrong += ["a turn was asked for twice"] * (turns > people)
    found.wrong += ["together they take much longer than one"] * (found.answered > LATER * turn)
    found.wrong += ["first words come late"] * (found.first > FIRST_WORDS)
    found.wrong += ["the event loop is held up"] * (found.loop > LOOP)
    found.wrong += ["a request in flight takes much memory"] * (found.each > EACH)
    return found
