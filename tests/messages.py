"""What people say and press, as adapters hand it in: the one place where tests build it."""

from dataclasses import replace
from typing import Any

from core.domain.conversation import Decision
from core.messages import (
    Address,
    Album,
    Amended,
    Attachment,
    Called,
    Command,
    Happened,
    Heard,
    Inbound,
    Place,
    Pressed,
    Said,
    Sender,
    Ticket,
)
from core.store import Remembered

OF_SENDER = {"user": "id", "language": "language", "admin": "admin", "masked": "masked"}
OF_PLACE = ("address", "private", "space", "parent", "aside")


def happened(
    id: str, user: str, address: Address, what: Happened, *,
    order: int = 0, at: float = 0.0, message: str = "", ticket: Ticket | None = None,
    language: str = "", admin: bool = False, masked: bool = False,
    private: bool = True, space: str = "", parent: str = "", aside: Address | None = None,
    answers: str = "",
) -> Inbound:  # fmt: skip
    """Any of the things that can happen, in its envelope."""
    sender = Sender(user, language, admin, masked)
    place = Place(address, private, space, parent, aside)
    told = Inbound(id, sender, place, what, order=order, at=at, message=message, ticket=ticket)
    return replace(told, answers=answers)


def said(
    id: str, user: str, address: Address, text: str = "", attachments: tuple[Attachment, ...] = (),
    *, album: str = "", partial: bool = False, heard: str = Heard.DIRECT, unusable: bool = False,
    **envelope: Any,
) -> Inbound:  # fmt: skip
    """Words and files."""
    part = Album(album, partial) if album else None
    words = Said(text, attachments, Heard(heard), part, unusable)
    return happened(id, user, address, words, **envelope)


def called(
    id: str, user: str, address: Address, command: Command, text: str = "",
    attachments: tuple[Attachment, ...] = (), *, skill: str = "", **envelope: Any,
) -> Inbound:  # fmt: skip
    """A slash command."""
    call = Called(command, text, attachments, skill=skill)
    return happened(id, user, address, call, **envelope)


def pressed(
    id: str, user: str, address: Address, command: Command, text: str = "", job: int | None = None,
    **envelope: Any,
) -> Inbound:  # fmt: skip
    """A button."""
    return happened(id, user, address, Pressed(command, text, job), **envelope)


def amended(id: str, user: str, address: Address, text: str = "", **envelope: Any) -> Inbound:
    """The new words of an earlier message."""
    return happened(id, user, address, Amended(text), **envelope)


def asked(
    id: str, user: str, address: Address, text: str = "", attachments: tuple[Attachment, ...] = (),
    *, command: Command | None = None, job: int | None = None, skill: str = "",
    what: Happened | None = None, **more: Any,
) -> Inbound:  # fmt: skip
    """What a line of a table says: `what` happened, or words without a command; else a slash
    command where files or a profile come with it, and a button where not."""
    if what is not None:
        return happened(id, user, address, what, **more)
    if command is None:
        return said(id, user, address, text, attachments, **more)
    if attachments or skill:
        return called(id, user, address, command, text, attachments, skill=skill, **more)
    return pressed(id, user, address, command, text, job, **more)


def changed(inbound: Inbound, **more: Any) -> Inbound:
    """The same with other parts, wherever in it they are."""
    sender = {OF_SENDER[name]: more.pop(name) for name in [*more] if name in OF_SENDER}
    place = {name: more.pop(name) for name in [*more] if name in OF_PLACE}
    own = {name: more.pop(name) for name in [*more] if name in Inbound.__dataclass_fields__}
    if "album" in more:
        more["album"] = Album(more["album"]) if more["album"] else None
    if "heard" in more:
        more["heard"] = Heard(more["heard"])
    what: Any = own.pop("happened", inbound.happened)
    return replace(
        inbound,
        sender=replace(inbound.sender, **sender),
        place=replace(inbound.place, **place),
        happened=replace(what, **more),
        **own,
    )


def partial(inbound: Inbound) -> bool:
    """Whether it is an item of an album of which the platform shows no other."""
    album = inbound.happened.album if isinstance(inbound.happened, Said | Called) else None
    return bool(album and album.partial)


def unusable(inbound: Inbound) -> bool:
    """Whether it is of a kind that we can do nothing with."""
    return isinstance(inbound.happened, Said) and inbound.happened.unusable


def undecided(known: Remembered) -> Decision:
    """A decision that nothing comes of."""
    return Decision(known.chat)
