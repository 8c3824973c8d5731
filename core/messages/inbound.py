"""What comes in: an envelope, which says who, where and when, and what has happened in the chat."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.messages.terms import Address, Attachment, Command, Ticket


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


@dataclass(frozen=True, slots=True)
class Sender:
    """Who it comes from, by the platform's id.

    `language` is the platform's code, such as `zh-hans`, empty where it tells none. `admin`: the
    platform lets them administer the group or server. `masked`: the platform hides which person
    this is (an administrator in a group's name, somebody as a channel). Then the id is one that
    many may share: nothing is kept under it, and nobody has an `aside`."""

    id: str
    language: str = ""
    admin: bool = False
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened. `private`: only the sender reads there.

    `space` is the group or server that the chat belongs to, empty in private, and `parent` the
    channel that a thread hangs under, where that is a chat of its own. `aside` is where only the
    sender reads, for private answers to something said in a group."""

    address: Address
    private: bool = True
    space: str = ""
    parent: str = ""
    aside: Address | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened, as an adapter hands it in.

    `id` is the dedupe key (`tg:<bot>:<update>`, `dc:i:<interaction>`, `dc:m:<message>`): the same
    id is taken once. `order` is the place among what happens in the chat: it sorts the items of an
    album, and tells which message was amended. `at` is when it was said, as the platform tells
    (seconds since the epoch, 0 unknown): after an outage much of it comes at once. `message` is the
    platform's id of the message, for the answer to refer to; `ticket` a way of answering beside
    that. `answers` is the platform's id of the message that this one replies to, empty for none."""

    id: str
    sender: Sender
    place: Place
    happened: Happened
    order: int = 0
    at: float = 0.0
    message: str = ""
    ticket: Ticket | None = None
    answers: str = ""

    @property
    def user(self) -> str:
        """Who it comes from."""
        return self.sender.id

    @property
    def address(self) -> Address:
        """Where it happened."""
        return self.place.address

    @property
    def text(self) -> str:
        """The words, or the arguments of a command; empty where there are none."""
        match self.happened:
            case Said(text=text) | Pressed(text=text) | Called(text=text) | Amended(text=text):
                return text
        return ""

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that came with it."""
        match self.happened:
            case Said(attachments=files) | Called(attachments=files) | Confided(attachments=files):
                return files
            case Pressed(attachments=files):
                return files
        return ()

    @property
    def command(self) -> Command | None:
        """What a button or a slash command asks for, None for words and all else."""
        match self.happened:
            case Pressed(command=command) | Called(command=command):
                return command
        return None

    @property
    def job(self) -> int | None:
        """The stored job that a button names."""
        return self.happened.job if isinstance(self.happened, Pressed) else None

    @property
    def album(self) -> str:
        """The id of the album that this is an item of, else empty."""
        match self.happened:
            case Said(album=Album(id=id)) | Called(album=Album(id=id)):
                return id
        return ""

    @property
    def heard(self) -> Heard:
        """Whom it was said to: what is only told of a chat was said to nobody."""
        match self.happened:
            case Said(heard=heard) | Confided(heard=heard):
                return heard
            case Pressed() | Called():
                return Heard.DIRECT
        return Heard.OVERHEARD

    @property
    def addressed(self) -> bool:
        """Whether the bot is meant, so that an answer is expected."""
        return self.heard is not Heard.OVERHEARD

    def worded(self, text: str) -> "Inbound":
        """The same with other words."""
        match self.happened:
            case Said() | Pressed() | Called() | Amended():
                return replace(self, happened=replace(self.happened, text=text))
        return self

    def saying(self, text: str) -> "Inbound":
        """What it amounts to, as words that were said to the bot."""
        match self.happened:
            case Said() as said:
                words = replace(said, text=text, heard=Heard.DIRECT)
            case Called(attachments=files, album=album):
                words = Said(text, files, album=album)
            case _:
                words = Said(text)
        return replace(self, happened=words)

    def with_files(self, files: tuple[Attachment, ...]) -> "Inbound":
        """The same with these files and no others."""
        match self.happened:
            case Said() | Called() | Pressed():
                return replace(self, happened=replace(self.happened, attachments=files))
        return self
