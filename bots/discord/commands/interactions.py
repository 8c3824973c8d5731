"""Where everything that people ask through an interaction is handed in; the adapter implements
it."""

from typing import Any, Protocol

import discord

from bots.discord.translate import Asked

Use = discord.Interaction[Any]
"""One use of a command, button or form."""


class Desk(Protocol):
    """The first answer is due within three seconds, so each of these gives it before anything
    else."""

    async def take(self, use: Use, asked: Asked) -> None:
        """Acknowledge, save what cannot be fetched again, and hand the request on."""
        ...

    async def open(self, use: Use, form: discord.ui.Modal) -> None:
        """Answer with a form: that is possible only as the first answer."""
        ...

    async def excuse(self, use: Use, key: str) -> None:
        """Answer with a phrase of [discord], for the user's eyes only, where there is nothing to
        hand on."""
        ...
