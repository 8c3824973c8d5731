"""What is asked of Discord, one request or two for each way; nothing is decided here."""

from collections.abc import AsyncIterator
from typing import Any, assert_never

import discord

from bots.discord.delivery.errors import translated
from bots.discord.delivery.opening import Opener
from bots.discord.delivery.payload import Keyboard, cards, files, rung
from bots.discord.delivery.pictures import to_file
from bots.discord.delivery.planning import Blocked, Kind, Post, Scene
from bots.discord.delivery.webhooks import NOBODY, ORIGINAL, webhook
from bots.discord.translate import (
    Grant,
    Handle,
    Piece,
)
from core.adapter import Refused

LOOKED_AT = 100
"""Messages of a channel that are looked through for words which may be there already."""


class Transport:
    """One client, and what opens the threads of requests."""

    def __init__(self, client: discord.Client, opener: Opener) -> None:
        self._client, self._opener = client, opener

    async def ask(self, scene: Scene, post: Post) -> Handle | None:
        """Do it, and return what is there now; None for what leaves no message.

        Raises Blocked, TooBig, Disliked or a DeliveryError."""
        match post.way.kind:
            case Kind.ORIGINAL:
                return await self._fill_in(_grant(scene), post.piece)
            case Kind.FOLLOW_UP:
                return await self._follow_up(_grant(scene), post)
            case Kind.THREAD:
                thread = scene.here.channel
                await self._opener.open(self._client, thread, scene.ground.channel)
                return await self._write(thread, scene.guild, post.piece)
            case Kind.CHANNEL:
                return await self._write(scene.ground.channel, scene.guild, post.piece)
            case Kind.DIRECT:
                return await self._write(await self._chat(scene.user), None, post.piece)
            case Kind.WITHDRAW:
                await self._withdraw(_grant(scene))
                return None
            case Kind.BY_TOKEN | Kind.BY_RIGHT if scene.message.over:
                return await self._take_away(scene, post)
            case Kind.BY_TOKEN | Kind.BY_RIGHT:
                return await self._edit(scene, post)
        assert_never(post.way.kind)

    # New messages

    async def _fill_in(self, grant: Grant, piece: Piece) -> Handle:
        """The deferred answer, filled in: not counted, and silent."""
        with translated(repeatable=True):
            message = await webhook(self._client, grant).edit_message(
                ORIGINAL,
                content=piece.content,
                embeds=cards(piece),
                view=Keyboard(piece.rows) if piece.rows else None,
                attachments=files(piece),
                allowed_mentions=NOBODY,
            )
        return _original(message, grant)

    async def _follow_up(self, grant: Grant, post: Post) -> Handle:
        """A new message through the token; five in all where only the user installed the app.

        Follow-ups have no nonce: a lost answer stays unclear. Discord hides one by itself where
        external apps are not allowed."""
        piece = post.piece
        with translated(repeatable=False):
            message = await webhook(self._client, grant).send(
                piece.content,
                view=Keyboard(piece.rows) if piece.rows else discord.utils.MISSING,
                embeds=cards(piece),
                files=files(piece),
                ephemeral=post.way.hidden,
                silent=piece.silent,
                allowed_mentions=rung(piece),
                wait=True,
            )
        place = str(message.channel.id), str(message.id), grant.interaction
        return Handle(*place, hidden=message.flags.ephemeral)

    async def _write(self, channel: int, guild: int | None, piece: Piece) -> Handle:
        """A message by the bot's own right, with a nonce: a repeat within minutes returns the first
        one."""
        above = int(piece.reply_to or piece.refers_to or 0)
        answered = discord.MessageReference(
            message_id=above, channel_id=channel, fail_if_not_exists=False
        )
        with translated(repeatable=True):
            message = await self._channel(channel, guild).send(
                piece.content,
                view=Keyboard(piece.rows) if piece.rows else None,  # type: ignore[arg-type]  # its stubs forget None
                embeds=cards(piece),
                files=files(piece),
                silent=piece.silent,
                nonce=piece.nonce,
                reference=answered if above else None,  # type: ignore[arg-type]
                allowed_mentions=rung(piece),
            )
        return Handle(str(message.channel.id), str(message.id))

    async def _chat(self, user: int) -> int:
        """The direct chat with somebody, opened if need be."""
        try:
            with translated(repeatable=True):
                return (await self._client.create_dm(discord.Object(user))).id
        except Refused:
            raise Blocked(0) from None  # there was no message in it that could be disliked

    async def _withdraw(self, grant: Grant) -> None:
        with translated(repeatable=True):
            await webhook(self._client, grant).delete_message(ORIGINAL)

    # What is there

    async def _edit(self, scene: Scene, post: Post) -> Handle:
        """Words and card. An edit that names no files keeps them; without its card a picture would
        stand there large."""
        piece, handle = post.piece, scene.handle
        assert handle is not None
        given: dict[str, Any] = {"content": piece.content, "embeds": cards(piece)}
        if piece.card is None and handle.pictured:
            given["attachments"] = []
        elif piece.picture:
            given["attachments"] = [to_file(piece.picture, scene.language)]
        given |= {"view": Keyboard(piece.rows) if piece.rows else None, "allowed_mentions": NOBODY}
        with translated(repeatable=True):
            if post.way.kind is Kind.BY_TOKEN:
                name = ORIGINAL if handle.original else int(handle.message)
                await webhook(self._client, _grant(scene)).edit_message(name, **given)
            else:
                there = self._channel(int(handle.channel), None)
                await there.get_partial_message(int(handle.message)).edit(**given)
        return handle

    async def _take_away(self, scene: Scene, post: Post) -> Handle:
        """A status that has had its day."""
        handle = scene.handle
        assert handle is not None
        with translated(repeatable=True):
            if post.way.kind is Kind.BY_TOKEN:
                name = ORIGINAL if handle.original else int(handle.message)
                await webhook(self._client, _grant(scene)).delete_message(name)
            else:
                there = self._channel(int(handle.channel), None)
                await there.get_partial_message(int(handle.message)).delete()
        return handle

    async def answer_of(self, grant: Grant) -> tuple[discord.WebhookMessage, Handle]:
        """The deferred answer, as it stands there."""
        with translated(repeatable=True):
            message = await webhook(self._client, grant).fetch_message(ORIGINAL)
        return message, _original(message, grant)

    async def own_messages(
        self, channel: int, guild: int | None, after: int
    ) -> AsyncIterator[discord.Message]:
        """Our newest messages in a channel; `after` is the id of one that came before, 0 unknown.

        The library asks for them while they are read: what it raises is translated by the
        caller."""
        since = discord.Object(after) if after else None
        place = self._channel(channel, guild)
        async for message in place.history(limit=LOOKED_AT, after=since, oldest_first=False):
            if message.author == self._client.user:
                yield message

    def _channel(self, channel: int, guild: int | None) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel, guild_id=guild)


def _grant(scene: Scene) -> Grant:
    assert scene.grant is not None, "a way by token comes from one"
    return scene.grant


def _original(message: discord.WebhookMessage, grant: Grant) -> Handle:
    place = str(message.channel.id), str(message.id), grant.interaction
    return Handle(*place, original=True, hidden=message.flags.ephemeral)
