"""What is noted of a command until it is in the store, and how that is read back, also as an
earlier version wrote it."""

from dataclasses import dataclass
from typing import get_args

from bots.discord.translate import Sent
from core.bodies import Body
from core.messages import Address, Called, Command, Happened, Inbound, Place, Pressed, Sender


@dataclass(frozen=True, slots=True)
class Noted:
    """What was asked, without files and ticket, and the files with links that are good for a
    day."""

    use: int
    inbound: Inbound
    files: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Flat:
    """An Inbound as earlier versions wrote it, as far as an interaction filled it."""

    id: str
    user: str
    address: Address
    command: Command
    text: str
    order: int
    said: float
    language: str
    private: bool
    job: int | None
    space: str
    parent: str
    admin: bool
    skill: str


@dataclass(frozen=True, slots=True)
class NotedFlat:
    """A note of theirs."""

    use: int
    inbound: Flat
    files: tuple[Sent, ...]


NOTES = Body[Noted](Noted, inbound=Body[Inbound](Inbound, happened=get_args(Happened)))
EARLIER = Body[NotedFlat](NotedFlat)


def written(noted: Noted) -> bytes:
    """The note as it is kept."""
    return NOTES.text(noted).encode()


def read(body: bytes) -> Noted:
    """The note that was kept. Raises ValueError for what is none."""
    try:
        return NOTES.read(body)
    except ValueError:
        return _lifted(EARLIER.read(body))


def _lifted(noted: NotedFlat) -> Noted:
    flat = noted.inbound
    happened = (
        Called(flat.command, flat.text, skill=flat.skill)
        if flat.job is None
        else Pressed(flat.command, flat.text, flat.job)
    )
    inbound = Inbound(
        flat.id,
        Sender(flat.user, flat.language, flat.admin),
        Place(flat.address, flat.private, flat.space, flat.parent),
        happened,
        order=flat.order,
        at=flat.said,
    )
    return Noted(noted.use, inbound, noted.files)
