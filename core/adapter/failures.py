"""The few ways in which a chat platform fails: what can go wrong with a message, or with a file."""

from enum import StrEnum

from core.messages import Address


class DeliveryError(Exception):
    """What can go wrong at a platform.

    DeliveryError
    ├── Flooded        too much: this message, its chat, or all of the platform waits so many
    │                  seconds, nobody else
    ├── Gone           blocked, kicked, deleted, no rights: the address is dead until the user
    │                  writes again
    ├── Moved          the chat has a new address
    ├── NoSuchMessage  the message to edit was deleted: post a new one
    ├── TooLarge       the platform does not take, or give, so many bytes
    ├── FileGone       the attachment cannot be had any more
    ├── Unavailable    the attachment is gone, or only for now: the platform has one sentence for
    │                  both
    ├── Unsent         the network failed before anything was sent, or a read failed: try again
    │   └── Disconnected  there is no line at all
    ├── Unclear        sent, but the answer was lost: it may have been posted
    └── Refused        the platform will never take this message as it is: it is sent with less
    """


class Reach(StrEnum):
    """Who has to wait."""

    MESSAGE = "message"
    """A status that comes too soon; results in its chat do not wait for it."""
    CHAT = "chat"
    """Everything for the chat, in all its threads."""
    EVERYWHERE = "everywhere"
    """Everything on the platform."""


class Flooded(DeliveryError):
    """The platform asks for a pause (429), or would if it were asked."""

    def __init__(self, seconds: float, reach: Reach = Reach.CHAT) -> None:
        super().__init__(f"wait {seconds:g} s ({reach})")
        self.seconds, self.reach = seconds, reach


class Gone(DeliveryError):
    """The address is dead: blocked, kicked, deleted or without rights."""


class Moved(DeliveryError):
    """The chat lives on under a new address."""

    def __init__(self, address: Address) -> None:
        super().__init__(f"moved to {address.chat}")
        self.address = address


class NoSuchMessage(DeliveryError):
    """The message to edit is not there any more."""


class TooLarge(DeliveryError):
    """More bytes than the platform takes or hands out; `limit` in bytes, 0 if unknown."""

    def __init__(self, limit: int = 0) -> None:
        super().__init__(f"limit {limit} bytes")
        self.limit = limit


class FileGone(DeliveryError):
    """The attachment cannot be fetched any more."""


class Unavailable(DeliveryError):
    """The attachment cannot be fetched now, and perhaps never again: asked for a few times more,
    then it is gone."""


class Unsent(DeliveryError):
    """Nothing was sent; it may be tried again."""


class Disconnected(Unsent):
    """There is no line to the platform at present: the message was not tried at all."""


class Unclear(DeliveryError):
    """Sent, but the answer was lost: it may or may not have been posted."""


class Blame(StrEnum):
    """What a platform dislikes about a message, where its refusal says so."""

    FORMAT = "format"
    """What is set apart in the words."""
    BUTTONS = "buttons"
    PICTURES = "pictures"
    """Cover, thumbnail or card."""
    REPLY = "reply"
    CLIP = "clip"
    """The file as a video; it may do as a document."""
    FILES = "files"
    """Any file, in this place."""


class Refused(DeliveryError):
    """The platform will never take this message as it is; `blame` is None where it does not say
    why.

    Then `suspects` are the parts of it besides its words that could be the reason, the likeliest
    first: what the platform never got to see is none. None where the adapter cannot tell."""

    def __init__(
        self,
        detail: str = "",
        blame: Blame | None = None,
        suspects: tuple[Blame, ...] | None = None,
    ) -> None:
        super().__init__(detail)
        self.blame, self.suspects = blame, suspects
