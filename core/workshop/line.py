"""Who may convert next: one at a time a person, and in their order. Nobody waits in here: one asks
again later."""

from collections.abc import Mapping

FIRST_PAUSE = 1.0
LONGEST_QUEUE_PAUSE = 10.0
GRACE = 5.0
"""Seconds; who does not ask again in time has lost the place in the line."""


class Line:
    """`places`: how many conversions of each sort run at the same time. Times are seconds of any
    steady clock."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = dict(places)
        self._working: dict[str, list[str]] = {sort: [] for sort in places}
        self._waiting: dict[tuple[str, str], float] = {}

    def enter(self, sort: str, person: str, now: float) -> float:
        """0: begin, and `leave` afterwards. Otherwise the seconds after which to ask again."""
        self._waiting = {ticket: until for ticket, until in self._waiting.items() if until >= now}
        ahead = self._ahead(sort, person)
        if not self._works(person) and self._places[sort] - len(self._working[sort]) > ahead:
            self._waiting.pop((sort, person), None)
            self._working[sort].append(person)
            return 0.0
        pause = min(FIRST_PAUSE * (ahead + 1), LONGEST_QUEUE_PAUSE)
        self._waiting[sort, person] = now + pause + GRACE
        return pause

    def leave(self, sort: str, person: str) -> None:
        """Done, well or not."""
        self._working[sort].remove(person)

    def _ahead(self, sort: str, person: str) -> int:
        """How many came before this one; those who are at work with something else hold up
        nobody."""
        line = [
            who
            for kind, who in self._waiting
            if kind == sort and (who == person or not self._works(who))
        ]
        return line.index(person) if person in line else len(line)

    def _works(self, person: str) -> bool:
        return any(person in persons for persons in self._working.values())
