"""The clock of the process passes second by second, whatever is done to the clock on the wall."""

import pytest

from core.clock import DRIFT, SteadyClock

HOUR = 3600.0


class Machine:
    """Two clocks: one that only runs, and one that can be set."""

    def __init__(self) -> None:
        self.ran, self.shown = 50.0, 1_800_000_000.0

    def passes(self, seconds: float) -> None:
        self.ran += seconds
        self.shown += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def clock(machine: Machine) -> SteadyClock:
    return SteadyClock(lambda: machine.shown, lambda: machine.ran)


def test_it_shows_the_time_of_day(machine: Machine, clock: SteadyClock) -> None:
    assert clock() == machine.shown
    machine.passes(60.0)
    assert clock() == machine.shown


@pytest.mark.parametrize("by", [-24 * HOUR, -HOUR, -3.0, 3.0, HOUR, 24 * HOUR])
def test_a_second_stays_a_second_when_the_clock_is_set(
    machine: Machine, clock: SteadyClock, by: float
) -> None:
    before = clock()
    machine.shown += by
    assert clock() == before
    for _ in range(10):
        machine.passes(1.0)
        clock()
    assert clock() - before == pytest.approx(10.0, rel=DRIFT)
    assert clock() != before + 10.0, "it goes back to the time of day, little by little"


@pytest.mark.parametrize("by", [-HOUR, HOUR])
def test_it_comes_back_to_the_time_of_day(machine: Machine, clock: SteadyClock, by: float) -> None:
    machine.shown += by
    for _ in range(21):
        machine.passes(HOUR)
        clock()
    assert clock() == pytest.approx(machine.shown)


def test_it_never_runs_backwards(machine: Machine, clock: SteadyClock) -> None:
    before = clock()
    machine.ran -= 10.0
    assert clock() == before
