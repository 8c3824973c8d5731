"""What goes out: one message to post."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages.terms import Address, Attachment, Command, Ticket

SEALED = "sealed:"
"""How a button's `url` begins where it is the sealed right to open a project: only who posts it
makes a link of it."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `url` opens a page; else it comes back as an Inbound with command,
    job and text."""

    label: str
    command: Command | None = None
    job: int | None = None
    text: str = ""
    url: str = ""


class Form(StrEnum):
    """How a video is posted: as one that plays, without the pictures of its tile, as a mere file,
    or only as a link."""

    CLIP = "clip"
    BARE = "bare"
    DOCUMENT = "document"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Video:
    """The finished clip. `url` is for people; `path` is a local copy, empty where there is none
    (then only the link).

    The engine fills `path`, pixels, seconds and bytes just before the hand-out; they are never
    stored. `cover` is the ref of the user's own photo, for the tile. `alt` says what it shows, for
    who cannot see it. `ref` is what the platform called the clip when it was posted before
    (`Posted.ref`): then it is posted again without an upload. `form` says how much of it is
    tried."""

    url: str
    name: str = "video.mp4"
    path: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    bytes: int = 0
    cover: str = ""
    ref: str = ""
    form: Form = Form.CLIP
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file to go with the words."""

    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a status tells, in parts, for platforms that can set them apart; `Outbound.text` says
    the same in words.

    `phase` is what is going on now. `stages` name the whole way and `reached` says how many of them
    are behind; empty where there is no way to show. `percent` is how far the export is. `queue` is
    the place in the queue and `time` how long it may take, both in words; `expected` is when it is
    usually ready (seconds since the epoch, 0: unknown). `photo` is the user's first picture, which
    tells one request from another."""

    phase: str
    stages: tuple[str, ...] = ()
    reached: int = 0
    percent: int | None = None
    queue: str = ""
    time: str = ""
    expected: float = 0.0
    photo: Attachment | None = None


class Style(StrEnum):
    """How a stretch of words is set apart."""

    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    CODE = "code"
    BLOCK = "block"
    """Lines of code."""
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: from its character `start` up to, and without, `stop`."""

    start: int
    stop: int
    style: Style


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to post. Equal non-empty `slot` at one address means: edit that message in place.

    `silent` posts without a ring. `working` asks the platform to show that the bot is busy
    (typing, uploading). `discreet` is for the owner's eyes only, where the platform can do that
    (Discord: ephemeral). `reply_to` is the id of the user's message. `media` is the file that
    goes with the words. `job` is the stored job that these words are about, and `last` says
    that they are the last about it (a status that only points to the result below it is not).
    `again`: an earlier try was cut off, so it may be there already. `toast` is a line that
    appears and goes, for who pressed the button of `ticket`; where that is too late or not
    possible nothing is posted. `card` is what a status tells, in parts. `language` is that of
    the words, for the few that an adapter adds. `spans` are stretches of `text` that are set
    apart, as far as the platform can: the text itself is plain, and never read as markup."""

    address: Address
    text: str
    media: Video | Document | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    slot: str = ""
    silent: bool = False
    working: bool = False
    discreet: bool = False
    reply_to: str = ""
    ticket: Ticket | None = None
    user: str = ""
    toast: bool = False
    job: int | None = None
    last: bool = False
    card: Card | None = None
    again: bool = False
    language: str = "en"
    spans: tuple[Span, ...] = ()

    @property
    def video(self) -> Video | None:
        """The clip, where there is one."""
        return self.media if isinstance(self.media, Video) else None

    @property
    def document(self) -> str:
        """The text of the JSON file, empty where there is none."""
        return self.media.text if isinstance(self.media, Document) else ""


def shown(message: Outbound) -> str:
    """What a reader sees of a message, for telling whether an edit would change anything."""
    labels = "|".join(button.label for row in message.buttons for button in row)
    return f"{message.text}\n{labels}" if labels else message.text
