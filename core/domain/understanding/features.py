"""What is counted about a sentence: pieces of its spelling, and the concepts (`video`, `motion`,
`price`, `too` …) of its words in order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from pathlib import Path

from core.domain.understanding.model import Features, File, classes, mapped, numbers, unpack

WORDS = Path(__file__).parent / "words.bin"
"""What model_words/*.toml say, folded. Made by tests.phrases.words, and whenever the model is
trained."""
Concepts = tuple[str, ...]
"""The names that one word, or one phrase, goes by; most have one."""

# Scripts that are matched inside a run of letters: their words are not set apart, or carry articles
# and endings.
_DENSE = r"\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
DENSE = re.compile(f"[{_DENSE}]")
TOKEN = re.compile(rf"[{_DENSE}]|\d+(?:[:.,/x]\d+)*|[^\W\d_{_DENSE}][\w\u0900-\u097f]*|[^\w\s]")
GAP = re.compile(r"(?<=\w)[ -](?=\w)")
UNKNOWN: Concepts = ("?",)
LONGEST = 12
"""Characters of the longest entry that is looked for inside a run of letters."""
SURE = 4
"""Letters of a beginning that count in whatever language."""
MARKS: dict[str, Concepts] = {
    **dict.fromkeys("?？؟", ("question",)),
    **dict.fromkeys("!！", ("exclamation",)),
    **dict.fromkeys(",.，。、;:…", ("pause",)),
    **dict.fromkeys('"“”「」『』«»《》', ("quote",)),
}


Forms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one spelling means in each language that has it: as a whole word, and as the beginning
    of one."""

    whole: Forms
    start: Forms


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all languages, and their phrases by the first word, the longest first. A word
    with a hyphen is a phrase: no token holds one."""

    entries: Mapping[str, Entry]
    phrases: Mapping[str, Sequence[str]]


@cache
def lexicon() -> Lexicon:
    """The words of this package."""
    return unpacked_words(mapped(WORDS))


def unpacked_words(file: File) -> Lexicon:
    """The words of a file that tests.phrases.words made."""
    head, places = unpack(file)
    known = [Entry(whole, start) for whole, start in head["entries"]]
    spellings = head["spellings"].split("\n")
    entries = {
        spelling: known[place]
        for spelling, place in zip(spellings, numbers("H", places), strict=True)
    }
    phrases: dict[str, list[str]] = {}
    for spelling in sorted(filter(GAP.search, spellings), key=len, reverse=True):
        phrases.setdefault(GAP.split(spelling)[0], []).append(spelling)
    return Lexicon(entries, phrases)


def concepts(line: str, language: str) -> list[Concepts]:
    """What is known about each word of a folded line, in order. The hinted language is looked up
    first."""
    found: list[Concepts] = []
    for name in _scanned(line, language.partition("-")[0]):
        last = found[-1] if found else ()
        if "duration" in name and last == ("number",):
            found.append(("duration",))  # "10 second" is no second one
        elif name is not UNKNOWN or last is not UNKNOWN:
            found.append(name)
    return found


def _scanned(line: str, language: str) -> Iterator[Concepts]:
    position = 0
    while match := TOKEN.search(line, position):
        token, position = match.group(), match.end()
        if token[0].isdigit():
            yield ("ratio",) if ":" in token else ("number",)
        elif DENSE.match(token):
            name, position = _inside(line, match.start(), language)
            yield name
        elif token[0].isalpha():
            name, position = _set_apart(line, match, language)
            yield name
        else:
            yield MARKS.get(token, ("sign",))


def _inside(line: str, position: int, language: str) -> tuple[Concepts, int]:
    """The longest entry that begins here, in a script without gaps; and where reading goes on."""
    entries = lexicon().entries
    for end in range(min(len(line), position + LONGEST), position, -1):
        spelling = line[position:end]
        # one letter of Arabic says nothing, one of Chinese does
        if (entry := entries.get(spelling)) and (end - position > 1 or spelling > "\u3000"):
            return _chosen(entry.whole, language), end
    return UNKNOWN, position + 1


def _set_apart(line: str, match: re.Match[str], language: str) -> tuple[Concepts, int]:
    """The phrase that begins with this word, else the word, else the longest known beginning of
    it."""
    known, word, end = lexicon(), match.group(), match.end()
    for phrase in known.phrases.get(word, ()):
        after = match.start() + len(phrase)
        if line.startswith(phrase, match.start()) and not line[after : after + 1].isalpha():
            return _chosen(known.entries[phrase].whole, language), after
    if entry := known.entries.get(word):
        return _chosen(entry.whole, language), end
    for length in range(len(word) - 1, 1, -1):
        entry = known.entries.get(word[:length])
        # a short beginning is too much of a coincidence in another language
        if entry and (language in entry.start or (entry.start and length >= SURE)):
            return _chosen(entry.start, language), end
    return UNKNOWN, end


def _chosen(forms: Forms, language: str) -> Concepts:
    """In the hinted language where it has the word, else in all that have it."""
    if language in forms:
        return tuple(sorted(set(forms[language])))
    return tuple(sorted({concept for names in forms.values() for concept in names})) or UNKNOWN


PIECES = (1, 2, 3, 4, 5)
"""Lengths of the pieces of spelling, in characters."""
LENGTHS = (1, 2, 3)
MOST_PAIRED = 24
"""Concepts of one sentence of which every pair is counted."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[\w\u0900-\u097f]+|[^\w\s]")
_PAUSE: Concepts = ("pause",)


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
