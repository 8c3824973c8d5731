"""Text and its spans, kept together while words are joined, cut and replaced."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from core import sanitize
from core.messages import Span


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
