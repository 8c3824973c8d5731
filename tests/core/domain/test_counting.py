"""Which requests count against the limits, how long one usually takes, and what it costs."""

from collections.abc import Sequence

import pytest

from core.domain.requests import Plan, State
from core.domain.requests.counting import Begun, Tried, tried, usual


@pytest.mark.parametrize("plan", Plan)
def test_only_what_costs_credits_counts(plan: Plan) -> None:
    counted = tried(Begun(5.0, plan, State.OPEN, False))
    assert counted == (Tried(5.0, True) if plan in (Plan.MAKE, Plan.EDIT) else None)


@pytest.mark.parametrize(
    ("state", "sent", "paid"),
    [
        (State.OPEN, False, True),
        (State.DONE, True, True),
        (State.DONE, False, False),
        (State.FAILED, True, False),
        (State.CANCELLED, True, False),
    ],
)
def test_what_failed_or_never_came_to_its_turn_was_only_tried(
    state: State, sent: bool, paid: bool
) -> None:
    assert tried(Begun(5.0, Plan.EDIT, state, sent)) == Tried(5.0, paid)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ((), 0.0),
        ((60.0, 61.0, 62.0, 63.0), 0.0),
        ((60.0, 600.0, 62.0, 63.0, 61.0), 62.0),
        ((100, None, 100, None, 50, 100), 0.0),
        ((100, None, 100, 90, 50, 80), 90),
    ],
)
def test_an_estimate_is_the_median_of_five_at_least(
    known: Sequence[float | None], told: float
) -> None:
    assert usual(known) == told
