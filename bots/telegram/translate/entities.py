"""Spans of words -> entities of the Bot API, which counts in UTF-16 units."""

from collections.abc import Iterable
from itertools import accumulate

from telegram import MessageEntity

from core.messages import Span, Style

TYPES = {
    Style.BOLD: MessageEntity.BOLD,
    Style.ITALIC: MessageEntity.ITALIC,
    Style.STRUCK: MessageEntity.STRIKETHROUGH,
    Style.CODE: MessageEntity.CODE,
    Style.BLOCK: MessageEntity.PRE,
    Style.QUOTE: MessageEntity.BLOCKQUOTE,
}
MOST = 100
"""Entities of one message (Bot API); what is beyond is plain."""
ALONE = (Style.CODE, Style.BLOCK)
"""What may hold, and lie in, no other entity."""


def to_entities(text: str, spans: Iterable[Span]) -> list[MessageEntity] | None:
    """The spans as far as they lie in the text; None without any."""
    fitting = [span for span in spans if 0 <= span.start < span.stop <= len(text)]
    alone = [span for span in fitting if span.style in ALONE]
    kept = [span for span in fitting if span in alone or not any(_meets(span, it) for it in alone)]
    units = [0, *accumulate(1 + (sign > "\uffff") for sign in text)]
    found = [
        MessageEntity(TYPES[span.style], units[span.start], units[span.stop] - units[span.start])
        for span in sorted(kept, key=lambda it: (it.start, -it.stop))
    ]
    return found[:MOST] or None


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop
