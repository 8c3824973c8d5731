"""The time of day, for a process that must not notice when the clock is set back."""

import time
from collections.abc import Callable


class SteadyClock:
    """Seconds since the epoch that never run backwards: set back by an hour, they go on from where they were.

    Set forward, they follow. The next start takes the time as it is then; the store moves what waits (free).
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._latest = wall()
        self._ahead = 0.0

    def __call__(self) -> float:
        """Now."""
        now = self._wall()
        if now >= self._latest:
            self._ahead = 0.0
        elif now + self._ahead < self._latest:
            self._ahead = self._latest - now
        self._latest = now + self._ahead
        return self._latest
