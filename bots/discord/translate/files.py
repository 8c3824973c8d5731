"""Files of people as references: `discord:…` can be fetched again through its message, `spool:…`
was saved by us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import discord

from core import sanitize as harmless
from core.messages import Attachment

AGAIN = "discord:"
SAVED = "spool:"
UNSAVED = "unsaved:"
"""A file too large for any profile: it is not saved, and the core refuses it by its size."""

PLACE = re.compile(rf"{AGAIN}([0-9]{{1,20}})/([0-9]{{1,20}})/([0-9]{{1,20}})")
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as Discord describes it. The link in `url` is signed and runs out; name and type are
    only claims.

    `bytes` is None for a picture of a preview, of which Discord does not say how large it is.
    """

    id: int
    name: str
    mime: str
    bytes: int | None
    url: str = field(repr=False)
    width: int | None = None
    height: int | None = None


def sent(file: discord.Attachment) -> Sent:
    """The library's attachment in our words."""
    name = harmless.name(file.filename)
    return Sent(
        file.id, name, file.content_type or "", file.size, file.url, file.width, file.height
    )


def sent_json(file: dict[str, Any]) -> Sent:
    """The same from the raw payload of a form."""
    mime = file.get("content_type") or ""
    size = (file.get("width"), file.get("height"))
    return Sent(
        int(file["id"]), harmless.name(file["filename"]), mime, file["size"], file["url"], *size
    )


def files_of(message: discord.Message) -> tuple[Sent, ...]:
    """What a message carries, the files of a forwarded message included, or else the pictures shown
    in that."""
    shots = message.message_snapshots
    if not (shots or message.attachments):
        return ()
    forwarded = (file for shot in shots for file in shot.attachments)
    found = tuple(sent(file) for file in (*message.attachments, *forwarded))
    return found or _pictures([embed for shot in shots for embed in shot.embeds])


def shown_by(message: discord.Message) -> tuple[Sent, ...]:
    """What somebody means who points at a message: its files, or else the pictures shown in it.

    In a message of one's own such a picture is that of a link in its words, which is read by
    itself."""
    return files_of(message) or _pictures(message.embeds)


def _pictures(embeds: Sequence[discord.Embed]) -> tuple[Sent, ...]:
    """The pictures of previews, by Discord's own copies. A page's small picture is none that
    anybody has chosen."""
    found = []
    for number, embed in enumerate(embeds, 1):
        part = embed.thumbnail if embed.type == "image" else embed.image
        url = part.proxy_url or part.url
        if embed.type in ("image", "rich") and url and url.startswith(("https://", "http://")):
            name = harmless.name(unquote(urlsplit(part.url or url).path.rpartition("/")[2]))
            found.append(Sent(number, name, "", None, url, part.width or None, part.height or None))
    return tuple(found)


def to_attachment(file: Sent, ref: str) -> Attachment:
    """A reference with what the sender claims about the file."""
    return Attachment(ref, file.name, file.mime, file.bytes, file.width, file.height)


def again(message: discord.Message, files: Sequence[Sent]) -> tuple[Attachment, ...]:
    """References that lead back to the message, for a fresh link when the old one has run out."""
    if not files:
        return ()
    place = f"{AGAIN}{message.channel.id}/{message.id}"
    return tuple(to_attachment(file, f"{place}/{file.id}") for file in files)


def place_of(ref: str) -> tuple[int, int, int] | None:
    """Channel, message and attachment that a `discord:` reference names."""
    found = PLACE.fullmatch(ref)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def ending(name: str) -> str:
    """The ending of a file's name where it is a harmless one: nothing else of a name decides what
    we call a file."""
    found = ENDING.search(name)
    return found[0].lower() if found else ""
