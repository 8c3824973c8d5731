"""What may have been missed while the bot was away: how far a chat was taken in."""

from core.domain.spans import DAY
from core.messages import Inbound, Said

LOOKED_BACK = DAY
"""Seconds for which a group is looked through that nobody waits in."""


def moves_on(inbound: Inbound) -> bool:
    """Whether this says how far a chat was taken in. Only messages do: a command that overtakes a
    message still on its way must not hide it."""
    said = inbound.addressed or isinstance(inbound.happened, Said)
    return bool(inbound.message) and said
