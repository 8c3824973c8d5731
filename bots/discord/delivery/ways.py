"""The ways of answering, each on its own: the original response, a follow-up, the channel, a direct
message.

All of them take a `Piece` and return the `Handle` of what is there now, or raise Blocked when the
next one has to do."""

import io
from dataclasses import replace
from typing import Any, Protocol

import discord
from discord import ui

from bots import codec
from bots.discord.delivery.errors import Blocked, translated
from bots.discord.delivery.pictures import to_file
from bots.discord.translate import (
    FILE_LIMIT,
    Grant,
    Handle,
    Piece,
    arranged,
    label,
    spoken,
)
from core.adapter import Blame, Refused
from core.messages import Button

NOBODY = discord.AllowedMentions.none()
ORIGINAL: Any = "@original"
"""The library types a message's id as a number; Discord takes this name in its place."""


class Way(Protocol):
    """One way; `limit` in bytes is what a file may have there."""

    limit: int

    async def post(self, piece: Piece) -> Handle:
        """Post one piece. Raises Blocked, TooBig, Disliked or a DeliveryError."""
        ...


class Keyboard(ui.View):
    """Buttons that are only shown: presses are caught by their ids, so the library need not
    remember the view."""

    def __init__(self, rows: tuple[tuple[Button, ...], ...]) -> None:
        super().__init__(timeout=None)
        for number, row in enumerate(arranged(rows)):
            for button in row:
                self.add_item(_shown(button, number))

    def is_dispatchable(self) -> bool:
        """Not kept in memory."""
        return False


def _shown(button: Button, row: int) -> "ui.Button[ui.View]":
    if button.url:
        return ui.Button(label=label(button), url=button.url, row=row)
    return ui.Button(label=label(button), custom_id=codec.to_data(button), row=row)


def files(piece: Piece) -> list[discord.File]:
    """The files of a piece, opened anew for each try; the library closes them."""
    found = [discord.File(piece.file, piece.name or "video.mp4")] if piece.file else []
    if piece.document:
        found.append(discord.File(io.BytesIO(piece.document.encode()), "mydata.json"))
    if piece.picture:
        found.append(to_file(piece.picture, spoken(piece.content)))
    return found


def cards(piece: Piece) -> list[discord.Embed]:
    """The embeds of a piece: its card, where there is one."""
    return [piece.card] if piece.card else []


def seen(handle: Handle, piece: Piece) -> Handle:
    """The handle, remembering that the picture hangs there."""
    return replace(handle, pictured=True) if piece.picture else handle


def just_words(piece: Piece) -> Piece:
    """The same without all that a message may be refused for besides its words, but for what it
    refers to."""
    return replace(
        piece, rows=(), file="", name="", document="", reply_to="", card=None, picture=b""
    )


def rung(piece: Piece) -> discord.AllowedMentions:
    """Nobody but the requester is ever pinged, whatever names the words contain."""
    if not piece.ping:
        return NOBODY
    return discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(int(piece.ping))], replied_user=True
    )


def named(piece: Piece) -> str:
    """The words with the requester's name before them, where nothing else would ring."""
    return (
        f"<@{piece.ping}> {piece.content}" if piece.ping and not piece.reply_to else piece.content
    )


def webhook(client: discord.Client, grant: Grant) -> discord.Webhook:
    """The way back that an interaction's token opens.

    As `Interaction.followup` makes it, but from stored text: `Webhook.partial` makes a kind that
    may not post ephemeral messages, hence the client's own state."""
    data: Any = {"id": grant.application, "type": 3, "token": grant.token}
    return discord.Webhook.from_state(data, state=client._connection)


class FollowUp:
    """A new message through the token; five in all where only the user installed the app."""

    def __init__(self, client: discord.Client, grant: Grant, *, hidden: bool) -> None:
        self._webhook = webhook(client, grant)
        self._grant, self._hidden = grant, hidden
        self.limit = grant.limit

    async def post(self, piece: Piece) -> Handle:
        """Post with the user's name, so that it rings. Follow-ups have no nonce: a lost answer
        stays unclear."""
        with translated(repeatable=False):
            message = await self._webhook.send(
                piece.content if self._hidden else named(piece),
                view=Keyboard(piece.rows) if piece.rows else discord.utils.MISSING,
                embeds=cards(piece),
                files=files(piece),
                ephemeral=self._hidden,
                silent=piece.silent and not self._hidden,
                allowed_mentions=rung(piece),
                wait=True,
            )
        hidden = (
            message.flags.ephemeral
        )  # Discord hides it by itself where external apps are not allowed
        return seen(
            Handle(
                str(message.channel.id), str(message.id), self._grant.interaction, hidden=hidden
            ),
            piece,
        )


class Original:
    """The deferred answer, filled in: not counted, and silent. What does not fit into it follows
    it."""

    def __init__(self, client: discord.Client, grant: Grant, rest: Way) -> None:
        self._webhook = webhook(client, grant)
        self._grant, self._rest, self._filled = grant, rest, False
        self.limit = grant.limit

    async def post(self, piece: Piece) -> Handle:
        """Edit the answer that says "thinking…"; later pieces go the way of the `rest`."""
        if self._filled:
            return await self._rest.post(piece)
        with translated(repeatable=True):
            message = await self._webhook.edit_message(
                ORIGINAL,
                content=piece.content,
                embeds=cards(piece),
                view=Keyboard(piece.rows) if piece.rows else None,
                attachments=files(piece),
                allowed_mentions=NOBODY,
            )
        self._filled = True
        place = str(message.channel.id), str(message.id), self._grant.interaction
        return seen(Handle(*place, original=True, hidden=message.flags.ephemeral), piece)


class InChannel:
    """A message by the bot's own right, with a nonce: a repeat within minutes returns the first
    one.

    `place` is the channel whose rights count.
    """

    def __init__(self, client: discord.Client, channel: int, guild: int | None) -> None:
        self._channel = client.get_partial_messageable(channel, guild_id=guild)
        server = client.get_guild(guild) if guild else None
        self._guild, self.place = guild, channel
        self.limit = server.filesize_limit if server else FILE_LIMIT

    async def post(self, piece: Piece) -> Handle:
        """Post as an answer to the user's message, or naming the user."""
        try:
            return await self._post(piece)
        except Refused as refused:
            above = piece.reply_to or piece.refers_to
            if not above or not (refused.blame is Blame.REPLY or piece == just_words(piece)):
                raise
        return await self._post(replace(piece, reply_to="", refers_to=""))

    async def _post(self, piece: Piece) -> Handle:
        above = piece.reply_to or piece.refers_to
        answered = discord.MessageReference(
            message_id=int(above or 0), channel_id=self._channel.id, fail_if_not_exists=False
        )
        with translated(repeatable=True):
            message = await self._channel.send(
                named(piece) if self._guild else piece.content,
                view=Keyboard(piece.rows) if piece.rows else None,  # type: ignore[arg-type]  # its stubs forget None
                embeds=cards(piece),
                files=files(piece),
                silent=piece.silent,
                nonce=piece.nonce,
                reference=answered if above else None,  # type: ignore[arg-type]
                allowed_mentions=rung(piece),
            )
        return seen(Handle(str(message.channel.id), str(message.id)), piece)


class Direct:
    """A direct message: for what is private, and where the bot may not write."""

    limit = FILE_LIMIT

    def __init__(self, client: discord.Client, user: int) -> None:
        self._client, self._user = client, user

    async def post(self, piece: Piece) -> Handle:
        """Open the direct chat and post there; it rings by itself."""
        try:
            with translated(repeatable=True):
                channel = await self._client.create_dm(discord.Object(self._user))
        except Refused:
            raise Blocked(0) from None  # there was no message in it that could be disliked
        return await InChannel(self._client, channel.id, None).post(
            replace(piece, reply_to="", refers_to="")
        )
