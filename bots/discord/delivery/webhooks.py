"""The way back that the token of an interaction opens."""

from typing import Any

import discord

from bots.discord.translate import Grant

NOBODY = discord.AllowedMentions.none()
ORIGINAL: Any = "@original"
"""The library types a message's id as a number; Discord takes this name in its place."""


def webhook(client: discord.Client, grant: Grant) -> discord.Webhook:
    """The way back that an interaction's token opens, from stored text.

    A partial one is of a kind that may not post ephemeral messages, until it is told what it is."""
    found = discord.Webhook.partial(int(grant.application), grant.token, client=client)
    found.type = discord.WebhookType.application
    return found
