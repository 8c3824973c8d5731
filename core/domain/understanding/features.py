"""What is counted about a sentence: pieces of its spelling, its words, and the concepts of its
words in order."""

import re
from collections.abc import Iterator
from itertools import pairwise, product

from core.domain.understanding.classes import classes
from core.domain.understanding.concepts import DENSE, UNKNOWN, Concepts

WEIGHTS = (1.0, 1.5, 1.5)
"""What the features of each kind count together, as against the others."""
PIECES = (1, 2, 3, 4, 5)
"""Lengths of the pieces of spelling, in characters."""
LENGTHS = (1, 2, 3)
MOST_PAIRED = 24
"""Concepts of one sentence of which every pair is counted."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[\w\u0900-\u097f]+|[^\w\s]")
_PAUSE: Concepts = ("pause",)


Features = tuple[frozenset[str], ...]
"""Those of the spelling, of the concepts, and of the classes of pieces: each kind is weighed by its
own number."""


def features(line: str, found: list[Concepts]) -> Features:
    """All features of a folded line and the concepts that were found in it."""
    return frozenset(_spelling(line)), frozenset(_meaning(found)), frozenset(_classes(line))


def _spelling(line: str) -> Iterator[str]:
    words = _WORD.findall(_DIGIT.sub("0", line))
    spaced = f" {' '.join(words)} "
    for length in PIECES:
        for start in range(len(spaced) - length + 1):
            yield spaced[start : start + length]
    for first, second in pairwise(["^", *words, "$"]):
        yield f"{first}\t{second}"
    yield f"^{spaced[1:6]}"
    yield f"{spaced[-5:-1]}$"
    yield f"#{min(9, len(spaced) // 8)}"
    yield f"r:{min(3, _repeated(words))}"


def _repeated(words: list[str]) -> int:
    """How often the same follows itself at once, up to three words or signs long: verse sings, an
    order is said once."""
    signs = [sign for word in words for sign in (word if DENSE.match(word) else (word,))]
    spans = ((at, length) for length in LENGTHS for at in range(len(signs) - 2 * length + 1))
    return sum(signs[at : at + n] == signs[at + n : at + 2 * n] for at, n in spans)


def _meaning(found: list[Concepts]) -> Iterator[str]:
    """Single concepts, neighbours, neighbours across unknown words, three in a row, and pairs
    anywhere."""
    every: list[Concepts] = [("^",), *found, ("$",)]
    known = [names for names in every if names not in (UNKNOWN, _PAUSE)]
    yield from (f"c:{name}" for names in found for name in names)
    yield from _rows("b", every, 2, 3)
    yield from _rows("k", known, 2, 3)
    yield from _rows("t", known, 3, 2)
    single = sorted({name for names in found for name in names if names is not _PAUSE})[
        :MOST_PAIRED
    ]
    yield from (
        f"s:{one}+{other}" for place, one in enumerate(single) for other in single[place + 1 :]
    )
    unknown, count = found.count(UNKNOWN), len(found)
    yield f"n:{min(count, 10)}"
    yield f"u:{min(unknown, 5)}/{min(count, 6)}"
    yield f"share:{round(4 * unknown / max(1, count))}"


def _classes(line: str) -> Iterator[str]:
    """The classes of the pieces, and of neighbours; coarse ones say what is rare, fine ones what is
    meant."""
    for names in zip(*classes(line), strict=True):
        yield from (f"x:{name}" for name in names)
        yield from (f"y:{one}>{other}" for one, other in pairwise(["^", *names, "$"]))


def _rows(tag: str, names: list[Concepts], length: int, most: int) -> Iterator[str]:
    """Runs of concepts; of a word that has several, at most so many."""
    for start in range(len(names) - length + 1):
        for run in product(*(at[:most] for at in names[start : start + length])):
            yield f"{tag}:{'>'.join(run)}"
