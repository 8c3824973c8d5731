"""Where words go to which no way led, once the user for whom they are is back."""

from dataclasses import replace
from enum import Enum, auto

from core.messages import Inbound, Outbound, Presence


class Returns(Enum):
    """For whom a message opens a way."""

    NOBODY = auto()
    USER = auto()
    """For who wrote it: all that is owed to them on their platform."""
    PLACE = auto()
    """For a place that is open again: all that is owed there."""


def returns(inbound: Inbound) -> Returns:
    """Who is back; of somebody whom the platform hides that is not known."""
    if inbound.sender.masked:
        return Returns.NOBODY
    match inbound.happened:
        case Presence(present=present):
            return Returns.PLACE if present else Returns.NOBODY
    return Returns.USER


def returned(owed: Outbound, inbound: Inbound) -> Outbound:
    """The owed words on the way that this message opens; the old way once more where it opens none.

    Elsewhere among others they are for their owner's eyes only: who stands by there has not seen
    what was asked."""
    opens = inbound.ticket is not None or inbound.place.private
    if owed.user != inbound.user or not opens:
        return owed
    if owed.address == inbound.address:
        return replace(owed, to=replace(owed.to, ticket=inbound.ticket))
    place = inbound.place.aside or inbound.address
    to = replace(
        owed.to,
        address=place,
        ticket=inbound.ticket,
        reply_to="",
        discreet=owed.discreet or not inbound.place.private,
    )
    return replace(owed, to=to)
