"""What is scarce has a limit of its own, the limits fit into the handles of this process, and who
waits for a yes lets others past."""

import pytest

from core.domain.limits.capacity import (
    AT_REST,
    BOUNDLESS,
    DOUBLES_SECONDS,
    HELD_SECONDS,
    NEARLY_DONE_FIRST,
    OF_FILE,
    OF_WORDS,
    Capacity,
    Scarce,
    held_back,
    lets_past,
    lowered,
    next_due,
    scarce_for_step,
    within_handles,
)
from core.domain.requests import PLANS, Job, Plan, Step
from core.messages import Address
from tests.knowing import knowing

WANTED = Capacity(turns=10_000, uploads=32, deliveries=8)


def test_every_step_has_its_place_in_the_order_and_what_is_later_in_a_plan_comes_first() -> None:
    assert sorted(NEARLY_DONE_FIRST) == sorted(Step)
    for steps in PLANS.values():
        places = [NEARLY_DONE_FIRST.index(step) for step in steps]
        assert places == sorted(places, reverse=True)


@pytest.mark.parametrize(
    ("step", "what"),
    [
        (Step.GENERATE, Scarce.TURN),
        (Step.BRING, Scarce.FILE),
        (Step.UPLOAD, Scarce.FILE),
        (Step.POLL, Scarce.CALL),
        (Step.GATHER, Scarce.CALL),
    ],
)
def test_what_a_step_takes(step: Step, what: Scarce) -> None:
    assert scarce_for_step(step) is what
    assert BOUNDLESS[what] > WANTED.most(what) > 0


@pytest.mark.parametrize(
    ("turns", "calls", "due", "held"),
    [
        (1, 1, 3.0, []),
        (0, 1, 5.0, [Scarce.TURN]),
        (1, 0, 3.0, [Scarce.CALL]),
        (0, 0, None, [Scarce.CALL, Scarce.TURN]),
    ],
)
def test_what_has_no_room_is_not_due_and_waits_for_that(
    turns: int, calls: int, due: float | None, held: list[Scarce]
) -> None:
    room = {Scarce.TURN: turns, Scarce.CALL: calls, Scarce.FILE: 0}
    first = {Step.GENERATE: 3.0, Step.POLL: 5.0, Step.LINK: 7.0}
    assert next_due(first, room) == due
    assert held_back(first, room) == set(held)


def test_nothing_is_due_where_nothing_waits() -> None:
    assert next_due({}, BOUNDLESS) is None
    assert not held_back({}, dict.fromkeys(Scarce, 0))


def test_how_much_there_is_of_each() -> None:
    few = Capacity(1, 2, 3, 4, 5)
    assert [few.most(what) for what in Scarce] == [4, 2, 1]
    assert few.steps == 7


def test_the_handles_are_never_overrun_and_everybody_is_served() -> None:
    for handles in (*range(1, 200), 256, 1024, 4096, 65_536, 10**6):
        found = within_handles(handles, WANTED)
        served = (found.turns, found.uploads, found.deliveries, found.calls, found.words)
        assert min(served) >= 1, handles
        needed = found.turns + found.calls + OF_WORDS * found.words
        needed += AT_REST + OF_FILE * (found.uploads + found.deliveries)
        assert needed <= max(handles, 256) or found.turns <= max(handles // 16, 1), handles


@pytest.mark.parametrize(
    ("handles", "turns"), [(0, 10_000), (22, 1), (256, 96), (4096, 3552), (65_536, 10_000)]
)
def test_how_many_turns_so_many_handles_allow(handles: int, turns: int) -> None:
    assert within_handles(handles, WANTED).turns == turns


def test_less_than_the_operator_allows_is_never_made_more_of() -> None:
    few = Capacity(turns=3, uploads=1, deliveries=1, calls=2, words=2)
    assert within_handles(65_536, few) == few


@pytest.mark.parametrize(
    ("later", "turns"),
    [
        (-5, 50),
        (0, 50),
        (HELD_SECONDS, 50),
        (HELD_SECONDS + DOUBLES_SECONDS, 100),
        (HELD_SECONDS + 3 * DOUBLES_SECONDS, 400),
        (10**9, 50 * 2.0**32),
    ],
)
def test_a_refusal_lowers_the_turns_to_what_was_taken_and_they_recover(
    later: float, turns: float
) -> None:
    assert lowered(50, 1000.0).allows(1000.0 + later) == turns


def test_one_turn_is_always_tried() -> None:
    assert lowered(0, 0.0).allows(0.0) == 1


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
