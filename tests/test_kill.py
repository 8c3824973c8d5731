"""Killed with SIGKILL at any durable boundary and started again, the bot loses nothing and does nothing twice."""

from pathlib import Path

import pytest

from core.standin.app import StandIn
from tests.kill.boundaries import BOUNDARIES, wish_for, wish_killed_at
from tests.kill.long import Plan, run
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
)
"""The boundaries at which most could go wrong; `python -m tests.kill --boundaries` runs all of them."""


def named(name: str) -> Boundary:
    return next(boundary for boundary in BOUNDARIES if str(boundary) == name)


@pytest.mark.parametrize("chain", CHAINS, ids=("first", "second"))
async def test_a_wish_survives_a_kill_at(tmp_path: Path, chain: tuple[str, ...]) -> None:
    standin = StandIn(video_height=90, speed=0, quota=False, credits=10**6)
    standin.faults = Watched(standin.calls)
    async with scene(tmp_path, standin, NEMO_RECOVERY_SECONDS="0.2") as here:
        await here.up()
        wrong = []
        for number, name in enumerate(chain, 1):
            wrong += await wish_killed_at(here, named(name), wish_for(named(name), number))
        assert wrong == []


async def test_the_long_run_notices_a_request_that_was_lost_on_purpose(tmp_path: Path) -> None:
    count = await run(Plan(kills=1, people=1, patience=4, plant="job"), tmp_path)
    assert count.broken
    assert count.lost == 1
    assert count.silent == 1
