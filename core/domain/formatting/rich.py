"""Text and its spans, kept together while words are joined, cut and replaced, and what a result
takes of longer ones: a line or two, so that the film is what people see."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from core import sanitize
from core.messages import Span
from core.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Rich:
    """A text, and what of it is set apart. Places are characters of `text`."""

    text: str = ""
    spans: tuple[Span, ...] = ()


def joined(parts: Iterable[Rich | str], between: str) -> Rich:
    """The parts that are not empty, one after the other; a string is plain."""
    text, spans = "", list[Span]()
    for part in parts:
        rich = Rich(part) if isinstance(part, str) else part
        if not rich.text:
            continue
        text += between if text else ""
        spans += _moved(rich.spans, len(text))
        text += rich.text
    return Rich(text, tuple(spans))


def clipped(spans: Iterable[Span], start: int, stop: int) -> tuple[Span, ...]:
    """The spans of a text as those of its piece from `start` to `stop`; what lies outside falls
    away."""
    found = (
        replace(span, start=max(span.start, start) - start, stop=min(span.stop, stop) - start)
        for span in spans
    )
    return tuple(span for span in found if span.start < span.stop)


def replaced(pattern: re.Pattern[str], by: Callable[[re.Match[str]], str], rich: Rich) -> Rich:
    """As `pattern.sub(by, text)`; the spans go along with their words."""
    text, last, edits = "", 0, list[tuple[int, int, int]]()
    for match in pattern.finditer(rich.text):
        new = by(match)
        text += rich.text[last : match.start()] + new
        last = match.end()
        edits.append((match.start(), last, len(new)))

    def place(at: int, *, stops: bool) -> int:
        shift = 0
        for start, end, length in edits:
            if end <= at:
                shift += length - (end - start)
            elif start < at:
                return start + shift + length * stops
        return at + shift

    moved = [
        replace(span, start=place(span.start, stops=False), stop=place(span.stop, stops=True))
        for span in rich.spans
    ]
    kept = tuple(span for span in moved if span.start < span.stop)
    return Rich(text + rich.text[last:], kept)


def posted(rich: Rich) -> Rich:
    """As core.sanitize.posted, which keeps words from naming somebody and links from hiding."""
    if not rich.spans:
        return Rich(sanitize.posted(rich.text))
    for pattern, by in (
        (sanitize.ENDS, lambda _: "\n"),
        (sanitize.WORDS, lambda _: ""),
        (sanitize.RINGS, sanitize.stopped),
    ):
        rich = replaced(pattern, by, rich)
    return rich


def _moved(spans: Iterable[Span], by: int) -> list[Span]:
    return [replace(span, start=span.start + by, stop=span.stop + by) for span in spans]


SHOWN = 2
"""Items that are named; of more, the first and how many follow."""


def first_lines(summary: str) -> str:
    """What has changed, one a line, in two lines at most; the rest is counted."""
    lines = summary.splitlines()
    if len(lines) <= SHOWN:
        return summary
    kept = lines[: SHOWN - 1]
    return "\n".join((*kept, f"• … +{len(lines) - len(kept)}"))


LONGEST = 240
"""Characters of the service's own words."""
SENTENCE = Pattern(r"[^\s][^\n]*?(?:[.!?…]+(?=\s)|[。！？]+|(?=\n)|$)")
INTRODUCES = (":", "：")
"""A sentence that ends so is nothing without the list that follows."""
BUT = Pattern(
    r"\b(?:no|not|cannot|without|unable|unfortunately|sorry|however|but|instead|except|failed|"
    r"nicht|kein\w*|leider|aber|statt|ohne|sin|pero|lamentablemente|não|nao|infelizmente|mas|sem|"
    r"pas|malheureusement|mais|sans|non|purtroppo|ma|senza|tidak|maaf|tapi|tanpa|maalesef|ama|"
    r"olmadan|не|нет|но|без|увы|сожалению)\b|n['’]t\b|没|沒|不|无法|無法|未|但|抱歉|ない|できま|"
    r"ません|ただし|申し訳|않|못|하지만|없|لم|لكن|عذر|بدون|नहीं|लेकिन|बिना",
    re.IGNORECASE,
)
"""What a sentence has in it that says more than that all is done."""
OFFER = Pattern(
    r"\bif you|tell me|let me know|wenn du|sag mir|si quieres|dime|se quiser|si tu|dis-moi|se vuoi|"
    r"если|скажи|如果|的话|告诉我|的話|告訴我|もし|たら|教えて|원하|말해|jika|kalau|ister|إذا|अगर",
    re.IGNORECASE,
)
"""What it has in it where it only offers something: the buttons do that."""


def gist(said: Rich) -> Rich:
    """The first sentences of the service that fit a line or two; nothing where there are none."""
    return _fitting(said, _sentences(said))


def caveats(said: Rich) -> Rich:
    """The sentences that tell of something which is not as it was wished: of what is done, the film
    itself tells."""
    return _fitting(said, (found for found in _sentences(said) if _limits(found[0])))


def _limits(sentence: str) -> bool:
    return bool(BUT.search(sentence)) and not OFFER.search(sentence)


def _sentences(said: Rich) -> Iterator[re.Match[str]]:
    found = SENTENCE.finditer(said.text)
    return (each for each in found if not each[0].rstrip().endswith(INTRODUCES))


def _fitting(said: Rich, sentences: Iterator[re.Match[str]]) -> Rich:
    kept: list[Rich | str] = []
    left = LONGEST
    for found in sentences:
        left -= len(found[0])
        if left < 0:
            break
        kept.append(Rich(found[0], clipped(said.spans, *found.span())))
    return joined(kept, " ")
