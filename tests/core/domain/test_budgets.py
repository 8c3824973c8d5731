"""The operator's credits: what a request counts for as it stands, and what budgets leave."""

from dataclasses import replace
from datetime import UTC, datetime
from time import tzset
from typing import Any

import pytest

from core.domain.gathering import Bundle
from core.domain.limits.budgets import (
    Budget,
    Charge,
    Charged,
    Held,
    Period,
    Used,
    Whose,
    abandoned,
    budgets_in_force,
    charge_of,
    ends,
    period_begins,
    videos_in_budgets,
    within_budgets,
)
from core.domain.replies import prices
from core.domain.requests import Job, Payer, Plan, State, Step
from core.messages import Address
from core.settings import Settings
from tests.knowing import knowing

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC).timestamp()
HOUR, DAY = 3600.0, 86_400.0
JOB = Job(1, "lock", "u", Address("fake", "c"), Plan.MAKE, Step.CONNECT)
SENT: dict[str, Any] = {"payer": Payer.OPERATOR, "fingerprint": "f"}


def job(step: Step, state: State = State.OPEN, plan: Plan = Plan.MAKE, **known: object) -> Job:
    learnt = knowing(**{"payer": Payer.OPERATOR, **known})
    return replace(JOB, step=step, state=state, plan=plan, progress=learnt)


WAITING, TURN, SPENT = Charge(None, Held.WAITING), Held.AT_ITS_TURN, Held.SPENT
UNADDRESSED, ADDRESSED = Bundle(), Bundle(addressed=True)


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        # what is free, or paid by others
        (job(Step.CONNECT, plan=Plan.EXPORT), None),
        (job(Step.CONNECT, payer=Payer.OWN), None),
        (job(Step.CHECK, payer=Payer.ANONYMOUS, fingerprint="f", spent=90), None),
        # on its way to its turn
        (replace(job(Step.GATHER, payer=None), bundle=UNADDRESSED), None),
        (replace(job(Step.GATHER, payer=None), bundle=ADDRESSED), WAITING),
        (job(Step.CONNECT, payer=None), WAITING),
        (job(Step.UPLOAD), WAITING),
        (job(Step.UPLOAD, plan=Plan.EDIT), WAITING),
        (job(Step.PRICE, asked=True), None),
        (job(Step.PRICE, asked=True, confirmed=True), WAITING),
        # at its turn
        (job(Step.SNAPSHOT), Charge(None, TURN)),
        (job(Step.GENERATE, **SENT), Charge(None, TURN)),
        (job(Step.CONNECT, resume=Step.CHECK, **SENT), Charge(None, TURN)),
        (job(Step.CONNECT, **{**SENT, "payer": None}), None),
        (job(Step.LINK, spent=90, **SENT), Charge(90, TURN)),
        # over
        (job(Step.LINK, State.DONE, spent=90, **SENT), Charge(90, SPENT)),
        (job(Step.LINK, State.DONE, **SENT), Charge(None, SPENT)),
        (job(Step.CHECK, State.DONE, spent=0, **SENT), None),
        (job(Step.GATHER, State.DONE, payer=None), None),
        (job(Step.UPLOAD, State.CANCELLED), None),
        (job(Step.GENERATE, State.CANCELLED, **SENT), None),
        (job(Step.CHECK, State.CANCELLED, **SENT), Charge(None, SPENT)),
        (job(Step.GENERATE, State.FAILED, **SENT), None),
        (job(Step.CHECK, State.FAILED, **SENT), None),
        (job(Step.CHECK, State.FAILED, spent=40, **SENT), Charge(40, SPENT)),
        (job(Step.RENDER, State.FAILED, **SENT), Charge(None, SPENT)),
    ],
)  # fmt: skip
def test_a_request_counts_for_what_it_costs_or_holds(job: Job, expected: Charge | None) -> None:
    assert charge_of(job) == expected


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        (job(Step.UPLOAD), None),
        (job(Step.GENERATE, **SENT), None),
        (replace(job(Step.GENERATE, **SENT), claims=1), Charge(None, SPENT)),
        (job(Step.CHECK, **SENT), Charge(None, SPENT)),
        (job(Step.RENDER, spent=90, **SENT), Charge(90, SPENT)),
    ],
)
def test_a_request_whose_row_goes_counts_as_far_as_it_may_be_paid_for(
    job: Job, expected: Charge | None
) -> None:
    assert charge_of(abandoned(job)) == expected


@pytest.mark.parametrize(
    ("zone", "at", "day", "month"),
    [
        ("UTC", "2026-11-26T09:30", ("2026-11-26T00:00", "2026-11-27T00:00"),
         ("2026-11-01T00:00", "2026-12-01T00:00")),
        ("UTC", "2026-12-31T23:59", ("2026-12-31T00:00", "2027-01-01T00:00"),
         ("2026-12-01T00:00", "2027-01-01T00:00")),
        ("Asia/Shanghai", "2026-01-31T16:00", ("2026-01-31T16:00", "2026-02-01T16:00"),
         ("2026-01-31T16:00", "2026-02-28T16:00")),
        # the clocks go back: a day of 25 hours
        ("Europe/Berlin", "2026-10-25T12:00", ("2026-10-24T22:00", "2026-10-25T23:00"),
         ("2026-09-30T22:00", "2026-10-31T23:00")),
    ],
)  # fmt: skip
def test_days_and_months_are_those_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    at: str,
    day: tuple[str, str],
    month: tuple[str, str],
) -> None:
    now = datetime.fromisoformat(f"{at}Z").timestamp()
    with monkeypatch.context() as here:
        here.setenv("TZ", zone)
        tzset()
        found = [(period_begins(period, now), ends(period, now)) for period in Period]
    tzset()
    stretches = [
        (datetime.fromisoformat(f"{a}Z"), datetime.fromisoformat(f"{b}Z")) for a, b in (day, month)
    ]
    assert found == [(first.timestamp(), last.timestamp()) for first, last in stretches]


LIMITS = Settings(
    budget_user_day=500, budget_user_month=3000, budget_group_day=700, budget_group_month=0,
    budget_bot_day=2000, budget_bot_month=9000,
)  # fmt: skip
NONE = Settings(
    budget_user_day=0, budget_user_month=0, budget_group_day=0, budget_group_month=0,
    budget_bot_day=0, budget_bot_month=0,
)  # fmt: skip


def names(charged: Charged, *, group: bool, limits: Settings = LIMITS) -> dict[str, int]:
    of = budgets_in_force(limits, charged, group=group, now=NOW)
    return {f"{budget.whose}_{budget.period}": budget.left for budget in of}


def test_what_is_left_of_every_budget_that_is_set() -> None:
    charged = Charged(Used(450, 3100), Used(10, 20), Used(100, 1000))
    alone = {"user_day": 50, "user_month": 0, "bot_day": 1900, "bot_month": 8000}
    assert names(charged, group=False) == alone
    assert names(charged, group=True) == {**alone, "group_day": 690}
    assert names(charged, group=True, limits=NONE) == {}


def test_an_admin_raises_the_budgets_of_one_person_alone() -> None:
    charged = Charged(Used(450, 3100), raised=Used(200, 300))
    assert names(charged, group=True) == {
        "user_day": 250, "user_month": 200, "group_day": 700, "bot_day": 2000, "bot_month": 9000
    }  # fmt: skip
    assert names(charged, group=False, limits=NONE) == {}, "what is not limited is not raised"
    lowered = budgets_in_force(LIMITS, Charged(raised=Used(-900, 0)), group=False, now=NOW)
    assert lowered[0].limit == 1


@pytest.mark.parametrize(
    ("charged", "credits", "reason", "hours"),
    [
        (Charged(), 100, "", 0),
        (Charged(Used(400, 2900)), 100, "", 0),
        (Charged(Used(401, 401)), 100, "talk.budget_user_day", 14.5),
        (Charged(Used(500, 2901)), 100, "talk.budget_user_month", 4 * 24 + 14.5),
        (Charged(group=Used(650, 650)), 100, "talk.budget_group_day", 14.5),
        (Charged(bot=Used(1901, 1901)), 100, "talk.budget_bot", 14.5),
        (Charged(bot=Used(0, 8901)), 100, "talk.budget_bot", 4 * 24 + 14.5),
        # more than a whole budget is never possible: it may be all that is spent in a day
        (Charged(), 600, "", 0),
        (Charged(Used(1, 1)), 600, "talk.budget_user_day", 14.5),
    ],
)
def test_what_would_pass_a_budget_waits_for_the_one_that_takes_longest(
    charged: Charged, credits: int, reason: str, hours: float
) -> None:
    verdict = within_budgets(budgets_in_force(LIMITS, charged, group=True, now=NOW), credits)
    again = NOW + hours * HOUR if reason else 0.0
    assert (verdict.allowed, verdict.reason, verdict.again) == (not reason, reason, again)


@pytest.mark.parametrize(
    ("limits", "used", "held", "expected"),
    [
        (NONE, 0, 0, None),
        (LIMITS, 0, 0, 5),
        (LIMITS, 100, 100, 5),
        (LIMITS, 350, 100, 2),
        (LIMITS, 500, 0, 1),
    ],
)
def test_a_set_is_as_large_as_the_budgets_leave_room_for(
    limits: Settings, used: int, held: int, expected: int | None
) -> None:
    of = budgets_in_force(limits, Charged(Used(used, used)), group=True, now=NOW)
    assert videos_in_budgets(of, 100, held) == expected


@pytest.mark.parametrize(
    ("budget", "words", "discreet"),
    [
        (Budget(Whose.USER, Period.DAY, 500, 500, NOW + 8.2 * HOUR),
         "💳 You have used 500 of your 500 credits for today. There is more in about 9 h –", True),
        (Budget(Whose.USER, Period.MONTH, 3000, 2950, NOW + 4.5 * DAY),
         "💳 You have used 2,950 of your 3,000 credits for this month. There is more in about 5 "
         "days –", True),
        (Budget(Whose.GROUP, Period.DAY, 700, 650, NOW + 1),
         "💳 This group has used 650 of its 700 credits for today. There is more in about 1 h –",
         False),
        (Budget(Whose.BOT, Period.MONTH, 700, 650, NOW + 48 * HOUR),
         "💳 The credits that my operator gives out are used up for now. There is more in about "
         "48 h –", False),
    ],
)  # fmt: skip
def test_the_words_say_how_much_is_used_and_when_there_is_more(
    budget: Budget, words: str, discreet: bool
) -> None:
    said = prices.budget_refusal(JOB, within_budgets([budget], 100), NOW)
    assert said.text.startswith(words)
    assert (said.final, said.discreet) == (True, discreet), "in a group nobody else's business"
