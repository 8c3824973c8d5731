"""Who may use the bot, where, and how often; which requests count for that, how long one usually
takes, and what it costs."""

from collections.abc import Sequence

import pytest

from core.domain.limits.admission import (
    MOST_OPEN,
    MOST_OWED,
    STRANGER,
    Begun,
    Counted,
    Space,
    Spent,
    Tried,
    Verdict,
    admitted,
    counted_days,
    counted_for_videos,
    counted_try,
    is_outsider,
    usual_of,
    videos_left_today,
    within_daily_limits,
    within_open_requests,
)
from core.domain.requests import Plan, State
from core.domain.spans import DAY
from core.messages import Address
from core.settings import Limits
from tests import messages

HERE = Address("fake", "chat-1")


NOW = 1_800_000_000.0
ANY = Limits(hourly_per_user=0, hourly_per_group=0)


@pytest.mark.parametrize(
    ("limits", "space", "spent", "left"),
    [
        (Limits(), Space(), Spent((NOW,)), None),
        (Limits(daily_per_user=5), Space(), Spent((NOW - 1, NOW)), 4),
        (Limits(daily_per_user=5), Space(daily=3), Spent((NOW - 1, NOW)), 2),
        (Limits(daily_per_user=5, daily_per_group=4), Space(), Spent((NOW,), (NOW, NOW, NOW)), 2),
        (Limits(daily_per_user=1), Space(), Spent((NOW - 2, NOW - 1, NOW)), 0),
        (Limits(daily_per_user=1), Space(), Spent((NOW - DAY - 1, NOW)), 1),
        (Limits(daily_per_user=1), Space(), Spent((NOW - DAY,)), 2),
        (Limits(daily_per_group=1), Space(), Spent((), (NOW - DAY,)), 2),
        (Limits(), Space(daily=2), Spent((NOW,)), 2),
    ],
)
def test_a_batch_has_the_room_that_the_daily_limits_leave(
    limits: Limits, space: Space, spent: Spent, left: int | None
) -> None:
    assert videos_left_today(limits, space, spent, NOW) == left


@pytest.mark.parametrize(
    ("limits", "spent", "reason", "again"),
    [
        (ANY, Spent(tried_user=(NOW,) * 500), "", 0),
        (ANY, Spent((NOW,) * 500, (NOW,) * 500), "", 0),
        (Limits(hourly_per_user=3), Spent(tried_user=(NOW - 3700, NOW - 60, NOW)), "", 0),
        (
            Limits(hourly_per_user=3),
            Spent(tried_user=(NOW - 1800, NOW - 60, NOW)),
            "talk.hourly_user",
            NOW + 1800,
        ),
        (
            Limits(hourly_per_group=2),
            Spent(tried_group=(NOW - 1800, NOW - 60)),
            "talk.hourly_group",
            NOW + 1800,
        ),
        (
            Limits(daily_per_user=1, hourly_per_user=9),
            Spent((NOW - 5,), (), (NOW - 5,)),
            "talk.daily_user",
            NOW - 5 + DAY,
        ),
        (Limits(daily_per_group=1), Spent((), (NOW - 5,)), "talk.daily_group", NOW - 5 + DAY),
        (Limits(daily_per_user=1), Spent((NOW - DAY,)), "", 0),
        (Limits(daily_per_group=1), Spent((), (NOW - DAY,)), "", 0),
        (Limits(hourly_per_user=1), Spent(tried_user=(NOW - 3600,)), "", 0),
        (
            Limits(daily_per_user=2),
            Spent((NOW - 9, NOW - 5, NOW - 1)),
            "talk.daily_user",
            NOW - 5 + DAY,
        ),
    ],
)
def test_a_limit_says_when_it_is_possible_again(
    limits: Limits, spent: Spent, reason: str, again: float
) -> None:
    verdict = within_daily_limits(limits, Space(), spent, NOW)
    assert (verdict.allowed, verdict.reason, verdict.again) == (not reason, reason, again)


ME, BOSS = frozenset({"u"}), frozenset({"fake:u"})


GROUP = frozenset({"g"})


@pytest.mark.parametrize("space", ["", "g"])
@pytest.mark.parametrize(
    ("limits", "alone", "in_group"),
    [
        (Limits(), False, False),
        (Limits(allowed_users=ME), False, False),
        (Limits(allowed_users=BOSS), False, False),
        (Limits(allowed_users=frozenset({"other"})), True, True),
        (Limits(allowed_groups=GROUP), False, False),
        (Limits(allowed_groups=frozenset({"fake:g"})), False, False),
        (Limits(allowed_groups=frozenset({"other"})), False, True),
        (Limits(allowed_users=frozenset({"other"}), allowed_groups=GROUP), True, False),
        (Limits(allowed_users=ME, allowed_groups=frozenset({"other"})), False, True),
        (
            Limits(
                allowed_users=frozenset({"other"}), allowed_groups=frozenset({"other"}), admins=ME
            ),
            False,
            False,
        ),
        (Limits(allowed_users=frozenset({"other"}), admins=BOSS), False, False),
        (Limits(allowed_users=frozenset({"elsewhere:u"})), True, True),
    ],
)
def test_who_is_left_out_by_the_operators_lists(
    limits: Limits, alone: bool, in_group: bool, space: str
) -> None:
    inbound = messages.said("m", "u", HERE, space=space, private=not space)
    out = in_group if space else alone
    assert is_outsider(inbound, limits) is out
    assert admitted(inbound, limits, Space()) == (
        Verdict(False, "" if space else STRANGER) if out else Verdict(True)
    )


@pytest.mark.parametrize(
    ("space", "parent", "admins", "allowed"),
    [
        (Space(), "", frozenset(), True),
        (Space(on=False), "", frozenset(), False),
        (Space(on=False), "", ME, True),
        (Space(channels=("chat-1",)), "", frozenset(), True),
        (Space(channels=("chat-2",)), "", frozenset(), False),
        (Space(channels=("chat-2",)), "", ME, True),
        (Space(channels=("chat-2",)), "chat-2", frozenset(), True),
        (Space(on=False, channels=("chat-1",)), "", frozenset(), False),
    ],
)
def test_a_group_is_served_where_its_admins_want_it(
    space: Space, parent: str, admins: frozenset[str], allowed: bool
) -> None:
    inbound = messages.said("m", "u", HERE, space="g", private=False, parent=parent)
    assert admitted(inbound, Limits(admins=admins), space) == Verdict(allowed)
    assert admitted(messages.changed(inbound, space="", private=True), Limits(), space) == Verdict(
        True
    )


@pytest.mark.parametrize(
    ("waiting", "owed", "verdict"),
    [
        (0, 0, Verdict(True, "talk.too_many_open")),
        (MOST_OPEN - 1, MOST_OWED - 1, Verdict(True, "talk.too_many_open")),
        (MOST_OPEN, 0, Verdict(False, "talk.too_many_open")),
        (0, MOST_OWED, Verdict(False, "talk.slowly")),
        (MOST_OPEN, MOST_OWED, Verdict(False, "talk.slowly")),
    ],
)
def test_who_asks_for_too_much_at_once_is_asked_to_wait(
    waiting: int, owed: int, verdict: Verdict
) -> None:
    found = within_open_requests(waiting, owed)
    assert found.allowed is verdict.allowed
    assert found.allowed or found.reason == verdict.reason


@pytest.mark.parametrize(
    ("limits", "space", "expected"),
    [
        (Limits(hourly_per_user=0, hourly_per_group=0), Space(), Counted()),
        (Limits(), Space(), Counted(0, 0, 60, 300)),
        (Limits(daily_per_user=5, daily_per_group=7), Space(), Counted(5, 7, 60, 300)),
        (Limits(daily_per_user=5), Space(daily=3), Counted(3, 0, 60, 300)),
        (Limits(), Space(daily=3), Counted(3, 0, 60, 300)),
    ],
)
def test_no_more_is_counted_than_makes_a_limit_full(
    limits: Limits, space: Space, expected: Counted
) -> None:
    assert counted_days(limits, space) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(), Counted()),
        (Limits(daily_per_user=3, hourly_per_user=9), Counted(user=4)),
        (Limits(daily_per_user=3, daily_per_group=5), Counted(user=4, group=6)),
    ],
)
def test_for_what_is_gathered_one_more_is_counted(limits: Limits, expected: Counted) -> None:
    assert counted_for_videos(limits, Space()) == expected


@pytest.mark.parametrize("plan", Plan)
def test_only_what_costs_credits_counts(plan: Plan) -> None:
    counted = counted_try(Begun(5.0, plan, State.OPEN, False))
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
    assert counted_try(Begun(5.0, Plan.EDIT, state, sent)) == Tried(5.0, paid)


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
    assert usual_of(known) == told
