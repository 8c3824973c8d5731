"""The line about credits under a result: only where something was spent, and only for whose credits
they are."""

from dataclasses import replace

import pytest

from core.domain.limits.admission import Spending
from core.domain.limits.budgets import Charged, Used, budgets_in_force
from core.domain.replies.prices import balance, spent
from core.domain.requests import Job, Plan, Step
from core.messages import Address
from core.nemo.wire import Credits
from core.settings import Settings
from tests.knowing import knowing

JOB = Job(1, "lock", "u", Address("fake", "c"), Plan.MAKE, Step.LINK)


@pytest.mark.parametrize(
    ("cost", "left", "words"),
    [
        (100, 900, "💳 Used 100 credits, 900 left."),
        (100, 1, "💳 Used 100 credits, only 1 left."),
        (100, 0, "💳 Used 100 credits, none left."),
        (0, 900, ""),
        (None, 900, ""),
        (100, None, ""),
    ],
)
def test_what_was_spent_is_said(cost: int | None, left: int | None, words: str) -> None:
    job = replace(JOB, progress=knowing(spent=cost, balance=left))
    assert spent(job) == words
    assert spent(replace(job, private=False)) == ""


def test_a_balance_comes_with_what_is_left_of_their_own_budgets() -> None:
    limits = Settings(budget_user_day=500, budget_user_month=3000)
    charged = Charged(Used(450, 1200), group=Used(9, 9), bot=Used(9, 9))
    of = budgets_in_force(limits, charged, group=True, now=1_795_000_000.0)
    said = balance(JOB, Credits(5000, 0, 5000), Spending(), of).text.split("\n")
    assert said[1:] == [
        "📅 Left for you today: 50 of 500 credits.",
        "📅 Left for you this month: 1,800 of 3,000 credits.",
    ]
