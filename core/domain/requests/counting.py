"""Which requests count against the limits of an hour and a day, and which of them are paid for."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.admission import Spent
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


def spent(mine: Iterable[Begun | Tried], ours: Iterable[Begun | Tried]) -> Spent:
    """What this user, and everybody in this group, has begun, as the limits count it."""
    own, all_here = _counted(mine), _counted(ours)
    return Spent(
        user=tuple(each.created for each in own if each.paid),
        group=tuple(each.created for each in all_here if each.paid),
        tried_user=tuple(each.created for each in own),
        tried_group=tuple(each.created for each in all_here),
    )


def _counted(begun: Iterable[Begun | Tried]) -> list[Tried]:
    counted = (each if isinstance(each, Tried) else tried(each) for each in begun)
    return sorted(filter(None, counted), key=lambda each: each.created)
