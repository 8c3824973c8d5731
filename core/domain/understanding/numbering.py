"""How photos are called by their number in each language: "the second one", "第二张", "3枚目".

One file for each language in `photo_words/`, each entry a regular expression without regard to
case."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from core.patterns import Pattern

LAST = -1
REST = 0
"""In place of a number: the last photo, and all that are not named."""
MOST = 30
HAN = {character: place for place, character in enumerate("一二三四五六七八九十", 1)}
DENSE = Pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that put no blanks between the words that count here."""
NEVER = "(?!)"
POINT = r"(?P<n>\d{1,2})\s*(?:\ufe0f?\u20e3|[:：.)）、=→–—-])(?!\s*\d)"
"""`1:`, `2)`, `3.` at the beginning of a clause, in every language."""
MARK = r"(?P<n>\d{1,2})[):：）]\s"
"""The same inside a line, where it is plain enough."""
CLAUSE = r"(?:^|(?<=[\n,;，；、。.!！:：•*+&(（،؛।-]))\s*"
DURATION = Pattern(
    r"\s*\d+(?:[.,]\d+)?\s*-?\s*(?:s|m|sek|sec|seg|сек|с|мин|сн|sn|dk|det|detik|saniye|秒|초|分|분|min|सेकंड|सेकेंड|ثوان)",
    re.IGNORECASE,
)
MEASURED = Pattern(
    r"\s*-?\s*(?:(?:s|m|с|х|sn|dk)(?!\w)|sek|sec|seg|сек|мин|min|det|dtk|saniye|dakika|秒|초|分|분|सेकंड|सेकेंड|मिनट|ثوان|ثاني|دقي"
    r"|[:：/.,]\d|[x×*%]|times?\b|mal\b|veces\b|vezes\b|fois\b|volte\b|раза?\b|kere\b|kali\b|बार|مرات|次|回|번|배"
    r"|枚(?!目)|[장张張])|[a-z]",
    re.IGNORECASE,
)
"""After a number that is none of a photo: "photo 5 seconds", "photo 16:9", "photo 3D", 写真5枚."""
POSSESSED = Pattern(r"\s*(?:['’]s\b|的(?=\w))")
CLOSED = Pattern(r"\s*(?:$|[,.;:!，。；：！、\n(])")


@dataclass(frozen=True, slots=True)
class Named:
    """A photo that is named in a text, from `start` up to `end`; `number` counts from 1, or is LAST
    or REST."""

    number: int
    start: int
    end: int

    def place(self, photos: int) -> int:
        """The number among so many."""
        return photos if self.number == LAST else self.number


def _pattern(written: str) -> Pattern:
    return Pattern(written, re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: what it calls photos, and the words around that."""

    code: str
    each: tuple[Pattern, ...]
    single: tuple[tuple[Pattern, str], ...]
    label: Pattern
    name: Pattern
    photo: Pattern
    only: Pattern
    without: Pattern
    together: Pattern
    one_video: Pattern
    all: Pattern
    every: Pattern
    little: Pattern
    links: Pattern
    onward: Pattern

    def labels(self, text: str) -> Iterator[Named]:
        """The photos that clauses begin with."""
        for found in self.label.finditer(text):
            number = _number(found)
            if number is not None:
                yield Named(number, found.start(), found.end())

    def named(self, text: str, start: int, end: int) -> Iterator[Named]:
        """The photos that are named between these two places."""
        for found in self.name.finditer(text, start, end):
            number = _number(found)
            if number is not None:
                yield Named(number, found.start(), found.end())

    def called(self, text: str) -> Iterator[int]:
        """The numbers of photos that are called so by their kind, "photo 5", and not "photo 16:9"
        or "the photo twice"."""
        for found in self.name.finditer(text):
            number = _number(found)
            other = MEASURED.match(text, found.end())
            if number and number != LAST and not other and self.photo.search(found[0]):
                yield number

    def is_span(self, text: str, label: Named) -> bool:
        """Whether it goes on with a length: "the first 3 seconds" is no photo."""
        return DURATION.match(text, label.end) is not None

    def trimmed(self, words: str) -> str:
        """The words without what links them to the next."""
        bare = words.strip(EDGES)
        return self.links.sub("", bare).strip(EDGES)

    def hollow(self, words: str) -> bool:
        """Whether they say nothing of what is to be made."""
        for pattern in self.each:
            words = pattern.sub(" ", words)
        return not re.search(r"\w", self.little.sub(" ", words))

    def closes(self, text: str, start: int, end: int) -> bool:
        """Whether photos are named there, and not "the second half": by their kind, or as the last
        word of a clause; but not what is in them, "photo 2's background"."""
        if POSSESSED.match(text, end):
            return False
        called = self.photo.search(text, start, end) or DENSE.search(text, start, end)
        return bool(called or CLOSED.match(text, end) or self.little.match(text[end:].lstrip()))

    def goes_on(self, line: str) -> bool:
        """Whether a line begins as the continuation of another one."""
        return self.onward.match(line) is not None


LITTLE = ("verbs", "before", "photo", "and", "all")
EDGES = " \t\n,;:.，；：、。-–—•*=،؛।"


@cache
def tongues() -> tuple[Tongue, ...]:
    """Every language, read once."""
    folder = Path(__file__).parent / "photo_words"
    return tuple(_tongue(path) for path in sorted(folder.glob("*.toml")))


def _tongue(path: Path) -> Tongue:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {name: _edged(value) for name, value in told.items() if isinstance(value, str)}
    fill = rf"(?:(?:{_any(words, 'verbs', 'before')})\s*){{0,7}}"
    joint = rf"\s*(?:[,、，&+]|{_any(words, 'and')})\s*"
    name = _name(told, words)
    listed = rf"{fill}{name}(?:{joint}(?:{joint})?{fill}(?:{name}|\d{{1,2}}(?!\d))){{0,9}}"
    after = rf"(?:\s*(?:{_any(words, 'particles')}))?\s*"
    only = [
        rf"{fill}(?:{_any(words, 'only')})\s*{_unnamed(listed)}(?!{DURATION.pattern})",
        rf"{_unnamed(listed)}\s*{after}(?:{_any(words, 'only_after', 'only')})",
    ]
    without = [
        rf"{fill}(?:{_any(words, 'except')})\s*{_unnamed(listed)}(?!{DURATION.pattern})",
        rf"{_unnamed(listed)}\s*{after}(?:{_any(words, 'except_after')})",
    ]
    before = rf"(?:(?:{_any(words, 'before')})\s*){{0,3}}"
    clause = rf"(?:{CLAUSE}(?:(?:{_any(words, 'and')})\s*)?|(?<=\s)(?:{_any(words, 'and')})\s*)"
    rest = rf"(?P<rest>{_any(words, 'rest')})"
    label = rf"{clause}(?:{before}(?:{name}|{rest}){after}|{POINT})|(?<=\s){MARK}"
    return Tongue(
        code=path.stem,
        each=tuple(map(_pattern, told["each"])),
        single=tuple((_pattern(pattern), by) for pattern, by in told["single"]),
        label=_pattern(_apart(label)),
        name=_pattern(_apart(f"{name}|(?P<n>(?<!\\d)\\d{{1,2}}(?!\\d))")),
        photo=_pattern(_any(words, "photo")),
        only=_pattern("|".join(only)),
        without=_pattern("|".join(without)),
        together=_pattern(_any(words, "together")),
        one_video=_pattern(_any(words, "together", "video")),
        all=_pattern(rf"(?<=[\n,;，；、。.!])\s*(?:{_any(words, 'all')})"),
        every=_pattern(_any(words, "all")),
        little=_pattern(rf"{_any(words, *LITTLE)}|\d+|v[ií]deos?"),
        links=_pattern(rf"^(?:{_any(words, 'and')})\s*|\s*(?:{_any(words, 'and')})$"),
        onward=_pattern(_any(words, "and", "with")),
    )


def _name(told: dict[str, list[str]], words: dict[str, str]) -> str:
    """One photo by its number, its place, or as the last."""
    photo = _any(words, "photo")
    ordinals = [rf"(?P<o{place}>{_edged(it)})" for place, it in enumerate(told["ordinals"], 1)]
    ordinal = "|".join((*ordinals, rf"(?P<last>{_any(words, 'last')})"))
    forms = [
        words.get("numbered", NEVER),
        rf"(?:{photo})\s*(?:no\.?|nr\.?|n[º°]|№|#)?\s*(?P<n>\d{{1,2}})(?!\d)(?!{DURATION.pattern})",
        rf"(?P<n>\d{{1,2}})(?:\.|st|nd|rd|th)\s*(?:{photo})",
        rf"(?:(?:{photo})\s*)?(?:{ordinal})(?:\s*(?:{photo}))?",
    ]
    return f"(?:{'|'.join(forms)})"


def _number(found: re.Match[str]) -> int | None:
    """Which photo the match names."""
    named = ((name.partition("_")[0], text) for name, text in found.groupdict().items() if text)
    kind, text = next(named)
    if kind in FIXED:
        return FIXED[kind]
    number = int(kind[1:]) if kind.startswith("o") else HAN.get(text) or int(text)
    return number if 1 <= number <= MOST else None


FIXED = {"first": 1, "last": LAST, "rest": REST}


def _any(words: dict[str, str], *names: str) -> str:
    return "|".join(filter(None, (words.get(name) for name in names))) or NEVER


def _edged(pattern: str) -> str:
    """Between the edges of words, where its script has some; "" of nothing."""
    if not pattern or DENSE.search(pattern):
        return f"(?:{pattern})" if pattern else ""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def _unnamed(pattern: str) -> str:
    return GROUP.sub("(?:", pattern)


def _apart(pattern: str) -> str:
    """The same with a name of its own for each group."""
    places = count()
    return GROUP.sub(lambda group: f"(?P<{group[1]}_{next(places)}>", pattern)


GROUP = Pattern(r"\(\?P<(\w+)>")
