"""Who lets others past."""

import pytest

from core.domain.fairness import lets_past
from core.domain.requests import Job, Plan, Step
from core.messages import Address
from tests.knowing import knowing


@pytest.mark.parametrize(
    ("step", "known", "past"),
    [
        (Step.PRICE, {"asked": True}, True),
        (Step.PRICE, {"asked": True, "confirmed": True}, False),
        (Step.PRICE, {}, False),
        (Step.SNAPSHOT, {"asked": True}, False),
    ],
)
def test_what_waits_for_a_yes_to_its_price_holds_up_nothing_behind_it(
    step: Step, known: dict[str, bool], past: bool
) -> None:
    job = Job(1, "", "u", Address("fake", "1"), Plan.MAKE, step, progress=knowing(**known))
    assert lets_past(job) is past
