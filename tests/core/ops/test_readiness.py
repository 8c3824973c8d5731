"""Whether the bot hears and works, from the signs of life of its parts."""

import pytest

from core.ops.readiness import (
    DEAF_SECONDS,
    OLD_SECONDS,
    STUCK_SECONDS,
    Signs,
    deaf,
    troubles,
)

NOW = 1_790_000_000.0
LONG_AGO = NOW - 86400


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (Signs(LONG_AGO, True), []),
        (Signs(LONG_AGO, False), ["the database takes no writes"]),
        (Signs(LONG_AGO, True, {"telegram": NOW - DEAF_SECONDS}), []),
        (
            Signs(LONG_AGO, True, {"telegram": NOW - DEAF_SECONDS - 1, "discord": 0.0}),
            ["discord is not connected", "telegram has been silent for 181 seconds"],
        ),
        (Signs(LONG_AGO, True, {}, {"requests": NOW - STUCK_SECONDS}), []),
        (
            Signs(LONG_AGO, True, {}, {"requests": NOW - STUCK_SECONDS - 1}),
            ["the queue of requests has stood still for 151 seconds"],
        ),
        (Signs(NOW - 1, True, {}, {"requests": 0.0}), []),
        (Signs(LONG_AGO, True, word=OLD_SECONDS, job=OLD_SECONDS), []),
        (
            Signs(LONG_AGO, True, word=OLD_SECONDS + 1, job=OLD_SECONDS + 2),
            ["words have been owed for 901 seconds", "a step has waited for 902 seconds"],
        ),
    ],
)
def test_what_is_wrong_is_told(signs: Signs, said: list[str]) -> None:
    assert troubles(signs, NOW) == said


def test_a_new_start_is_for_what_it_may_mend() -> None:
    away = {"discord": 0.0}
    assert deaf(Signs(LONG_AGO, False, away, {}, 10_000, 10_000), NOW) == []
    silent = Signs(LONG_AGO, True, {"telegram": NOW - 200}, {"requests": NOW - 300})
    assert deaf(silent, NOW) == troubles(silent, NOW)
    assert len(deaf(silent, NOW)) == 2
