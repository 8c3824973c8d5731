"""What an operator hears of: each trouble by its sign, and failures that come much more often."""

import pytest

from core.ops.alarms import LEAST_DISK, REFUSED, RISEN, Alarm, Rising, alarms
from core.ops.readiness import DEAF_SECONDS, Signs

NOW = 1_790_000_000.0
LONG_AGO = NOW - 86400
ROOM = 100 * LEAST_DISK
WELL = Signs(LONG_AGO, True)


def found(
    signs: Signs = WELL,
    free_disk: int = ROOM,
    tokens: int | None = 0,
    rising: Rising | None = None,
) -> set[tuple[str, str]]:
    present = alarms(signs, free_disk=free_disk, tokens=tokens, rising=rising or Rising(), now=NOW)
    return {(alarm.name, alarm.what) for alarm in present}


def counted(*looks: tuple[float, dict[str, float]]) -> Rising:
    rising = Rising()
    for at, counts in looks:
        rising.look(counts, at)
    return rising


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (found(), set()),
        (found(Signs(LONG_AGO, False)), {("database", "")}),
        (found(free_disk=LEAST_DISK), set()),
        (found(free_disk=LEAST_DISK - 1), {("disk", "")}),
        (found(tokens=9), set()),
        (found(tokens=10), {("quota", "")}),
        (found(tokens=None), set()),
        (found(Signs(LONG_AGO, True, {"telegram": NOW - DEAF_SECONDS})), set()),
        (
            found(Signs(LONG_AGO, True, {"telegram": NOW - DEAF_SECONDS - 1, "discord": 0.0})),
            {("platform", "Telegram"), ("platform", "Discord")},
        ),
        (found(Signs(NOW - 5, True, {"telegram": 0.0})), set()),
    ],
)
def test_each_trouble_has_its_sign(
    said: set[tuple[str, str]], expected: set[tuple[str, str]]
) -> None:
    assert said == expected


def test_a_token_that_is_refused_is_told_while_it_goes_on() -> None:
    assert found(rising=counted((NOW - 30, {f"{REFUSED} NoCredits": 1.0}))) == {("token", "")}
    many = counted((NOW - 30, {f"{REFUSED} NoCredits": 99.0}))
    assert found(rising=many) == {("token", "")}, "it is told once, in words of its own"
    assert found(rising=counted((NOW - 700, {REFUSED: 1.0}), (NOW, {REFUSED: 1.0}))) == set()


@pytest.mark.parametrize(
    ("looks", "risen"),
    [
        (((NOW - 60, {"x": RISEN - 1.0}),), False),
        (((NOW - 60, {"x": RISEN + 0.0}),), True),
        (((NOW - 1200, {"x": 100.0}), (NOW - 60, {"x": 110.0})), False),
        (((NOW - 1200, {"x": 10.0}), (NOW - 60, {"x": 110.0})), True),
        (((NOW - 5000, {"x": 1000.0}), (NOW - 60, {"x": 1010.0})), True),
    ],
)
def test_what_comes_much_more_often_than_before_is_told(
    looks: tuple[tuple[float, dict[str, float]], ...], risen: bool
) -> None:
    assert (("rising", "x") in found(rising=counted(*looks))) is risen


def test_what_is_long_ago_is_forgotten() -> None:
    rising = counted((NOW - 9000, {"x": 5.0}), (NOW, {"x": 5.0}))
    assert not rising.told
    assert Alarm("rising", "x") not in alarms(
        Signs(LONG_AGO, True), free_disk=ROOM, tokens=0, rising=rising, now=NOW
    )
