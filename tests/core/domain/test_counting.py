"""Which requests count against the limits."""

import pytest

from core.domain.requests import Plan, State
from core.domain.requests.counting import Begun, Tried, tried


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
