"""The parts of a sentence, each with what it does away with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bots.sandbox.standin.wishes.lexicon import Lexicon

STOP = "\x00"
"""Stands where a length was taken out; no title goes on over it."""
_BREAK = re.compile(r"[;!?\n،、。؛।\x00]|,(?!\d)|(?<!\d)\.(?!\d)")
_AND = re.compile(r" (?:und|y|e|et|dan|ve|и|और|그리고|and) | (?=و)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, folded, with its place in the whole. `before` is the one it follows."""

    text: str
    start: int
    lexicon: Lexicon
    before: "Clause | None" = None

    def has(self, *concepts: str) -> bool:
        """Whether it speaks of any of them."""
        return any(self.lexicon[concept].search(self.text) for concept in concepts)

    def off(self, *concepts: str) -> bool:
        """Whether it does away with one of them: the one that is nearest to the word for it, or was
        named before."""
        named = self.lexicon["off"].search(self.text)
        if named is None:
            return False
        nearest = min(
            ("title", "music", "volume", "photo", "fades"),
            key=lambda concept: self._gap(named.span(), concept),
        )
        if self.has(nearest):
            return nearest in concepts
        return self.before is not None and self.before.has(*concepts) and not self.before.has("off")

    def _gap(self, place: tuple[int, int], concept: str) -> float:
        hits = (hit.span() for hit in self.lexicon[concept].finditer(self.text))
        return min((max(place[0] - end, start - place[1]) for start, end in hits), default=1e9)


def clauses(text: str, lexicon: Lexicon) -> Iterator[Clause]:
    """The parts of a sentence in their order."""
    start, before = 0, None
    for end in [*sorted(_ends(text, lexicon)), len(text)]:
        part = text[start:end]
        if part.strip():
            before = Clause(part, start, lexicon, before)
            yield before
        start = end + 1


def _ends(text: str, lexicon: Lexicon) -> set[int]:
    """Where parts end: at marks, and at an "and" with a verb on one of its sides."""
    ends = {hit.start() for hit in _BREAK.finditer(text)}
    for hit in _AND.finditer(text):
        verbs = [verb for name in ("add", "off", "make") for verb in lexicon[name].finditer(text)]
        if any(
            verb.start() in (hit.end(), hit.end() + 1) or verb.end() == hit.start()
            for verb in verbs
        ):
            ends.add(hit.start())
    return ends


def around(clause: Clause, span: tuple[int, int]) -> Clause:
    """The clause without a title's text, which says nothing about the rest."""
    rest = clause.text[: span[0]] + STOP + clause.text[span[1] :]
    return Clause(rest, clause.start, clause.lexicon, clause.before)
