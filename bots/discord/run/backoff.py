"""How long the bot waits before it knocks at Discord's gateway again."""

from discord.backoff import ExponentialBackoff

LONGEST = 30.0
"""Seconds. The library doubles its pause with every line that breaks within half an hour of the one
before, up to a quarter of an hour: after an evening of a bad line the bot would be deaf so
long."""


class Prompt(ExponentialBackoff[bool]):
    """The library's pauses, none of them longer than people wait."""

    def delay(self) -> float:
        """Seconds until the next try."""
        return min(super().delay(), LONGEST)
