"""How long this adapter waits, and for what."""

from dataclasses import dataclass

TOGETHER = 2.0
"""Gathering times within which two messages go to one thread: on their way they may be held up a
little."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Pauses in seconds. `look`: between two looks at what is due; `drain`: for what is under way
    at the end.

    `gather`: how long the core waits for more of one request.
    """

    look: float = 2.0
    identify: float = 5.0
    first_pause: float = 1.0
    longest_pause: float = 60.0
    download: float = 1.0
    drain: float = 4.0
    sweep: float = 3600.0
    gather: float = 1.2
