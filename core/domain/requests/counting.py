"""Which requests count against the limits of an hour and a day, and which of them are paid for."""

from dataclasses import dataclass

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
