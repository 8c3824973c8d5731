"""The clock of the process never runs backwards, and follows when the time of day does."""

from core.clock import SteadyClock


def test_a_clock_that_is_set_back_goes_on_from_where_it_was() -> None:
    times = iter((1000.0, 1010.0, 400.0, 405.0, 300.0, 302.0))
    clock = SteadyClock(lambda: next(times))
    assert [clock() for _ in range(5)] == [1010.0, 1010.0, 1015.0, 1015.0, 1017.0]


def test_a_clock_that_is_put_right_again_is_followed() -> None:
    times = iter((1000.0, 400.0, 1100.0, 1101.0, 5000.0))
    clock = SteadyClock(lambda: next(times))
    assert [clock() for _ in range(4)] == [1000.0, 1100.0, 1101.0, 5000.0]
