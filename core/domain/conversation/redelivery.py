"""Where words go to which no way led, once the user for whom they are is back."""

from dataclasses import replace

from core.messages import Inbound, Outbound


def returned(owed: Outbound, inbound: Inbound) -> Outbound:
    """The owed words on the way that this message opens; the old way once more where it opens none.

    Elsewhere among others they are for their owner's eyes only: who stands by there has not seen
    what was asked."""
    opens = inbound.ticket is not None or inbound.private
    if owed.user != inbound.user or not opens:
        return owed
    if owed.address == inbound.address:
        return replace(owed, ticket=inbound.ticket)
    place = inbound.aside or inbound.address
    return replace(
        owed,
        address=place,
        ticket=inbound.ticket,
        reply_to="",
        discreet=owed.discreet or not inbound.private,
    )
