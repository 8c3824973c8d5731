"""When to look at a running export again: soon enough that a finished one hardly lies, and not more
often than is worth it. Times are seconds."""

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
