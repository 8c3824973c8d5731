"""Finished renders are seen soon, with few looks: simulated over renders of 5 to 600 seconds."""

from collections.abc import Callable
from statistics import mean

import pytest

from core.domain.requests.polling import first_render_look, next_render_look

HALF_A_MINUTE = 30.0
"""What the operator's setting is without being set."""

Progress = Callable[[float], int]
"""From the share of its time that is over (0 to 1) to the percent that the service tells."""

UNEVENLY: dict[str, Progress] = {
    "in tens": lambda share: int(10 * share) * 10,
    "slowly at first": lambda share: int(100 * share**1.5),
    "slowly at last": lambda share: int(100 * share**0.7),
    "from five on": lambda share: 5 + int(94 * share),
}


def evenly(share: float) -> int:
    return int(100 * share)


def watched(seconds: float, told: Progress, longest: float = HALF_A_MINUTE) -> tuple[float, int]:
    """How late the end of a render of so many seconds is seen, and with how many looks."""
    now, looks = first_render_look(longest), 1
    while now < seconds:
        now += next_render_look(now, told(now / seconds), longest)
        looks += 1
    return now - seconds, looks


def test_the_end_is_seen_within_two_seconds_in_the_mean() -> None:
    assert mean(watched(seconds, evenly)[0] for seconds in range(5, 601)) <= 2


def test_a_usual_render_is_worth_few_looks() -> None:
    usual = [watched(seconds, evenly) for seconds in range(30, 91)]
    assert mean(late for late, _ in usual) <= 2
    assert mean(looks for _, looks in usual) <= 6


@pytest.mark.parametrize("told", UNEVENLY.values(), ids=UNEVENLY)
def test_progress_that_misleads_costs_a_second_more(told: Progress) -> None:
    usual = [watched(seconds, told) for seconds in range(30, 91)]
    assert mean(late for late, _ in usual) <= 3
    assert mean(looks for _, looks in usual) <= 7


def test_one_that_tells_nothing_is_looked_at_every_ten_seconds_and_later_seldom() -> None:
    late = [watched(seconds, lambda _: 0) for seconds in range(5, 301)]
    assert max(seconds for seconds, _ in late) <= 10
    assert watched(600, lambda _: 0)[1] == 30 + 10


@pytest.mark.parametrize(
    ("elapsed", "percent", "longest", "pause"),
    [
        (10, None, 30, 10),
        (10, 0, 30, 10),
        (10, 50, 30, 10),  # as long again
        (10, 90, 30, 2),  # no sooner
        (10, 10, 30, 15),  # and no later
        (299, 1, 30, 15),
        (300, 1, 30, 30),
        (300, None, 30, 30),
        (400, 99, 30, 400 / 99),
        (10, 100, 30, 2),
        (0, 50, 30, 2),
        (10, 10, 5, 5),  # the operator's word
        (10, 90, 1, 1),
        (300, None, 7, 7),
        (10, None, 7, 7),
    ],
)
def test_when_to_look_again(
    elapsed: float, percent: int | None, longest: float, pause: float
) -> None:
    assert next_render_look(elapsed, percent, longest) == pytest.approx(pause)


@pytest.mark.parametrize(("longest", "pause"), [(30, 10), (10, 10), (0.05, 0.05)])
def test_the_first_look_comes_when_the_first_are_ready(longest: float, pause: float) -> None:
    assert first_render_look(longest) == pause
