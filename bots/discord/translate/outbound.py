"""Outbound -> the pieces that Discord takes: texts of 2,000 characters, links that unfold or not,
buttons in rows of five, and who is pinged."""

from dataclasses import dataclass

import discord

from bots import codec
from bots.discord.translate.marks import carried_over
from core.domain.understanding import (
    language_of,
)
from core.messages import Button, Outbound, Video

TEXT_LIMIT = 2000
FILE_LIMIT = 10_485_760
"""Bytes of one file where nothing else is known: 10 MiB (Discord, "Uploading Files")."""

NONCE_LIMIT = 25
ALT_LIMIT = 1024
"""Characters of what is said of a file for who cannot see it."""

MENTION = 40
"""Characters that naming the user may take, and the marks that go over into the next message."""

MARKS = ("\n\n", "\n", ". ", "。", " ")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message for Discord. `ping` is the id of the user it rings for, `reply_to` that of the
    message it answers.

    `refers_to` is an earlier message of our own that it belongs to, shown above it. `file` is a
    path on this machine, and `alt` says what it shows. The nonce makes a repeat within minutes
    return the first message. `card` goes with the words, and `picture` (JPEG) hangs on the message
    for it."""

    content: str
    rows: tuple[tuple[Button, ...], ...] = ()
    file: str = ""
    name: str = ""
    alt: str = ""
    document: str = ""
    silent: bool = False
    ping: str = ""
    reply_to: str = ""
    refers_to: str = ""
    nonce: str = ""
    card: discord.Embed | None = None
    picture: bytes = b""


def pieces(message: Outbound, nonce: str, *, attached: bool, refers_to: str = "") -> list[Piece]:
    """The message as one or more that Discord takes; buttons, file and ring go with the last.

    `attached`: the clip itself goes along; otherwise its link has to do, and unfolds.
    """
    texts = carried_over(split(with_link(message, attached=attached), TEXT_LIMIT - MENTION))
    video, gallery = message.video if attached else None, message.gallery
    if gallery is not None and gallery.path:
        video = Video("", gallery.name, gallery.path, alt=gallery.alt)
    last = len(texts) - 1
    found = []
    for place, text in enumerate(texts):
        ends = place == last
        found.append(
            Piece(
                content=text,
                rows=message.buttons if ends else (),
                file=video.path if video and ends else "",
                name=video.name if video and ends else "",
                alt=video.alt[:ALT_LIMIT] if video and ends else "",
                document=message.document if ends else "",
                silent=message.silent or not ends,
                ping=message.user if ends and not message.silent else "",
                reply_to=message.reply_to if place == 0 else "",
                refers_to=refers_to if place == 0 else "",
                nonce=nonce if ends else f"{nonce[: NONCE_LIMIT - 2]}-{place}",
            )
        )
    return found


def with_link(message: Outbound, *, attached: bool) -> str:
    """The words with the link of the clip where that is not there itself. Words that name it beside
    the clip have it in angle brackets, which unfolds no second player."""
    text, video = message.text, message.video
    if video is None or not video.url:
        return text
    if attached:
        quiet = f"<{video.url}>"
        return text if quiet in text else text.replace(video.url, quiet)
    return text if video.url in text else f"{text}\n{video.url}".strip()


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in parts that each fit, cut at a paragraph, line, sentence or word; at least one
    part."""
    parts = []
    while len(text) > limit:
        head, text = _cut(text, limit)
        parts.append(head)
    return [*parts, text] if text or not parts else parts


def headed(text: str, limit: int = TEXT_LIMIT) -> str:
    """As much of the text as fits one message that is edited in place."""
    return text if len(text) <= limit else _cut(text, limit - 2)[0] + "\n…"


def _cut(text: str, limit: int) -> tuple[str, str]:
    head = text[: limit + 1]
    for mark in MARKS:
        end = head.rfind(mark, limit // 2, limit)
        if end > 0:
            return text[: end + len(mark.strip())].rstrip(), text[end + len(mark) :].lstrip("\n")
    return text[:limit], text[limit:]


def spoken(words: str) -> str:
    """The language of words of ours."""
    return language_of(words) or "en"


LABEL_LIMIT = 80
URL_LIMIT = 512
PER_ROW = 5
ROWS = 5

TEMPLATE = codec.DATA.pattern
"""Ids made by us."""

FOREIGN = rf"(?!{TEMPLATE})[\s\S]*"
"""All other ids: made by somebody else, and answered with words."""


def arranged(rows: tuple[tuple[Button, ...], ...]) -> list[list[Button]]:
    """The rows as Discord can show them: five of five, each id once; what does not fit is left
    out."""
    seen: set[str] = set()
    shown: list[list[Button]] = []
    for row in rows:
        fresh = []
        for button in row:
            key = button.url or codec.to_data(button)
            if key not in seen and len(key) <= URL_LIMIT:
                seen.add(key)
                fresh.append(button)
        shown += [fresh[start : start + PER_ROW] for start in range(0, len(fresh), PER_ROW)]
    return shown[:ROWS]


def label(button: Button) -> str:
    """What stands on the button; an empty label is refused by Discord."""
    words = button.label.strip() or "…"
    return words if len(words) <= LABEL_LIMIT else words[: LABEL_LIMIT - 1] + "…"
