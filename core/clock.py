"""The time of day, for a process that must not notice when somebody sets the clock."""

import time
from collections.abc import Callable

DRIFT = 0.05
"""Most that a second of this clock may be longer or shorter than a real one, while it goes back to
the time of day."""


def running() -> float:
    """Seconds that never jump; those count, where the system tells, in which the machine was
    asleep."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


class SteadyClock:
    """Seconds since the epoch that pass one by one, whatever happens to the clock on the wall.

    Set back or ahead by an hour, it takes the better part of a day to follow: no pause becomes an
    hour longer, and no limit of half an hour is over at once. The next start takes the time as it
    is then; the store moves what waits."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = running
    ) -> None:
        self._wall, self._steady = wall, steady
        self._now, self._at = wall(), steady()

    def __call__(self) -> float:
        """Now."""
        at = self._steady()
        passed, self._at = max(at - self._at, 0.0), at
        off = self._wall() - (self._now + passed)
        self._now += passed + min(max(off, -DRIFT * passed), DRIFT * passed)
        return self._now
