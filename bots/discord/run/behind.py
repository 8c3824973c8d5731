"""Which chats may be behind, and since when."""

from collections.abc import Mapping
from datetime import UTC, datetime

import discord

from bots.discord.translate import address_of, guild_of, parent_of
from core.adapter import Heard
from core.messages import Address

LATELY = 900.0
"""Seconds. Where nobody has spoken to the bot yet it looks back so far: longer than a deploy, or a
fall, takes."""
Place = discord.TextChannel | discord.VoiceChannel | discord.Thread


def since(heard: Heard) -> int:
    """The id after which a chat is behind."""
    return heard.last or discord.utils.time_snowflake(datetime.fromtimestamp(heard.at, UTC))


def above(chats: Mapping[Address, Heard]) -> dict[Address, Heard]:
    """The channels in which the requests of these threads were made: read up to the latest message
    that began one.

    A thread has the id of the message under which it hangs.
    """
    found: dict[Address, Heard] = {}
    for address, heard in chats.items():
        parent = parent_of(address)
        if parent:
            channel = address_of(guild_of(address), parent)
            known = found.get(channel) or chats.get(channel) or Heard(0, 0.0)
            found[channel] = Heard(max(known.last, int(address.chat)), max(known.at, heard.at))
    return found


def unheard(guild: discord.Guild, known: set[int], now: float, most: int) -> dict[Address, Heard]:
    """Channels and threads where something was said lately, and never to the bot: it may have been
    the first time.

    At most so many, those with the latest news first.

    Those it may not read are left out, since asking would only be refused. Direct chats that are
    unknown cannot be found: Discord lists none for a bot."""
    since = discord.utils.time_snowflake(datetime.fromtimestamp(now - LATELY, UTC))
    places: list[Place] = [*guild.text_channels, *guild.voice_channels, *guild.threads]
    lately = [
        it
        for it in places
        if (it.last_message_id or 0) > since and it.id not in known and _may_read(it)
    ]
    lately.sort(key=lambda it: it.last_message_id or 0, reverse=True)
    return {address_of(guild.id, it.id): Heard(since, now - LATELY) for it in lately[:most]}


def _may_read(place: Place) -> bool:
    if isinstance(place, discord.Thread) and place.parent is None:
        return False  # its rights are those of a channel that the bot does not see
    rights = place.permissions_for(place.guild.me)
    return rights.view_channel and rights.read_message_history


def shard_of(client: discord.Client, address: Address) -> int:
    """The shard that tells of a chat: its server's, or the first for direct chats (Discord,
    "Sharding")."""
    return ((guild_of(address) or 0) >> 22) % (client.shard_count or 1)


def is_inside(client: discord.Client, address: Address) -> bool:
    """Whether the bot may be a member there; asking in a server where it is not would only be
    refused."""
    guild = guild_of(address)
    return guild is None or client.get_guild(guild) is not None
