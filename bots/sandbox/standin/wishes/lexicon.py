"""The words of the other languages, sorted under what they mean: `words/<language>.toml`.

A value lists words; `*` stands for more letters of the same word, `_` for a space, `=` for a
number."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bots.sandbox.standin.wishes.folding import folded

_LETTER = r"[\w\u0900-\u097f]"
DENSE = ("ja", "ko")
_NEVER = re.compile(r"(?!)")
_ARTICLES = {"ar": r"(?:[وف]?(?:ال|بال|لل|ب|ل)?)"}
_TABLES = ("numbers", "ordinals")


@dataclass(frozen=True)
class Lexicon:
    """One language: a pattern for each concept, in folded spelling, and what its number words stand
    for."""

    language: str
    patterns: dict[str, re.Pattern[str]]
    numbers: dict[str, int]
    ordinals: dict[str, int]

    @property
    def dense(self) -> bool:
        """Whether its words are not set apart, or carry their particles with them."""
        return self.language in DENSE

    def __getitem__(self, concept: str) -> re.Pattern[str]:
        return self.patterns[concept]

    def within(self, concept: str) -> str:
        """The pattern as a part of another one."""
        return f"(?:{self.patterns[concept].pattern})"

    def weight(self, text: str) -> int:
        """How many letters of a folded text this language knows."""
        hits = (hit.span() for known in self.patterns.values() for hit in known.finditer(text))
        places = {place for span in hits for place in range(*span)}
        return sum(not text[place].isspace() for place in places)


@cache
def lexicons() -> dict[str, Lexicon]:
    """All of them, by language. Read once."""
    return {
        path.stem: _lexicon(path)
        for path in sorted((Path(__file__).parent / "words").glob("*.toml"))
    }


def _lexicon(path: Path) -> Lexicon:
    language, rows = path.stem, tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {
        name: {
            folded(word.replace("_", " ")).text: int(value)
            for word, _, value in _entries(rows[name])
        }
        for name in _TABLES
    }
    patterns = {
        name: _pattern(language, [word for word, *_ in _entries(row)]) for name, row in rows.items()
    }
    return Lexicon(language, patterns, tables["numbers"], tables["ordinals"])


def _entries(row: str) -> list[tuple[str, str, str]]:
    return [entry.partition("=") for entry in row.split()]


def _pattern(language: str, words: list[str]) -> re.Pattern[str]:
    if not words:
        return _NEVER
    # the longest first: an alternative that matches is not left for a longer one
    parts = "|".join(_part(language, word) for word in sorted(words, key=len, reverse=True))
    if language in DENSE:
        return re.compile(f"(?:{parts})")
    return re.compile(f"(?<!{_LETTER}){_ARTICLES.get(language, '')}(?:{parts})(?!{_LETTER})")


def _part(language: str, word: str) -> str:
    space = " ?" if language in DENSE else " "
    spelling = re.escape(folded(word.replace("_", " ")).text)
    return spelling.replace(r"\ ", space).replace(r"\*", f"{_LETTER}*")
