"""Which of somebody's earlier requests a decision may look at."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from core.domain.conversation.chat import Chat
from core.domain.requests import Job, Plan


class Past(Enum):
    """The last requests here, newest first."""

    NONE = auto()
    ANY = auto()
    """Any that ended: an edited message may be about each of them."""
    VIDEOS = auto()
    """Those that ended with a video."""
    MADE = auto()
    """Those that made a video, not those that changed or exported one."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a decision needs beside the chat and the open requests: earlier ones, and whether the
    `versions` of their projects, and of the one that is spoken of. `overview`: how the whole bot
    stands; `charged`: what has been spent of the operator's credits."""

    past: Past = Past.NONE
    versions: bool = False
    overview: bool = False
    charged: bool = False


NOTHING = Lookup()
MOST = 5
"""Requests that are looked at: so many can be told apart, and fit under one message."""
SEVERAL = 25
"""Videos that are looked at: some are of one project."""
FURTHEST = 200
"""Requests among which they are sought: who has had none for so long is not kept waiting, and
nobody with them, for a search through all that there is."""


def most(past: Past) -> int:
    """How many of them are looked at."""
    return SEVERAL if past is Past.VIDEOS else MOST


def about(subject: Job | None, chat: Chat) -> str:
    """The session that a message is about, "" for none: that of the video it belongs to, else of
    the project at hand."""
    if subject is not None and (session := subject.progress.worked_in):
        return session
    return chat.project.session if chat.project else ""


def session_of(past: Past, subject: Job | None, chat: Chat) -> str:
    """The session that the earlier requests must have worked in, "" for any: that of the video
    which a message is about, for what was done to one video."""
    return about(subject, replace(chat, project=None)) if past is Past.MADE else ""


def fits(past: Past, job: Job, session: str = "") -> bool:
    """Whether a request that has ended is one of those that are looked at, in this session if one
    is named."""
    if session and not job.progress.works_in(session):
        return False
    match past:
        case Past.NONE:
            return False
        case Past.ANY:
            return True
        case Past.VIDEOS:
            return bool(job.video)
        case Past.MADE:
            return job.plan is Plan.MAKE and bool(job.progress.wish.words)
        case _:
            assert_never(past)
