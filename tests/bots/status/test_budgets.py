"""The bot's own budgets as the operator sees them."""

import time

import pytest

from bots.databases import Figures
from bots.status.budgets import left, low
from core.ops.alarms import Alarm, Rising, alarms
from core.ops.readiness import Signs
from core.settings import Settings

NOW = 1_795_000_000.0
LIMITS = Settings(budget_bot_day=1000, budget_bot_month=10_000)
DAY = time.strftime("%Y-%m-%d", time.localtime(NOW))
MONTH = DAY[:7]


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (799, 7999, set()),
        (800, 800, {("budget", DAY)}),
        (950, 950, {("budget", DAY)}),
        (951, 951, {("budget", DAY), ("budget_up", DAY)}),
        (0, 10_400, {("budget", MONTH), ("budget_up", MONTH)}),
    ],
)
def test_admins_hear_of_a_budget_that_runs_out_before_it_is_used_up(
    day: int, month: int, expected: set[tuple[str, str]]
) -> None:
    found = low(LIMITS, Figures(spent=(day, month)), NOW)
    signs = Signs(NOW - 86_400, True)
    told = alarms(signs, free_disk=2**40, tokens=0, rising=Rising(), now=NOW, low=found)
    assert {(alarm.name, alarm.what) for alarm in told} == expected
    assert told == set(found)


def test_a_budget_smaller_than_a_change_is_used_up_when_something_is_spent() -> None:
    small = Settings(budget_bot_day=10, budget_bot_month=0)
    assert low(small, Figures(), NOW) == []
    assert Alarm("budget_up", DAY) in low(small, Figures(spent=(10, 10)), NOW)


def test_what_is_left_is_shown_where_there_is_a_budget() -> None:
    spent = Figures(spent=(300, 10_400))
    assert left(LIMITS, spent, NOW) == {("day",): 700.0, ("month",): 0.0}
    assert left(Settings(budget_bot_day=0, budget_bot_month=0), spent, NOW) == {}
    assert left(None, spent, NOW) == {}
