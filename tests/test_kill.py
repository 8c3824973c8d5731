"""Killed with SIGKILL at any durable boundary and started again, the bot loses nothing and does
nothing twice."""

from pathlib import Path
from typing import cast

import pytest

from tests.backend import quick_standin
from tests.kill.boundaries import BOUNDARIES, People, wish_killed_at
from tests.kill.counting import Wish
from tests.kill.figures import pressed
from tests.kill.long import Plan, run
from tests.kill.people import Person
from tests.kill.rounds import Press, Round
from tests.kill.traps import Boundary, Watched
from tests.process import scene

CHAINS = (
    (
        "getUpdates-asked",
        "getUpdates-answered",
        "upload-done",
        "turn-asked",
        "turn-lasting",
        "render-done",
        "sendVideo-asked",
    ),
    (
        "getUpdates-done",
        "session-done",
        "turn-done",
        "turn-lost",
        "render-asked",
        "file-asked",
        "sendVideo-done",
    ),
    ("answer-asked", "original-done", "post-done", "edit-asked", "follow-up-asked"),
)
"""The boundaries at which most could go wrong; `python -m tests.kill --boundaries` runs all of
them."""


def named(name: str) -> Boundary:
    return next(boundary for boundary in BOUNDARIES if str(boundary) == name)


@pytest.mark.parametrize("chain", CHAINS, ids=("first", "second", "discord"))
async def test_a_wish_survives_a_kill_at(tmp_path: Path, chain: tuple[str, ...]) -> None:
    standin = quick_standin(quota=False, credits=10**6)
    standin.faults = Watched(standin.calls)
    discord = chain[0] == "answer-asked"
    async with scene(tmp_path, standin, discord=discord, NEMO_RECOVERY_SECONDS="0.2") as here:
        await here.up()
        wrong, people = list[str](), People()
        for number, name in enumerate(chain, 1):
            wrong += await wish_killed_at(here, named(name), number, people)
        assert wrong == []


@pytest.mark.parametrize(
    ("plant", "patience", "found"),
    [("job", 8, ("lost", "silent")), ("post", 60, ("videos_twice",))],
)
async def test_the_long_run_notices_what_was_planted(
    tmp_path: Path, plant: str, patience: float, found: tuple[str, ...]
) -> None:
    count = await run(Plan(kills=1, people=1, patience=patience, plant=plant), tmp_path)
    assert count.broken
    for name in found:
        assert getattr(count, name), name


def test_a_press_counts_for_the_wish_of_its_button_however_late_it_was_taken_in() -> None:
    """On a busy machine people wait for their next wish by then, and the turn it led to counted as
    sent unasked."""
    person = cast(Person, None)
    first = Round(Wish(1, "K1n1z"), person)
    second = Round(
        Wish(1, "K1n2z"),
        person,
        presses=[Press("a", 7), Press("b", 8), Press("lost", 7), Press("", 0)],
    )
    known, words = {"a", "b"}, {7: "a video with K1n1z", 8: "a video with K1n2z"}
    assert [pressed(one, (first, second), known, words) for one in (first, second)] == [1, 2]
