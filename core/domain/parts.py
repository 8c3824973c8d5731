"""Splits a message that is too long for its platform: what goes out now, and what is left for the
next one.

Words part at a paragraph, a line, a sentence or a word, in this order; no link, emoji or letter
with marks is cut through. Limits count UTF-16 units: the strictest of the readings that platforms
have of "characters"."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from unicodedata import category

from core.domain.formatting import clipped
from core.messages import Form, Outbound, Single, Subject, Words

SLACK = 160
"""Units left free: for a line that a message may come twice, and for a link that is not in the
words."""
LINK = re.compile(r"https?://\S+")
BREAKS = (
    re.compile(r"\n{2,}"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])"),
    re.compile(r"\s+"),
)
JOINER, REGIONAL = "\u200d", re.compile("[\U0001f1e6-\U0001f1ff]*$")
TONES = ("\U0001f3fb", "\U0001f3ff")
WHOLE = 64
"""Characters that one sign on the screen may consist of."""


def units(words: str) -> int:
    """How long words are, in UTF-16 units."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def parted(
    message: Outbound, text_limit: int, caption_limit: int
) -> tuple[Outbound, Outbound | None]:
    """The message that fits, and the one with the rest; link and buttons go with the last of them.

    A file has its headline under it where not all of its words fit. A status is not parted: it is
    edited in place."""
    carries = _carries(message)
    limit = (caption_limit if carries else text_limit) - SLACK
    link = message.video.url if message.video and not carries else ""
    whole = units(message.text) + units(link) * (link not in message.text)
    if message.slot or message.toast or whole <= limit:
        return message, None
    head, rest = _headline(message.text, limit) if carries else split(message.text, limit)
    if not rest:
        return message, None
    begins, stop = message.text.find(head), len(message.text.rstrip())
    first = clipped(message.spans, begins, begins + len(head))
    second = clipped(message.spans, stop - len(rest), stop)
    last = replace(
        message,
        to=replace(message.to, reply_to=""),
        words=replace(message.words, text=rest, spans=second),
        media=None if carries else message.media,
        manner=Single(silent=True),
    )
    about = Subject(message.about.job) if message.about else None
    media = message.media if carries else None
    return replace(message, words=Words(head, spans=first), media=media, about=about), last


def _carries(message: Outbound) -> bool:
    """Whether a file goes with the words, which are its caption then."""
    film = message.video and message.video.form is not Form.LINK
    return bool(message.document or message.gallery or film)


def _headline(words: str, limit: int) -> tuple[str, str]:
    first = words.partition("\n\n")[0]
    return (first, words[len(first) :].strip()) if units(first) <= limit else split(words, limit)


def split(words: str, limit: int) -> tuple[str, str]:
    """Head and rest: the head at most `limit` units long, the last link in the rest if what follows
    it fits there."""
    words = words.strip()
    if units(words) <= limit:
        return words, ""
    lengths = list(accumulate(1 + (sign > "\uffff") for sign in words))
    most = bisect_right(lengths, limit)
    at = next((place for place in _places(words, most) if place), 0) or _uncut(words, most)
    links = list(LINK.finditer(words))
    if links and links[-1].start() < at:
        paragraph = words.rfind("\n\n", 0, links[-1].start()) + 2
        if paragraph > 2 and units(words[paragraph:]) <= limit:
            at = paragraph
    return words[:at].rstrip(), words[at:].lstrip()


def _places(words: str, most: int) -> Iterator[int]:
    """Where the words may part, best first: the last break of each kind in the second half of what
    fits."""
    links = [found.span() for found in LINK.finditer(words)]
    outside: Callable[[int], bool] = lambda at: not any(begin < at < end for begin, end in links)  # noqa: E731
    for kind in BREAKS:
        found = [
            it.start() or it.end() for it in kind.finditer(words, 0, most + 1) if it.start() <= most
        ]
        yield max((at for at in found if at > most // 2 and outside(at)), default=0)


def _uncut(words: str, most: int) -> int:
    """The last place before `most` where no link and no sign of several characters is cut; `most`
    if there is none."""
    for link in LINK.finditer(words):
        if 0 < link.start() < most < link.end():
            return link.start()
    return next(
        (at for at in range(most, max(most - WHOLE, 0), -1) if not _joined(words, at)), most
    )


def _joined(words: str, at: int) -> bool:
    """Whether the characters before and after this place make one sign: marks, joined emoji, skin
    tones, flags."""
    before, after = words[at - 1], words[at]
    marks = (
        category(after) in ("Mn", "Mc", "Me", "Cf")
        or TONES[0] <= after <= TONES[1]
        or before == JOINER
    )
    flags = REGIONAL.search(words[:at])
    return marks or bool(flags and len(flags[0]) % 2 and REGIONAL.fullmatch(after))
