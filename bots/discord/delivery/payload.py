"""What a piece is to the library: its buttons, files and embeds, and whom it may ring for."""

import io

import discord
from discord import ui

from bots import codec
from bots.discord.delivery.pictures import to_file
from bots.discord.delivery.webhooks import NOBODY
from bots.discord.translate import Piece, arranged, label, spoken
from core.messages import Button


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
    found = []
    if piece.file:
        name = piece.name or "video.mp4"
        found.append(discord.File(piece.file, name, description=piece.alt or None))
    if piece.document:
        found.append(discord.File(io.BytesIO(piece.document.encode()), "mydata.json"))
    if piece.picture:
        found.append(to_file(piece.picture, spoken(piece.content)))
    return found


def cards(piece: Piece) -> list[discord.Embed]:
    """The embeds of a piece: its card, where there is one."""
    return [piece.card] if piece.card else []


def rung(piece: Piece) -> discord.AllowedMentions:
    """Nobody but the requester is ever pinged, whatever names the words contain."""
    if not piece.ping:
        return NOBODY
    return discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(int(piece.ping))], replied_user=True
    )
