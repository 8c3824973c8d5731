"""Which rights the bot lacks in a channel, in words that tell an admin what to grant."""

import discord

from core.i18n import text

NEEDED = ("view_channel", "send_messages", "attach_files", "embed_links", "read_message_history")
"""Rights without which answers come another way, or poorer; as the library names them."""

IN_THREADS = "send_messages_in_threads"
CARDS, FILES, THREADS = "embed_links", "attach_files", "create_public_threads"


def hint(client: discord.Client, channel: int, language: str, *, only: str = "") -> str:
    """One sentence with the channel and the missing rights; `only` where it is known which one was refused."""
    lacking = [only] if only else missing(client, channel)
    names = ", ".join(text(f"discord.right_{right}", language) for right in lacking)
    return text("discord.cannot_write", language, channel=f"<#{channel}>", rights=names)


def lacks(client: discord.Client, channel: int, right: str) -> bool:
    """Whether the bot is known to lack this right in a channel; what is not known is tried."""
    place = client.get_channel(channel)
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return False
    return not getattr(place.permissions_for(place.guild.me), right)


def missing(client: discord.Client, channel: int) -> list[str]:
    """The rights that are lacking as far as is known; the first two where nothing is."""
    place = client.get_channel(channel)
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return list(NEEDED[:2])
    held = place.permissions_for(place.guild.me)
    needed = [IN_THREADS if right == "send_messages" else right for right in NEEDED]
    wanted = needed if isinstance(place, discord.Thread) else NEEDED
    return [right for right in wanted if not getattr(held, right)] or list(NEEDED[:2])
