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


FIRST_LOOK = 10.0
"""After the start: hardly any export is ready before."""
UNTOLD = 10.0
"""Between two looks where the service tells no progress."""
SOONEST, LATEST = 2.0, 15.0
"""Between two looks where it does: as long as the rest should take, within these."""
LONG, SELDOM = 300.0, 30.0
"""After so long an export is no usual one any more, and this is often enough."""


def next_look(elapsed: float, percent: int | None, longest: float) -> float:
    """Seconds until the next look at an export that runs for `elapsed` and has done `percent` of
    its work (None or 0: it does not tell); never more than `longest`, which the operator sets."""
    most = LATEST if elapsed < LONG else SELDOM
    if not percent:
        return min(UNTOLD if elapsed < LONG else SELDOM, longest)
    rest = elapsed * (100 - percent) / percent
    return min(max(rest, SOONEST), most, longest)


def first_look(longest: float) -> float:
    """Seconds from the start of an export until the first look at it."""
    return min(FIRST_LOOK, longest)
