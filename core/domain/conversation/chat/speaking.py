"""Answers to who spoke: where they go, and what they say of photos and of the queue."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.conversation.chat.context import Context
from core.domain.kinds import are_photos, counted
from core.domain.replies.asking import asking
from core.domain.requests import (
    READ_ONLY,
    Job,
)
from core.i18n import text
from core.messages import (
    Address,
    Attachment,
    Button,
    Inbound,
    Outbound,
    Recipient,
    Toast,
    Words,
)


def reply(
    context: Context,
    inbound: Inbound,
    words: str,
    *rows: tuple[Button, ...],
    discreet: bool = False,
) -> Outbound:
    """A new message that answers this one; a discreet one goes where only its reader sees it.

    Also a pressed button is answered there: where a platform has an `aside`, its tickets are no way
    to hide words."""
    aside = inbound.place.aside if discreet else None
    return Outbound(
        Recipient(
            aside or inbound.address,
            inbound.user,
            context.chat.speaks,
            inbound.ticket,
            reply_to="" if inbound.place.private or aside else inbound.message,
            discreet=discreet,
        ),
        Words(words, rows),
    )


def toast(context: Context, inbound: Inbound, words: str) -> Outbound:
    """A line for who pressed, that appears and goes."""
    said = reply(context, inbound, words)
    return replace(said, to=replace(said.to, discreet=True), manner=Toast())


def asks(context: Context, inbound: Inbound, key: str) -> Outbound:
    """An answer that asks for a photo or for words."""
    words = text(key, context.chat.speaks)
    return reply(
        context,
        inbound,
        asking(words, context.chat.speaks, inbound.address, private=inbound.place.private),
    )


def what_now(files: Sequence[Attachment], language: str, address: Address, *, private: bool) -> str:
    """The question about files that came without words."""
    photos = are_photos(files)
    key = "files" if not photos else "one" if len(files) == 1 else "many"
    params = {"count": len(files), "files": counted(files, language)}
    words = text(f"talk.what_now_{key}", language, **params)
    return asking(words, language, address, private=private)


def queued(context: Context, itself: Job | None = None) -> str:
    """The place in the queue, "" where nothing comes first (D21)."""
    first = [
        job
        for job in context.open
        if job.plan not in READ_ONLY and (itself is None or job.id < itself.id)
    ]
    if not first:
        return ""
    key = "status.queued_one" if len(first) == 1 else "status.queued_many"
    return text(key, context.chat.speaks, count=len(first))
