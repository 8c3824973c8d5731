"""What has happened in a chat: said, pressed, called, changed, or who is there."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.messages.terms import Address, Attachment, Command


class Heard(StrEnum):
    """Whom words were said to."""

    DIRECT = "direct"
    """In private, or with the bot's name."""
    REPLY = "reply"
    """Among others, as a reply to a message of the bot."""
    OVERHEARD = "overheard"
    """Among others, to somebody else."""


@dataclass(frozen=True, slots=True)
class Album:
    """What several messages were sent as. `partial`: the platform hides its other items from the
    bot."""

    id: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Words, files, or both. What was `OVERHEARD` comes only as an item of an album, which another
    item may address to the bot.

    `unusable`: of a kind that we can do nothing with, such as a sticker, a poll, or somebody else's
    words."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    heard: Heard = Heard.DIRECT
    album: Album | None = None
    unusable: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, or the form that it opens: `text` is what the button carries or the form was filled
    in with, `job` the stored job that it names, `attachments` the files put into the form."""

    command: Command
    text: str = ""
    job: int | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """A slash command with its arguments. `skill` is the profile chosen for this one request, empty
    for the chat's own."""

    command: Command
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    album: Album | None = None
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Confided:
    """A token of the video service was among the words: here it is, sealed, and of the words
    nothing is left.

    `by_command`: it stood behind /login. `heard` is OVERHEARD where it was written into an earlier
    message."""

    token: str = field(repr=False)
    by_command: bool
    attachments: tuple[Attachment, ...] = ()
    heard: Heard = Heard.DIRECT


@dataclass(frozen=True, slots=True)
class Amended:
    """The new words of an earlier message. They start nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has become another one, with all its threads."""

    to: Address


@dataclass(frozen=True, slots=True)
class Presence:
    """The bot was blocked or removed here, or let in again."""

    present: bool


Happened = Said | Pressed | Called | Confided | Amended | Moved | Presence
