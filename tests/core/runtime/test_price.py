"""The line about credits under a result: only where something was spent, and only for whose credits
they are."""

from dataclasses import replace

import pytest

from core.domain.replies.prices import spent
from core.domain.requests import Job, Plan, Step
from core.messages import Address
from tests.knowing import knowing

JOB = Job(1, "lock", "u", Address("fake", "c"), Plan.MAKE, Step.LINK)


@pytest.mark.parametrize(
    ("cost", "left", "words"),
    [
        (100, 900, "💳 Used 100 credits, 900 left."),
        (100, 5, "💳 Used 100 credits, only 5 left."),
        (0, 900, ""),
        (None, 900, ""),
        (100, None, ""),
    ],
)
def test_what_was_spent_is_said(cost: int | None, left: int | None, words: str) -> None:
    job = replace(JOB, progress=knowing(spent=cost, balance=left))
    assert spent(job) == words
    assert spent(replace(job, private=False)) == ""
