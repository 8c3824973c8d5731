"""Which of somebody's earlier requests a decision has to look at: a question to the store, decided
by the words."""

from dataclasses import dataclass
from enum import Enum, auto

from core.domain.requests import Job, Plan
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


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a decision needs beside the chat and the open requests: earlier ones, and whether with
    their `drafts`, since one of them may be rendered once more."""

    past: Past = Past.NONE
    drafts: bool = False


NOTHING = Lookup()
MOST = 5
"""Requests that are looked at: so many can be told apart, and fit under one message."""


def fits(past: Past, job: Job) -> bool:
    """Whether a request that has ended is one of those that are looked at."""
    match past:
        case Past.NONE:
            return False
        case Past.ANY:
            return True
        case Past.VIDEOS:
            return bool(job.video)
        case Past.CHANGES:
            snapshot = job.progress.turn.snapshot
            return snapshot is not None and snapshot.draft not in ("", "null")
        case Past.MADE:
            return job.plan is Plan.MAKE and bool(job.progress.wish.words)


def lookup(inbound: Inbound) -> Lookup:
    """What `decide` needs for this message."""
    if inbound.edited:
        return Lookup(Past.ANY)
    match inbound.command:
        case Command.HISTORY:
            return Lookup(Past.VIDEOS)
        case Command.UNDO:
            return Lookup(Past.NONE if inbound.job else Past.CHANGES, drafts=True)
        case Command.VIDEO:
            return Lookup(Past.MADE)
        case None:
            return _by_words(inbound)
    return NOTHING


def _by_words(inbound: Inbound) -> Lookup:
    match read(inbound.text, inbound.language):
        case Free(kind=CommandKind.HISTORY):
            return Lookup(Past.VIDEOS)
        case Free(kind=CommandKind.UNDO):
            return Lookup(Past.CHANGES, drafts=True)
        case (
            Again() | Free(kind=CommandKind.REDO)
        ):  # without an undone change, redo means once more
            return Lookup(Past.MADE)
    return NOTHING
