"""Earlier changes that a message speaks of: quoted in a line of its own, one that is there is taken
back, and one that was taken back is made again. A language model would read the words around the
quotes; here it is told by what is on the timeline."""

import re
from dataclasses import dataclass, replace
from typing import Any

Draft = dict[str, Any]
QUOTED = re.compile("“([^”]*)”|«([^»]*)»")
INNER = str.maketrans("“”", "‘’")
"""Quotes within quotes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One turn that has changed the timeline: its words, and the draft before and after. `there`:
    it was not taken back."""

    words: str
    before: Draft | None
    after: Draft | None
    there: bool = True


@dataclass(frozen=True, slots=True)
class Recalled:
    """The words that are left to carry out, the draft that they are about, and what has become of
    the changes."""

    words: str
    draft: Draft | None
    changes: tuple[Change, ...]


def recalled(words: str, draft: Draft | None, changes: tuple[Change, ...]) -> Recalled:
    """The message without its lines about earlier changes, once these are carried out. The last
    line is always the wish itself."""
    rest = Recalled("", draft, changes)
    *lines, wish = words.split("\n")
    left = []
    for line in lines:
        places = _places(line, rest.changes)
        if not places:
            left.append(line)
            continue
        rest = _carried_out(rest, places)
    return replace(rest, words="\n".join((*left, wish)))


def _places(line: str, changes: tuple[Change, ...]) -> tuple[int, ...]:
    """The changes that the line quotes, each the newest of its words; none where one quote is of
    anything else."""
    quotes = ["".join(found).strip() for found in QUOTED.findall(line)]
    found = [_place(quote, changes) for quote in quotes]
    return tuple(place for place in found if place is not None) if None not in found else ()


def _place(quote: str, changes: tuple[Change, ...]) -> int | None:
    beginning = quote.removesuffix("…")
    for place in reversed(range(len(changes))):
        said = " ".join(changes[place].words.split()).translate(INNER)
        if said == quote or (beginning != quote and said.startswith(beginning)):
            return place
    return None


def _carried_out(before: Recalled, places: tuple[int, ...]) -> Recalled:
    """Back to before the first of them where they are there; else to where the last of them had
    led."""
    there = before.changes[places[0]].there
    changes = tuple(
        replace(change, there=not there) if place in places else change
        for place, change in enumerate(before.changes)
    )
    first, last = before.changes[min(places)], before.changes[max(places)]
    return replace(before, draft=first.before if there else last.after, changes=changes)
