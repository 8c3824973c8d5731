"""Where and when something was said."""

import discord

from core.messages import (
    Address,
)

PLATFORM = "discord"


def said_at(snowflake: int) -> float:
    """When Discord gave a message or an interaction its id, in seconds since the epoch."""
    return ((snowflake >> 22) + discord.utils.DISCORD_EPOCH) / 1000


def server_of(message: discord.Message) -> int | None:
    """The id of the server, also where the library does not know it yet: talk in one never passes
    for a direct chat."""
    if message.guild is not None:
        return message.guild.id
    return getattr(message.channel, "guild_id", None)


def address_of(guild: int | None, channel: int, above: int = 0) -> Address:
    """The chat is the channel; threads and posts are channels of their own.

    The server stands in `thread`: so a restarted bot can tell a direct chat from a channel without
    asking. For a thread that the bot opens for a request the channel `above` it follows, so that an
    answer finds a way also where the thread cannot be opened."""
    place = f"{guild}/{above}" if above else str(guild)
    return Address(PLATFORM, str(channel), place if guild else "")


def guild_of(address: Address) -> int | None:
    """The server of an address, None for direct chats and groups."""
    return int(address.thread.partition("/")[0]) if address.thread else None


def parent_of(address: Address) -> int:
    """The channel above a thread that the bot opens for a request, 0 anywhere else."""
    return int(address.thread.partition("/")[2] or 0)


def above(channel: object) -> str:
    """The channel that a thread or post hangs under, empty anywhere else."""
    return str(channel.parent_id) if isinstance(channel, discord.Thread) else ""


def opened_under(channel: object, me: int) -> int:
    """The same for a thread that the bot itself has opened."""
    return (
        channel.parent_id if isinstance(channel, discord.Thread) and channel.owner_id == me else 0
    )
