"""Killed with SIGKILL at any durable boundary and started again, the bot loses nothing and does nothing twice."""

from pathlib import Path
from typing import cast

import pytest

from core.standin.app import StandIn
from tests.kill.boundaries import BOUNDARIES, People, wish_killed_at
from tests.kill.counting import Wish
from tests.kill.long import Plan, run
from tests.kill.people import Person
from tests.kill.rounds import Round
from tests.kill.traps import Boundary, Watched
from tests.process import scene

pytestmark = pytest.mark.xdist_group("processes")  # two bots killed side by side would wait for one another's cores

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
    ("getUpdates-done", "session-done", "turn-done", "turn-lost", "render-asked", "file-asked", "sendVideo-done"),
    ("answer-asked", "original-done", "post-done", "edit-asked", "follow-up-asked"),
)
"""The boundaries at which most could go wrong; `python -m tests.kill --boundaries` runs all of them."""


def named(name: str) -> Boundary:
    return next(boundary for boundary in BOUNDARIES if str(boundary) == name)


@pytest.mark.parametrize("chain", CHAINS, ids=("first", "second", "discord"))
async def test_a_wish_survives_a_kill_at(tmp_path: Path, chain: tuple[str, ...]) -> None:
    standin = StandIn(video_height=90, speed=0, quota=False, credits=10**6)
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


def test_a_press_that_was_taken_in_late_is_one_that_was_meant() -> None:
    """On a busy machine it counted as lost, was made again, and the turn it had led to as sent unasked."""
    late = Round(Wish(1, "K1"), cast(Person, None), presses=["dc:i:1", "dc:i:2", ""])
    assert late.pressed({"dc:i:1"}) == 2
