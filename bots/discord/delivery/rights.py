"""Which rights the bot lacks in a channel, in words that tell an admin what to grant."""

from collections.abc import Callable

import discord

from core.i18n import text

NEEDED = ("view_channel", "send_messages", "attach_files", "embed_links", "read_message_history")
"""Rights without which answers come another way, or poorer; as the library names them."""

IN_THREADS = "send_messages_in_threads"
CARDS, FILES, THREADS = "embed_links", "attach_files", "create_public_threads"


HINT_SECONDS = 24 * 3600.0
"""Between two hints about the same right in one channel."""


class Hints:
    """Rights that were found missing where the bot can still answer: named with the next answer
    there, once a day."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._missing: dict[int, set[str]] = {}
        self._told: dict[tuple[int, str], float] = {}

    def note(self, channel: int, right: str) -> None:
        """This right is missing there."""
        now = self._clock()
        self._told = {key: at for key, at in self._told.items() if now - at < HINT_SECONDS}
        if (channel, right) not in self._told:
            self._missing.setdefault(channel, set()).add(right)

    def about(self, channel: int, language: str) -> str:
        """The sentence that is due in a channel; empty where there is none."""
        lacking = sorted(self._missing.get(channel, ()))
        return named(lacking, channel, language, "discord.would_help") if lacking else ""

    def told(self, channel: int) -> None:
        """It stands there now."""
        for right in self._missing.pop(channel, set()):
            self._told[channel, right] = self._clock()


def named(lacking: list[str], channel: int, language: str, key: str) -> str:
    """A sentence with the channel and what to grant there."""
    names = text("draft.comma", language).join(
        text(f"discord.right_{right}", language) for right in lacking
    )
    return text(key, language, channel=f"<#{channel}>", rights=names)


def hint(client: discord.Client, channel: int, language: str, *, only: str = "") -> str:
    """One sentence with the channel and the missing rights; `only` where it is known which one was
    refused."""
    lacking = [only] if only else missing(client, channel)
    return named(lacking, channel, language, "discord.cannot_write")


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
