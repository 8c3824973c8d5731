"""Which requests get a thread of their own, what still belongs to one that has just begun, and how
both are named."""

from dataclasses import dataclass, replace

from bots.discord.translate.places import address_of, guild_of
from core.domain import tokens
from core.domain.understanding import (
    Intent,
    asks_for_video,
    intent_by_keywords,
    needs_photo,
)
from core.i18n import text
from core.messages import Command, Inbound

HALF_SECONDS = 600.0
"""So long, photos wait in their thread for words that come in the channel, and words for photos."""

TITLE_LIMIT = 100
"""Characters of a thread's name (Discord, "Start Thread from Message")."""

OTHERWISE = frozenset(
    {
        Intent.EXPORT, Intent.CREDITS, Intent.STATUS, Intent.UNDO, Intent.NEW, Intent.HELP,
        Intent.CANCEL,
        Intent.GREETING, Intent.THANKS,
    }
)  # fmt: skip
"""Words that are no part of a request, even right after a photo."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A request and its thread; what it has got so far, and when (seconds since the epoch)."""

    thread: int
    files: bool
    words: bool
    heard: float


def begins(inbound: Inbound) -> bool:
    """Whether this is a request for a video, not a command or mere talk."""
    if inbound.command is not None:
        return inbound.command is Command.VIDEO
    return bool(inbound.attachments) or asks_for_video(inbound.text) or needs_photo(inbound.text)


def joins(begun: Begun, inbound: Inbound, now: float, together: float) -> bool:
    """Whether this message is a part of the request that its user began in the same channel.

    Within `together` seconds anything is; later, only the half that is still missing.
    """
    words = (
        bool(inbound.text)
        and intent_by_keywords(inbound.text, bool(inbound.attachments)) not in OTHERWISE
    )
    if inbound.command is not None or not (words or inbound.attachments):
        return False
    if now - begun.heard <= together:
        return True
    completes = (inbound.attachments and not begun.files) or (
        words and not begun.words and not inbound.attachments
    )
    return bool(completes) and now - begun.heard <= HALF_SECONDS


def begun_with(thread: int, inbound: Inbound, now: float, before: Begun | None = None) -> Begun:
    """The request after this message."""
    files, words = bool(inbound.attachments), bool(inbound.text)
    if before is not None:
        files, words = files or before.files, words or before.words
    return Begun(thread, files, words, now)


def threaded(inbound: Inbound, thread: int) -> Inbound:
    """The same in a thread under its channel. A ticket answers in the channel, so there is none."""
    channel = int(inbound.address.chat)
    address = address_of(guild_of(inbound.address), thread, channel)
    place = replace(inbound.place, address=address, parent=str(channel))
    return replace(inbound, place=place, ticket=None)


def to_title(words: str, language: str) -> str:
    """The name of a request's thread: what was asked for."""
    line = " ".join(tokens.without_tokens(words).split()) or text("discord.thread", language)
    name = f"🎬 {line}"
    return name if len(name) <= TITLE_LIMIT else f"{name[: TITLE_LIMIT - 1]}…"
