"""What has been refused to whom lately: in memory, for it only saves words, and a restart may say
them once more."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

from core.domain.admission import SOON

PEOPLE = 10_000
"""Of whom so much is remembered; of more, those who were refused last."""
MOST = 64
"""Refusals that are remembered of one person: more than anybody is told."""


class Told:
    """Times of refusals by person and reason. Times are seconds since the epoch. Asked and told on
    the store's thread and on the loop's."""

    def __init__(self, people: int = PEOPLE) -> None:
        self._people = people
        self._told: dict[str, list[tuple[float, str]]] = {}
        self._turn = Lock()

    def lately(self, who: str, now: float) -> Mapping[str, int]:
        """How often this person was told each reason in the last minutes."""
        with self._turn:
            return Counter(reason for at, reason in self._told.get(who, []) if at > now - SOON)

    def note(self, who: str, reason: str, now: float) -> None:
        """It was said once more."""
        with self._turn:
            lately = [(at, said) for at, said in self._told.pop(who, []) if at > now - SOON]
            self._told[who] = [*lately, (now, reason)][
                -MOST:
            ]  # at the end: who is quiet is forgotten first
            while len(self._told) > self._people:
                del self._told[next(iter(self._told))]
