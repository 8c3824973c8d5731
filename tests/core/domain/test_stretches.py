"""Steps that only look are taken in one stretch, with one write; what acts is written down
before and after."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.limits.capacity import Scarce, scarce_for_step
from core.domain.requests import (
    PLANS,
    Account,
    Advanced,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Plan,
    Project,
    Retry,
    Step,
    Wait,
    advance,
)
from core.domain.requests.advancing import advanced_together, leads_on
from core.domain.requests.plans import QUIET, stretch
from core.domain.versions import History, Versions
from core.messages import Address
from tests.knowing import knowing
from tests.outgoing import outgoing

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
JOB = Job(7, "lock", "u", HERE, Plan.MAKE, Step.PRICE)
SEEN = knowing(draft='{"t": []}')
AGAIN = knowing(draft='{"t": []}', render="render_1")


@pytest.mark.parametrize(
    ("plan", "step", "more"),
    [
        (Plan.MAKE, Step.PRICE, [Step.SNAPSHOT]),
        (Plan.MAKE, Step.SNAPSHOT, []),
        (Plan.MAKE, Step.CHECK, [Step.NAME]),
        (Plan.MAKE, Step.POLL, [Step.LINK]),
        (Plan.MAKE, Step.LINK, []),
        (Plan.MAKE, Step.UPLOAD, []),
        (Plan.MAKE, Step.GENERATE, []),
        (Plan.WATCH, Step.CONNECT, []),
        (Plan.WATCH, Step.POLL, [Step.LINK]),
        (Plan.RESTORE, Step.RESTORE, []),
        (Plan.STATUS, Step.POLL, []),  # of another plan, as a row of an earlier version may be
    ],
)
def test_which_steps_are_one_stretch(plan: Plan, step: Step, more: list[Step]) -> None:
    assert stretch(plan, step) == (step, *more)


def test_no_stretch_holds_what_acts_or_takes_a_place_of_another_kind() -> None:
    acts = {Step.CONNECT, Step.UPLOAD, Step.GENERATE, Step.RENDER, Step.GATHER}
    assert not QUIET & acts
    assert {scarce_for_step(step) for step in QUIET} == {Scarce.CALL}
    for plan, steps in PLANS.items():
        for step in steps:
            found = stretch(plan, step)
            assert len(found) == 1 or QUIET.issuperset(found)


@pytest.mark.parametrize(
    ("step", "outcome", "leads"),
    [
        (Step.PRICE, Next(knowing()), True),
        (Step.PRICE, Next(knowing(), Notice("this uses all")), False),
        (Step.PRICE, Wait(knowing(), 0.0), False),
        (Step.PRICE, Retry(0.0), False),
        (Step.PRICE, Fail(Notice("no")), False),
        (Step.PRICE, Next(knowing(), account=Account("u", "c")), False),
        (Step.PRICE, Next(knowing(), keep=Kept()), False),
        (Step.PRICE, Next(knowing(), spawn=(JOB,)), False),
        (Step.PRICE, Next(knowing(), plan=Plan.EDIT), False),
        (Step.SNAPSHOT, Next(knowing()), False),
        (Step.CHECK, Next(SEEN, Notice("rendering")), True),
        (Step.CHECK, Next(knowing(), Notice("rendering")), False),
        (Step.CHECK, Next(AGAIN, Notice("rendering")), False),
        (Step.CHECK, Next(SEEN, Notice("done"), last=True), False),
        (Step.NAME, Next(SEEN, Notice("rendering")), False),
        (Step.RENDER, Next(SEEN), False),
        (Step.POLL, Next(SEEN), True),
        (Step.POLL, Next(SEEN, after=1.0), False),
        (Step.LINK, Next(SEEN, Notice("ready")), False),
        (Step.UPLOAD, Next(knowing()), False),
    ],
)
def test_what_is_led_on_to(step: Step, outcome: Outcome, leads: bool) -> None:
    job = replace(JOB, step=step)
    assert leads_on(job, outcome, advance(job, outcome, NOW)) is leads


OLD, NEW = Project("old"), Project("new")
MADE, MORE = History(Versions((), 1)), History(Versions((), 2))
ONE, TWO = outgoing(HERE, "one"), outgoing(HERE, "two")


@pytest.mark.parametrize(
    ("first", "then", "both"),
    [
        ({"posts": (ONE,)}, {"posts": (TWO,)}, {"posts": (ONE, TWO)}),
        ({"project": OLD}, {}, {"project": OLD}),
        ({"project": OLD}, {"project": NEW}, {"project": NEW}),
        ({"project": OLD}, {"drop_project": True}, {"drop_project": True}),
        ({"history": MADE}, {}, {"history": MADE}),
        ({"history": MADE}, {"history": MORE}, {"history": MORE}),
        ({"account": Account("u", "c")}, {}, {"account": Account("u", "c")}),
        ({}, {"closed_until": 5.0, "keep": Kept()}, {"closed_until": 5.0, "keep": Kept()}),
        ({}, {"drop_token": True}, {"drop_token": True}),
    ],
)
def test_two_steps_come_to_what_they_would_have_one_by_one(
    first: dict[str, Any], then: dict[str, Any], both: dict[str, Any]
) -> None:
    last = replace(JOB, step=Step.GENERATE)
    assert advanced_together(Advanced(JOB, **first), Advanced(last, **then)) == Advanced(
        last, **both
    )
