"""What is posted, in one line each: the one place where tests build it."""

from dataclasses import replace
from typing import Any

from core.messages import (
    Address,
    Outbound,
    Recipient,
    Single,
    Status,
    Subject,
    Toast,
    Words,
)

OF_WORDS = ("text", "buttons", "spans")
OF_RECIPIENT = ("address", "user", "language", "ticket", "reply_to", "discreet")
OF_MANNER = ("slot", "silent", "working", "card", "over", "toast")
OF_SUBJECT = ("job", "last", "receipt")


def outgoing(
    address: Address, text: str, media: Any = None, buttons: Any = (), **more: Any
) -> Outbound:
    """A message that rings, with other parts, wherever in it they are."""
    return altered(Outbound(Recipient(address), Words(text, buttons), media), **more)


def altered(message: Outbound, **more: Any) -> Outbound:
    """The same with other parts, wherever in it they are."""
    words = {name: more.pop(name) for name in OF_WORDS if name in more}
    to = {name: more.pop(name) for name in OF_RECIPIENT if name in more}
    manner = {name: more.pop(name) for name in OF_MANNER if name in more}
    subject = {name: more.pop(name) for name in OF_SUBJECT if name in more}
    return replace(
        message,
        to=replace(message.to, **to),
        words=replace(message.words, **words),
        manner=_manner(message, manner) if manner else message.manner,
        about=_subject(message, subject) if subject else message.about,
        **more,
    )


def _manner(message: Outbound, other: dict[str, Any]) -> Single | Status | Toast:
    """A status where it has a slot, unless it is a toast."""
    known = {name: getattr(message, name) for name in OF_MANNER} | other
    if known.pop("toast"):
        return Toast()
    if known["slot"]:
        return Status(**known)
    assert {"working", "card", "over"}.isdisjoint(name for name in other if other[name]), (
        "a status alone"
    )
    return Single(known["silent"])


def _subject(message: Outbound, other: dict[str, Any]) -> Subject | None:
    if other.get("job", message.job) is None:
        return None
    return replace(message.about or Subject(0), **other)
