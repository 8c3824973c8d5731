"""Owed words go the way that a new message of their owner opens, and are seen by nobody else."""

import pytest

from core.domain.conversation.arrival import Redelivery, redelivered, redelivery
from core.messages import Address, Inbound, Outbound, Presence, Ticket
from tests import messages
from tests.outgoing import altered, outgoing

CHAT, OTHER, ASIDE = (
    Address("fake", "chat-1"),
    Address("fake", "chat-2"),
    Address("fake", "thread-3"),
)
TICKET = Ticket("use", 5.0, "secret")
OWED = outgoing(CHAT, "Your video", user="u", reply_to="m0")


def said(address: Address, **more: object) -> Inbound:
    return messages.asked("m1", "u", address, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inbound", "found"),
    [
        (messages.changed(said(CHAT, ticket=TICKET), user="somebody else"), OWED),
        (said(OTHER, private=False), OWED),
        (said(CHAT, private=False), OWED),
        (said(CHAT, ticket=TICKET), altered(OWED, ticket=TICKET)),
        (said(CHAT, private=True), OWED),
        (said(OTHER, private=True), altered(OWED, address=OTHER, reply_to="")),
        (
            said(OTHER, private=False, ticket=TICKET),
            altered(OWED, address=OTHER, ticket=TICKET, reply_to="", discreet=True),
        ),
        (said(OTHER, private=True, aside=ASIDE), altered(OWED, address=ASIDE, reply_to="")),
    ],
)
def test_owed_words_take_the_way_that_is_open(inbound: Inbound, found: Outbound) -> None:
    assert redelivered(OWED, inbound) == found


def test_what_was_for_its_owners_eyes_stays_so() -> None:
    assert redelivered(altered(OWED, discreet=True), said(OTHER, private=True)).discreet


@pytest.mark.parametrize(
    ("inbound", "who"),
    [
        (said(CHAT), Redelivery.USER),
        (said(CHAT, private=False), Redelivery.USER),
        (said(CHAT, what=Presence(True)), Redelivery.PLACE),
        (said(CHAT, what=Presence(False)), Redelivery.NOBODY),
        (said(CHAT, private=False, masked=True), Redelivery.NOBODY),
    ],
)
def test_who_is_back(inbound: Inbound, who: Redelivery) -> None:
    assert redelivery(inbound) is who
