"""Sentences and clauses of one line: which are button talk, and what the others make without
them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.nemo.gui import chinese, english
from core.nemo.gui.actions import ButtonTalk, GuiAction
from core.patterns import Pattern

LONGEST = 600
"""Characters of a sentence that is looked at; instructions are short."""

_MARK = Pattern(
    r"[.!?…]++[\"'”’)\]*_]*+(?=\s|$)|[。！？!?]++[\"'”’」』）)*_]*+"
    # in place of a full stop
    r"|(?<=[^\W_]) ?[\u2190-\u2bff\ufe0f\U0001f300-\U0001faff]++(?=\s+[A-Z\u4e00-\u9fff])"
)
_COMMA = Pattern(
    r" ?[，；：] ?|(?<!\d)[,;:](?=[\u4e00-\u9fff])|[,;:] {1,3}| {1,2}[-–—]{1,3} {1,2}|—{1,3}"
)
_ASIDE = Pattern(r" ?[(（]([^()（）]{1,300})[)）]")
_QUOTED = Pattern(
    r"\"[^\"]{1,200}\"|“[^”]{1,200}”|「[^」]{1,200}」|『[^』]{1,200}』|《[^》]{1,200}》"
)
_SPEECH = Pattern(r"(?:\S+ +){3}|[.!?,;，。！？；]|(?:[\u4e00-\u9fff] ?){7}")
_AND = Pattern(
    r"^(?:(?:and|or|but|so|then|also|otherwise)(?:[ "
    r",]+)|(?:然后|并且|并|再|接着|最后|同时|或者|而且)[ ，]*)+",
    re.I,
)
_CHINESE = Pattern(r"[\u4e00-\u9fff]")
_FLAT = str.maketrans(dict.fromkeys('*_`~#>[]【】"“”「」『』\t\xa0', " ") | {"’": "'", "‘": "'"})
_APOSTROPHE = Pattern(r"(?<![A-Za-z])'|'(?![A-Za-z])")


@dataclass(slots=True)
class Reading:
    """How far the reading of a text has come.

    `after`: button talk was the last thing read; `bare`: nothing was left of the last sentence.
    """

    actions: list[GuiAction] = field(default_factory=list)
    found: bool = False
    after: bool = False
    bare: bool = False


@dataclass(slots=True)
class _Clause:
    """A stretch of a sentence; of its text the characters up to `keep` stay."""

    start: int
    stop: int
    plain: str
    talk: ButtonTalk | None
    keep: int

    @property
    def gone(self) -> bool:
        return not self.keep


def reduced(line: str, reading: Reading) -> str | None:
    """The line without its button talk; None when there is none in it."""
    body = _without_asides(line, reading)
    left = ""
    for core, mark, gap in _sentences(body):
        kept = _kept(core, mark, reading)
        if kept is None:
            left += core + mark + gap
        elif kept:
            left += kept + gap
    return None if left == line else left


def _without_asides(line: str, reading: Reading) -> str:
    def without(aside: re.Match[str]) -> str:
        own = Reading()
        left = reduced(aside.group(1), own)
        if left is None or left.strip():
            return aside.group()
        reading.actions += own.actions
        reading.found = True
        return ""

    return line if "://" in line else _ASIDE.sub(without, line)


def _sentences(line: str) -> Iterator[tuple[str, str, str]]:
    """(words, their end mark, the gap after it), which together are the line; nothing is split
    inside quotes."""
    start = 0
    for match in _MARK.finditer(_flat(line, keep_quotes=True)):
        gap = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())
        yield (
            line[start : match.start()],
            line[match.start() : match.end()],
            line[match.end() : gap],
        )
        start = gap
    if start < len(line):
        yield line[start:], "", ""


def _kept(core: str, mark: str, reading: Reading) -> str | None:
    """What stays of a sentence, with its mark: None for all of it, "" for nothing."""
    if not any(map(str.isalnum, core)):
        return "" if reading.bare else None
    reading.bare = False
    if len(core) > LONGEST or "://" in core:
        reading.after = False
        return None
    clauses = _clauses(core, asks="?" in mark or "？" in mark)
    _take_lead_ins(clauses)
    _take_continuations(clauses, reading)
    for clause in clauses:
        reading.actions += clause.talk.actions if clause.talk else ()
    if all(clause.keep == clause.stop - clause.start for clause in clauses):
        return None
    reading.found = True
    if clauses[-1].gone and ("?" in mark or "？" in mark):
        mark = "。" if _CHINESE.search(core) else "."
    words = _assembled(core, clauses)
    reading.bare = not words
    return words + mark if words else ""


def _clauses(core: str, asks: bool) -> list[_Clause]:
    plain = _flat(core)
    cuts = [match.span() for match in _COMMA.finditer(_flat(core, keep_quotes=True))]
    for place in _breaks(plain):
        at = next(
            (at for at in range(place, len(core)) if core[at].isspace() or plain[at] != " "), place
        )
        cuts.append((at, at))
    spans, start = [], 0
    for stop, following in [*sorted(cuts), (len(core), len(core))]:
        if stop > start:
            spans.append((start, stop))
        start = max(start, following)
    return [_judged(start, stop, plain[start:stop], asks) for start, stop in spans]


def _judged(start: int, stop: int, plain: str, asks: bool) -> _Clause:
    talk = chinese.read(plain, asks) if _chinese(plain) else english.read(plain, asks)
    return _Clause(start, stop, plain, talk, talk.content if talk else stop - start)


def _chinese(plain: str) -> bool:
    """Whether there is anything for the expressions in Chinese: none of them fits without."""
    return _CHINESE.search(plain) is not None


def _breaks(plain: str) -> list[int]:
    return english.breaks(plain) + (chinese.breaks(plain) if _chinese(plain) else [])


def _leads_in(plain: str) -> bool:
    return english.leads_in(plain) or (_chinese(plain) and chinese.leads_in(plain))


def _continues(plain: str, near: bool) -> bool:
    return english.continues(plain, near) or (_chinese(plain) and chinese.continues(plain, near))


def _take_lead_ins(clauses: Sequence[_Clause]) -> None:
    """ "When you are happy with it," belongs to what follows, or, at the end, to what came
    before."""
    for at in reversed(range(len(clauses))):
        clause = clauses[at]
        if clause.talk is None and len(clauses) > 1 and _leads_in(clause.plain):
            neighbour = clauses[at + 1] if at + 1 < len(clauses) else clauses[at - 1]
            clause.keep = 0 if neighbour.gone else clause.keep


def _take_continuations(clauses: Sequence[_Clause], reading: Reading) -> None:
    """ "choose 1080p" after "click Export" goes as well."""
    for at, clause in enumerate(clauses):
        if reading.after and _continues(clause.plain, at > 0):
            clause.keep = 0
        reading.after = clause.gone or clause.talk is not None


def _assembled(core: str, clauses: Sequence[_Clause]) -> str:
    words, last = "", -1
    for at, clause in enumerate(clauses):
        if clause.gone:
            continue
        piece = core[clause.start : clause.start + clause.keep]
        if not words:
            words = piece if at == 0 else _sentence_case(_AND.sub("", piece.lstrip(), count=1))
        else:
            words += core[clauses[at - 1].stop : clause.start] + piece
        last = at
    if last + 1 < len(clauses) or clauses[last].talk:
        words = words.rstrip(" ,;:，；：、-–—")
    return words if any(map(str.isalnum, words)) else ""


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:] if words[:1].isascii() else words


def _flat(text: str, keep_quotes: bool = False) -> str:
    """The text to look at, character for character: quoted speech struck out, marks away,
    simplified characters."""

    def struck(match: re.Match[str]) -> str:
        inner = match.group()[1:-1]
        speech = _SPEECH.search(inner) and len(inner) + 2 < len(
            text
        )  # but not when all of it stands in quotes
        return match.group()[0] + "x" * len(inner) + match.group()[-1] if speech else match.group()

    plain = _QUOTED.sub(struck, text)
    return (
        plain
        if keep_quotes
        else _APOSTROPHE.sub(" ", plain.translate(_FLAT)).translate(chinese.SIMPLIFIED)
    )
