"""Edits in place: through the token that made the message, or by the bot's own right; never counted, never ringing."""

from collections.abc import Awaitable, Callable

import discord

from bots.discord.delivery.errors import Blocked, Disliked, translated
from bots.discord.delivery.ways import NOBODY, ORIGINAL, Keyboard, webhook
from bots.discord.translate import Grant, Handle, headed, language, with_link
from core.adapter import NoSuchMessage, Refused
from core.i18n import text
from core.messages import Outbound

EDITABLE_SECONDS = 3600.0
"""Edits of messages older than an hour have a narrow limit of their own (30046): a new status is better then."""

Change = Callable[[str], Awaitable[None]]


async def edit(client: discord.Client, message: Outbound, handle: Handle, grant: Grant | None, now: float) -> Handle:
    """Change the message behind a handle; `grant` only while it lives. Raises NoSuchMessage where nothing can."""
    words = headed(with_link(message, attached=False))
    for change in _changes(client, message, handle, grant, now):
        try:
            try:
                await change(words)
            except Disliked:
                await change(text("discord.moderated", language(message)))
        except Blocked:
            continue
        except Disliked:
            raise Refused("the moderation of the server refuses it") from None
        return handle
    raise NoSuchMessage(handle.message)


def _changes(
    client: discord.Client, message: Outbound, handle: Handle, grant: Grant | None, now: float
) -> list[Change]:
    view = Keyboard(message.buttons) if message.buttons else None
    ways: list[Change] = []
    if grant is not None and grant.interaction == handle.interaction:
        name = ORIGINAL if handle.original else int(handle.message)

        async def by_token(words: str, grant: Grant = grant) -> None:
            with translated(repeatable=True):
                await webhook(client, grant).edit_message(name, content=words, view=view, allowed_mentions=NOBODY)

        ways.append(by_token)
    age = now - discord.utils.snowflake_time(int(handle.message)).timestamp()
    if not handle.hidden and age < EDITABLE_SECONDS:

        async def by_right(words: str) -> None:
            there = client.get_partial_messageable(int(handle.channel)).get_partial_message(int(handle.message))
            with translated(repeatable=True):
                await there.edit(content=words, view=view, allowed_mentions=NOBODY)

        ways.append(by_right)
    return ways
