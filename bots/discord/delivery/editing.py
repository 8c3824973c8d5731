"""Edits in place: through the token that made the message, or by the bot's own right; never
counted, never ringing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import discord

from bots.discord.delivery.errors import RIGHT_MISSING, Blocked, Disliked, TooBig, translated
from bots.discord.delivery.pictures import to_file
from bots.discord.delivery.ways import NOBODY, ORIGINAL, Keyboard, webhook
from bots.discord.translate import Grant, Handle, headed, headline, language, to_embed, with_link
from core.adapter import NoSuchMessage, Refused
from core.i18n import text
from core.messages import Outbound

EDITABLE_SECONDS = 3600.0
"""Edits of messages older than an hour have a narrow limit of their own (30046): a new status is
better then."""


@dataclass(frozen=True, slots=True)
class Face:
    """What an edit shows: words, a card, and the picture for it where it is not there yet."""

    words: str
    card: discord.Embed | None = None
    picture: bytes = b""


Change = Callable[[Face], Awaitable[None]]


async def edit(
    client: discord.Client,
    message: Outbound,
    handle: Handle,
    grant: Grant | None,
    now: float,
    picture: bytes = b"",
) -> Handle:
    """Change the message behind a handle; `grant` only while it lives. Raises NoSuchMessage where
    nothing can.

    `picture` is the preview for the card, if the message does not carry it yet.
    """
    face = _face(message, now, pictured=handle.pictured, picture=picture)
    for change in _changes(client, message, handle, grant, now):
        try:
            shown = await _shown(change, face, message)
        except Blocked:
            continue
        except Disliked:
            raise Refused("the moderation of the server refuses it") from None
        return replace(
            handle, pictured=shown.card is not None and (handle.pictured or bool(shown.picture))
        )
    raise NoSuchMessage(handle.message)


def _face(message: Outbound, now: float, *, pictured: bool, picture: bytes) -> Face:
    card = None
    if message.card is not None:
        card = to_embed(message.card, language(message), now, pictured=pictured or bool(picture))
    return Face(
        headed(with_link(replace(message, text=headline(message)), attached=False)), card, picture
    )


async def _shown(change: Change, face: Face, message: Outbound) -> Face:
    """Change, and again with less where Discord refuses a part of it; what stands there in the
    end."""
    try:
        await change(face)
    except Disliked:
        face = Face(text("discord.moderated", language(message)))
    except TooBig:
        if not face.picture:
            raise Refused("too large") from None
        face = Face(headed(message.text))
    except Blocked as blocked:
        if face.card is None or blocked.code != RIGHT_MISSING:
            raise
        face = Face(headed(message.text))
    else:
        return face
    await change(face)
    return face


def _changes(
    client: discord.Client, message: Outbound, handle: Handle, grant: Grant | None, now: float
) -> list[Change]:
    view = Keyboard(message.buttons) if message.buttons else None
    ways: list[Change] = []
    if grant is not None and grant.interaction == handle.interaction:
        name = ORIGINAL if handle.original else int(handle.message)

        async def by_token(face: Face, grant: Grant = grant) -> None:
            with translated(repeatable=True):
                await webhook(client, grant).edit_message(
                    name, view=view, **_arguments(face, message, handle)
                )

        ways.append(by_token)
    age = now - discord.utils.snowflake_time(int(handle.message)).timestamp()
    if not handle.hidden and age < EDITABLE_SECONDS:

        async def by_right(face: Face) -> None:
            there = client.get_partial_messageable(int(handle.channel)).get_partial_message(
                int(handle.message)
            )
            with translated(repeatable=True):
                await there.edit(view=view, **_arguments(face, message, handle))

        ways.append(by_right)
    return ways


def _arguments(face: Face, message: Outbound, handle: Handle) -> dict[str, Any]:
    """Words and card. An edit that names no files keeps them; without its card a picture would
    stand there large."""
    given: dict[str, Any] = {"content": face.words, "embeds": [face.card] if face.card else []}
    if face.card is None and handle.pictured:
        given["attachments"] = []
    elif face.picture:
        given["attachments"] = [to_file(face.picture, language(message))]
    return given | {"allowed_mentions": NOBODY}
