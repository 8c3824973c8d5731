"""Which requests count against the limits of an hour and a day, which of them are paid for, and
what one usually takes and costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.domain.requests.job import Job, State
from core.domain.requests.plans import Plan

COUNTED = frozenset({Plan.MAKE, Plan.EDIT})
"""Requests that cost credits; all else is free, and may be asked for as often as anybody likes."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A request as the limits see it: when it was created (seconds since the epoch), and whether
    its paid turn has been `sent`, or is about to be."""

    created: float
    plan: Plan
    state: State
    sent: bool

    @classmethod
    def of(cls, job: Job) -> "Begun":
        """One that is known as a whole."""
        sent = job.progress.turn.snapshot is not None
        return cls(job.created, job.plan, job.state, sent)


@dataclass(frozen=True, slots=True)
class Tried:
    """One that counts: when it was created, and whether it is paid for or still may be. No more
    than that is remembered of who is forgotten."""

    created: float
    paid: bool


def tried(begun: Begun) -> Tried | None:
    """The request as it counts, None where it does not. What failed, was cancelled or never came
    to its turn was only tried."""
    if begun.plan not in COUNTED:
        return None
    done = begun.state is State.DONE and begun.sent
    return Tried(begun.created, begun.state is State.OPEN or done)


SAMPLE = 25
"""Finished requests that are looked at, the newest."""
FEWEST = 5
"""Requests that make a history to estimate from."""


def usual(known: Sequence[float | None]) -> float:
    """The median of what the last requests took or cost, as far as it is known; 0 while there is
    too little."""
    told = [value for value in known if value is not None]
    return median(told) if len(told) >= FEWEST else 0.0
