"""The port that every chat platform implements: three verbs, and what some can do beside them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from core.adapter.failures import Flooded
from core.messages import Address, Attachment, Inbound, Outbound

Receive = Callable[[Inbound], Awaitable[None]]
"""Returns when the message is on disk (write 1), never before; safe to call again with the same
`Inbound.id`."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a chat was taken in: the `order` of its last message, 0 if unknown; `at` in seconds
    since the epoch."""

    last: int
    at: float


Recall = Callable[[], Awaitable[Mapping[Address, Heard]]]
"""The chats of one platform in which something may have been said meanwhile, those with the latest
news first."""


class Posted(str):
    """The platform's id of a message; `ref` names the clip in it, for posting that again without an
    upload, and `number` is what `Inbound.answers` calls the message, where that is not the id."""

    __slots__ = ("number", "ref")
    ref: str
    number: str

    def __new__(cls, message: str, ref: str = "", number: str = "") -> "Posted":
        posted = super().__new__(cls, message)
        posted.ref, posted.number = ref, number
        return posted


@runtime_checkable
class Audible(Protocol):
    """An adapter that knows when its platform last gave a sign of life."""

    @property
    def heard(self) -> float:
        """Seconds since the epoch; 0 before the first."""
        ...


class Adapter(Protocol):
    """One chat platform. Every method may be called again after a restart with what was stored."""

    platform: str
    edit_seconds: float
    """Least time between two edits of one message, in seconds."""
    repeatable: bool
    """Whether the adapter sees by itself that a second send (`again`) does not double
    unnoticed."""
    largest_upload: int
    """Bytes of the largest file that may be posted anywhere on this platform; the adapter knows the
    finer limits."""

    largest_download: int
    """Bytes of the largest file that the platform hands out to a bot; 0 where it sets no limit."""

    async def run(self, receive: Receive) -> None:
        """Take in what people say until cancelled. A message is confirmed to the platform only
        after `receive`."""
        ...

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """Post, or edit the message with the id `edit`, and return the platform's id of what is
        there now.

        What comes back may be a `Posted`. An edit that changes nothing counts as done. `nonce` (at
        most 25 characters) is the same for every try of one message; `again`: an earlier one was
        cut off, so it may be there already. Raises Flooded, Gone, Moved, NoSuchMessage, TooLarge,
        Unsent, Unclear or Refused."""
        ...

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """Stream the file behind `attachment.ref` into `folder` and return its path.

        Raises TooLarge (the platform does not hand out so much), FileGone, Unavailable (gone, or
        only for now), Flooded (wait) or Unsent (try later). An OSError of this machine's own disk
        is let through."""
        ...


@runtime_checkable
class Attachable(Protocol):
    """An adapter that can fetch, and send, where another process takes in."""

    async def attach(self) -> None:
        """Log in for that until cancelled. Raises what `run` raises."""
        ...


@runtime_checkable
class Balanced(Protocol):
    """An adapter that its platform may call: then any process takes in what comes to it. Else one
    does at a time."""

    @property
    def anywhere(self) -> bool:
        """Whether it is called."""
        ...


@runtime_checkable
class Divided(Protocol):
    """An adapter whose intake may be divided among processes."""

    @property
    def parts(self) -> int:
        """In so many; 1 where it is not."""
        ...

    async def run_part(self, part: int, receive: Receive) -> None:
        """As `run`, for one of them, from 0 on; several may run here at the same time."""
        ...


@runtime_checkable
class Rereading(Protocol):
    """An adapter whose platform does not send again what was said while nobody listened: it is read
    afterwards.

    `recall` is set before `run`, and says where to read on; the store remembers, so a restart makes
    no difference."""

    recall: Recall


@runtime_checkable
class Limited(Protocol):
    """An adapter that posts one message for one `Outbound`: what is longer comes to it in parts
    (core.domain.parts)."""

    text_limit: int
    """UTF-16 units of a text."""
    caption_limit: int
    """UTF-16 units of the words under a file."""


@runtime_checkable
class Keeping(Protocol):
    """An adapter that keeps chats by itself, since its platform does not."""

    async def copy(self, user: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """What it keeps of this user, for the copy that they ask for: rows of plain values by the
        names of their tables, without anything secret. An OSError is let through: it is asked again
        later."""
        ...

    async def forget(self, user: str, until: float) -> None:
        """Erase all that was said to and by this user `until` then (seconds since the epoch),
        words, files and films, so that nothing of it is left on disk when it returns. What came
        later stays, such as the answer. Safe to call again; an OSError is let through, and it is
        called again later."""
        ...


@runtime_checkable
class Paced(Protocol):
    """An adapter that keeps the platform's pace by itself, and knows beforehand what would come too
    soon: it is asked before the file of a message is fetched."""

    def held(self, message: Outbound, edit: str | None) -> Flooded | None:
        """What `send` would raise for its pace alone; None where the message may go out."""
        ...


@runtime_checkable
class Roomy(Protocol):
    """An adapter whose places differ in how large a file may be there."""

    def room(self, message: Outbound) -> int:
        """Bytes of the largest file that this message may bring."""
        ...
