"""How long this process has been heard by the database, and may be by others: decided from times
that are given, in seconds of any clock that never jumps."""

from dataclasses import dataclass, replace
from math import inf

BEATS = 5
"""So many signs of life in a lease."""


@dataclass(frozen=True, slots=True)
class Contact:
    """`seen` is when the last sign of life was begun, `since` since when there is unbroken contact
    (infinity: it is broken, and what others did meanwhile is not known)."""

    lease: float
    seen: float
    since: float

    @classmethod
    def begun(cls, lease: float, now: float) -> "Contact":
        """Of a process that has just come into the list of the living."""
        return cls(lease, now, now)

    @property
    def pause(self) -> float:
        """Seconds between two signs of life."""
        return self.lease / BEATS

    @property
    def unbroken(self) -> bool:
        """Whether there is any."""
        return self.since < inf

    def heard(self, at: float) -> "Contact":
        """A sign of life that was begun then has arrived."""
        return replace(self, seen=at, since=self.since if self.unbroken else at)

    def lost(self) -> "Contact":
        """The line is down."""
        return replace(self, since=inf)

    def lasts(self, now: float) -> float:
        """Seconds of contact, not positive where it is broken."""
        return now - self.since

    def may_bury(self, now: float) -> bool:
        """After one lease of contact, unbroken until now: the others had time as well."""
        return self.lasts(now) >= self.lease and now - self.seen < 2 * self.pause

    def is_sure(self, now: float) -> bool:
        """Whether nobody can have taken this process for dead: by the last sign of life, from
        before it was sent."""
        return now - self.seen < self.lease - self.pause
