"""How long a request usually takes, and what it costs."""

from collections.abc import Sequence

import pytest

from core.domain.requests.counting import usual


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
    assert usual(known) == told
