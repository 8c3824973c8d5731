"""What a request of a kind usually takes and costs, by the last ones that came to a good end, and
when to look at its running export. Times are seconds."""

from collections.abc import Sequence
from statistics import median

SAMPLE = 25
"""Finished requests that are looked at, the newest."""
FEWEST = 5
"""Requests that make a history to estimate from."""


def usual(known: Sequence[float | None]) -> float:
    """The median of what the last requests took or cost, as far as it is known; 0 while there is
    too little."""
    told = [value for value in known if value is not None]
    return median(told) if len(told) >= FEWEST else 0.0
