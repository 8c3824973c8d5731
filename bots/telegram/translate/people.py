"""Who reads a message: what is for one person's eyes goes to that person's own chat."""

from dataclasses import replace

from core.messages import Address, Outbound

PLATFORM = "telegram"

STAND_INS = frozenset({1087968824, 136817688, 777000})
"""Accounts of Telegram's own that stand for others (Bot API, Message.from): whoever writes in the
name of a group, or of a channel, and what a channel's posts come from."""


def to_its_reader(message: Outbound) -> Outbound:
    """A discreet message, out of the group that it is addressed to: nothing there is hidden from
    the others.

    Whoever stands for others has no chat of their own."""
    user = message.user
    person = user.isdecimal() and int(user) not in STAND_INS
    if not (message.discreet and person and message.address.chat.startswith("-")):
        return message
    to = replace(message.to, address=Address(PLATFORM, user), reply_to="")
    return replace(message, to=to)
