"""The card under a running status: the way, a bar, the place in the queue, the time left, and the
user's photo.

It is an embed and no container of components v2. A message with v2 components may hold neither
words nor embeds, and it can never go back: but the deferred answer that shows the status may have
to become plain words at any time (a result that fits into it, the moderation's neutral sentence,
the last minute of its token, a channel without Embed Links). An embed comes and goes with an edit.
What is going on stands in the message itself, so that it is read out, quoted and shown also where
somebody has switched embeds off; the card holds what can be missed."""

import discord

from core.i18n import text
from core.messages import Card, Outbound

PREVIEW = "preview.jpg"
"""The name under which the picture hangs on the message; an edit that names it again keeps it
without an upload."""

COLOUR = 0x5865F2
BAR = 12
"""Steps of the bar."""


def to_embed(card: Card, language: str, now: float, *, pictured: bool) -> discord.Embed | None:
    """The card, or None where it would be empty. `pictured` says that the message carries the
    picture."""
    lines = _lines(card, language, now)
    if not lines and not pictured:
        return None
    embed = discord.Embed(colour=COLOUR, description="\n".join(lines) or None)
    return embed.set_thumbnail(url=f"attachment://{PREVIEW}") if pictured else embed


def headline(message: Outbound) -> str:
    """The words above the card: what it does not say itself."""
    return message.card.phase if message.card else message.text


def _lines(card: Card, language: str, now: float) -> list[str]:
    time = card.time
    if card.expected > now:
        # Discord counts this down by itself, in each reader's own language
        time = text("discord.expected", language, when=f"<t:{round(card.expected)}:R>")
    bar = "" if card.percent is None else to_bar(card.percent)
    return [line for line in (_way(card), bar, card.queue, time) if line]


def _way(card: Card) -> str:
    """`✅ Photos  ✅ Upload  ▶️ Video  ▫️ MP4`."""
    marks = (
        "✅" if place < card.reached else "▶️" if place == card.reached else "▫️"
        for place in range(99)
    )
    return "\u2002".join(f"{mark} {stage}" for mark, stage in zip(marks, card.stages, strict=False))


def to_bar(percent: int) -> str:
    """`▰▰▰▰▰▱▱▱▱▱▱▱ 40 %`."""
    known = min(max(percent, 0), 100)
    full = known * BAR // 100
    return f"{'▰' * full}{'▱' * (BAR - full)} {known} %"
