"""Which of somebody's earlier requests a decision has to look at: a question to the store, decided
by the words."""

from enum import Enum, auto

from core.domain.understanding import Again, CommandKind, read
from core.domain.understanding import Command as Free
from core.messages import Command, Inbound


class Past(Enum):
    """The last requests here, newest first."""

    NONE = auto()
    ANY = auto()
    """Any that ended: an edited message may be about each of them."""
    VIDEOS = auto()
    """Those that ended with a video."""
    CHANGES = auto()
    """Those that changed a timeline which was there before."""
    MADE = auto()
    """Those that made a video, not those that changed or exported one."""


def looked_at(inbound: Inbound) -> Past:
    """What `decide` needs for this message."""
    if inbound.edited:
        return Past.ANY
    match inbound.command:
        case Command.HISTORY:
            return Past.VIDEOS
        case Command.UNDO if inbound.job is None:
            return Past.CHANGES
        case Command.VIDEO:
            return Past.MADE
        case None:
            return _by_words(inbound)
    return Past.NONE


def _by_words(inbound: Inbound) -> Past:
    match read(inbound.text, inbound.language):
        case Free(kind=CommandKind.HISTORY):
            return Past.VIDEOS
        case Free(kind=CommandKind.UNDO):
            return Past.CHANGES
        case (
            Again() | Free(kind=CommandKind.REDO)
        ):  # without an undone change, redo means once more
            return Past.MADE
    return Past.NONE
