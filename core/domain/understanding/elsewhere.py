"""The same video for elsewhere, in words: "as a gif", "same for TikTok", "kleiner bitte".

Only what consists of such words and nothing else: "put a gif in the corner" is a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from core.domain.understanding.concepts import DENSE
from core.domain.understanding.folding import folded
from core.i18n import LANGUAGES, catalogue

LONGEST = 60
SORTS = ("gif", "smaller", "same", "shape", "rest")
"""The entries of a catalogue, from the one that counts most."""
TELLING = ("gif", "smaller", "shape")
SHAPES = (
    "tiktok | tik tok | reels | reel | shorts | youtube | instagram | insta | 9:16 | 16:9 | 1:1"
)
"""Names and numbers that are the same everywhere."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What each entry of one language stands for, the longest first, by the sign that it begins
    with."""

    entries: Mapping[str, tuple[tuple[str, str], ...]]


def copied_as(text: str) -> str:
    """`gif` or `smaller`, as these words ask for; "" where they ask for neither."""
    found = _sorts(text)
    return next((sort for sort in ("gif", "smaller") if sort in found and "shape" not in found), "")


def same_in_another_shape(text: str) -> bool:
    """Whether they ask for the same video in another shape."""
    return {"same", "shape"} <= _sorts(text) <= {"same", "shape", "rest"}


@lru_cache(maxsize=64)
def _sorts(text: str) -> frozenset[str]:
    """What is among these words; nothing where one of them is of no sort, in whatever language."""
    if len(text) > LONGEST:
        return frozenset()
    line = " ".join("".join(sign if _tells(sign) else " " for sign in folded(text)).split())
    if not any(entry in line for entry in _telling()):
        return frozenset()
    read = (_read(line, _lexicon(language)) for language in LANGUAGES)
    return max(read, key=len, default=frozenset())


def _tells(sign: str) -> bool:
    return sign.isalnum() or sign == ":" or not sign.isascii()


def _read(line: str, lexicon: Lexicon) -> frozenset[str]:
    found, at = set[str](), 0
    while at < len(line):
        known = lexicon.entries.get(line[at], ())
        entry = next((entry for entry in known if _stands(line, at, entry[0])), None)
        if entry is None:
            return frozenset()
        found.add(entry[1])
        at += len(entry[0])
        at += line.startswith(" ", at)
    return frozenset(found)


def _stands(line: str, at: int, entry: str) -> bool:
    """Whether the entry is there, and as a whole word where words are set apart."""
    after = line[at + len(entry) : at + len(entry) + 1]
    return line.startswith(entry, at) and (
        after in ("", " ") or bool(DENSE.match(after)) or bool(DENSE.match(entry[-1]))
    )


@cache
def _telling() -> frozenset[str]:
    """What one of these words must be: most messages have none, and are not read any further."""
    lexicons = (_lexicon(language).entries.values() for language in LANGUAGES)
    entries = (entry for known in lexicons for begun in known for entry in begun)
    return frozenset(entry for entry, sort in entries if sort in TELLING)


@cache
def _lexicon(language: str) -> Lexicon:
    phrases = catalogue(language).phrases
    said = {sort: str(phrases.get(f"asked.{sort}", "")) for sort in SORTS}
    said["shape"] += f"|{SHAPES}"
    entries = {
        folded(entry): sort
        for sort in reversed(SORTS)
        for entry in said[sort].split("|")
        if entry.strip()
    }
    known: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry, sort in sorted(entries.items(), key=lambda it: -len(it[0])):
        known[entry[0]] = (*known.get(entry[0], ()), (entry, sort))
    return Lexicon(known)
