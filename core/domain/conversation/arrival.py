"""What a message that arrives needs and settles beside the decision about it: the earlier requests
that may be looked at, how far its chat is taken in, to whom a way is open again, and which files
belong to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from core.domain.conversation.chat import Chat, Decision
from core.domain.requests import Job, Plan
from core.domain.spans import DAY
from core.messages import SPOOL, Address, Attachment, Inbound, Outbound, Presence, Said


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


LOOKED_BACK = DAY
"""Seconds for which a group is looked through that nobody waits in."""


def moves_on(inbound: Inbound) -> bool:
    """Whether this says how far a chat was taken in. Only messages do: a command that overtakes a
    message still on its way must not hide it."""
    said = inbound.addressed or isinstance(inbound.happened, Said)
    return bool(inbound.message) and said


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


def private_places(inbound: Inbound, jobs: Iterable[Job], chats: Iterable[Chat]) -> set[Address]:
    """The chats in which nobody is but who writes: on some platforms their very number is the
    user's."""
    jobs = tuple(jobs)
    places = {chat.address for chat in chats if chat.private}
    places |= {job.address for job in jobs if job.private}
    places |= {job.aside for job in jobs if job.aside}
    places |= {inbound.address} if inbound.place.private else set()
    return places | ({inbound.place.aside} if inbound.place.aside else set())


def unused(inbound: Inbound, decision: Decision) -> tuple[Attachment, ...]:
    """The saved files of a message that nothing has come of: they belong to nobody, and go at
    once."""
    used = {file.ref for file in decision.chat.kept}
    for start in decision.start:
        used |= {file.ref for file in start.job.named_files}
    for grown in decision.grow:
        used |= {file.ref for file in (*grown.job.named_files, *grown.bundle.files)}
    used |= {share.file.ref for share in decision.reel.shares} if decision.reel else set()
    saved = (file for file in inbound.attachments if file.ref.startswith(SPOOL))
    return tuple(file for file in saved if file.ref not in used)
