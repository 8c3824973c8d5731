"""What belongs to one person alone: the chats that nobody else reads, and files that nothing has
come of."""

from collections.abc import Iterable

from core.domain.conversation.chat import Chat, Decision
from core.domain.requests import Job
from core.messages import SPOOL, Address, Attachment, Inbound


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
