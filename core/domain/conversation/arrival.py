"""What a message that arrives makes the store look up, and what it settles beside its decision: how
far its chat is taken in, to whom a way is open again, and which files belong to nobody."""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum, auto
from typing import assert_never

from core.domain.conversation.chat import NO_LOOKUP, Chat, Decision, Lookup, Past, heard
from core.domain.conversation.commands import COMMAND_ROWS
from core.domain.requests import Job, Plan
from core.domain.spans import DAY
from core.domain.understanding import (
    Again,
    CommandKind,
    GoAhead,
    Question,
    Topic,
    Unclear,
    Wish,
    photo_named,
    read,
)
from core.domain.understanding import Command as Free
from core.messages import (
    OPERATING,
    SPOOL,
    Address,
    Amended,
    Attachment,
    Called,
    Command,
    Inbound,
    Outbound,
    Presence,
    Pressed,
    Said,
)

BY_WORDS = {spec.words: spec.command for spec in COMMAND_ROWS.values() if spec.words}


def lookup(inbound: Inbound) -> Lookup:
    """What `decide` needs for this message."""
    match inbound.happened:
        case Amended():
            return Lookup(Past.ANY)
        case Pressed(command=command) | Called(command=command):
            return _of(command)
        case Said(text=words):
            return _by_words(words, heard(Chat(inbound.user, inbound.address), inbound).speaks)
    return NO_LOOKUP


def _by_words(words: str, language: str) -> Lookup:
    match read(words, language):
        case Again() | GoAhead() | Free(kind=CommandKind.REDO):
            # without an undone change redo means once more, and so may a yes
            return Lookup(Past.MADE, versions=True)
        case Question(Topic.COMPLAINT | Topic.MISTAKE):
            # an earlier one may be liked better; what was wrong is called what it is
            return Lookup(versions=True)
        case Wish() | Unclear() if photo_named(words, language):
            # whether the video at hand has such a photo
            return Lookup(versions=True)
        case Free(kind=kind):
            return _of(BY_WORDS[kind])
    return NO_LOOKUP


def _of(command: Command) -> Lookup:
    """What the row needs."""
    spec = COMMAND_ROWS[command]
    return Lookup(spec.needs, spec.versions, command in OPERATING)


def session_spoken_of(subject: Job | None, chat: Chat) -> str:
    """The session that a message is about, "" for none: that of the video it belongs to, else of
    the project at hand."""
    if subject is not None and (session := subject.progress.worked_in):
        return session
    return chat.project.session if chat.project else ""


def session_of_past(past: Past, subject: Job | None, chat: Chat) -> str:
    """The session that the earlier requests must have worked in, "" for any: that of the video
    which a message is about, for what was done to one video."""
    return session_spoken_of(subject, replace(chat, project=None)) if past is Past.MADE else ""


def counts_as_past(past: Past, job: Job, session: str = "") -> bool:
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


def moves_cursor(inbound: Inbound) -> bool:
    """Whether this says how far a chat was taken in. Only messages do: a command that overtakes a
    message still on its way must not hide it."""
    said = inbound.addressed or isinstance(inbound.happened, Said)
    return bool(inbound.message) and said


class Redelivery(Enum):
    """For whom a message opens a way."""

    NOBODY = auto()
    USER = auto()
    """For who wrote it: all that is owed to them on their platform."""
    PLACE = auto()
    """For a place that is open again: all that is owed there."""


def redelivery(inbound: Inbound) -> Redelivery:
    """Who is back; of somebody whom the platform hides that is not known."""
    if inbound.sender.masked:
        return Redelivery.NOBODY
    match inbound.happened:
        case Presence(present=present):
            return Redelivery.PLACE if present else Redelivery.NOBODY
    return Redelivery.USER


def redelivered(owed: Outbound, inbound: Inbound) -> Outbound:
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


def unused_files(inbound: Inbound, decision: Decision) -> tuple[Attachment, ...]:
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
