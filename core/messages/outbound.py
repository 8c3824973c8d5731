"""What goes out: one message to post."""

from dataclasses import dataclass, replace
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
class Words:
    """What a message says: a plain text that is never read as markup, the buttons under it, row by
    row, and the stretches of it that are set apart, as far as the platform can."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a message is, and on which way it goes there.

    `ticket` is a way of answering that dies. `reply_to` is the id of the user's message.
    `discreet` is for the owner's eyes only, where the platform can do that (Discord: ephemeral).
    `language` is that of the words, for the few that an adapter adds."""

    address: Address
    user: str = ""
    language: str = "en"
    ticket: Ticket | None = None
    reply_to: str = ""
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Single:
    """A message that stands for itself; `silent` posts it without a ring."""

    silent: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A message that is edited in place: equal `slot` at one address means the same one.

    `working` asks the platform to show that the bot is busy (typing, uploading). `card` is what it
    tells, in parts. `silent` posts it without a ring."""

    slot: str
    silent: bool = True
    working: bool = False
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A line that appears and goes, for who pressed the button of the ticket; where that is too
    late or not possible nothing is posted."""


RINGING = Single(silent=False)


@dataclass(frozen=True, slots=True)
class Subject:
    """The stored job that words are about; `last` says that they are the last about it (a status
    that only points to the result below it is not)."""

    job: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to post: for whom, the words, the file that goes with them, and in what
    manner."""

    to: Recipient
    words: Words
    media: Video | Document | None = None
    manner: Single | Status | Toast = RINGING
    about: Subject | None = None

    @property
    def text(self) -> str:
        """What is to be read."""
        return self.words.text

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """What can be pressed under it."""
        return self.words.buttons

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is set apart in the text."""
        return self.words.spans

    @property
    def video(self) -> Video | None:
        """The clip, where there is one."""
        return self.media if isinstance(self.media, Video) else None

    @property
    def document(self) -> str:
        """The text of the JSON file, empty where there is none."""
        return self.media.text if isinstance(self.media, Document) else ""

    @property
    def address(self) -> Address:
        """Where it goes."""
        return self.to.address

    @property
    def user(self) -> str:
        """Whom it is for."""
        return self.to.user

    @property
    def language(self) -> str:
        """That of the words."""
        return self.to.language

    @property
    def ticket(self) -> Ticket | None:
        """The way to answer, where there is one."""
        return self.to.ticket

    @property
    def reply_to(self) -> str:
        """The id of the user's message, empty where it refers to none."""
        return self.to.reply_to

    @property
    def discreet(self) -> bool:
        """Whether nobody else may read it."""
        return self.to.discreet

    @property
    def toast(self) -> bool:
        """Whether it appears and goes."""
        return isinstance(self.manner, Toast)

    @property
    def slot(self) -> str:
        """Which status it is, empty where it is none."""
        return self.manner.slot if isinstance(self.manner, Status) else ""

    @property
    def silent(self) -> bool:
        """Whether it comes without a ring."""
        return not isinstance(self.manner, Toast) and self.manner.silent

    @property
    def working(self) -> bool:
        """Whether the bot is busy meanwhile."""
        return isinstance(self.manner, Status) and self.manner.working

    @property
    def card(self) -> Card | None:
        """What a status tells, in parts."""
        return self.manner.card if isinstance(self.manner, Status) else None

    @property
    def job(self) -> int | None:
        """The job that it is about, where there is one."""
        return self.about.job if self.about else None

    @property
    def last(self) -> bool:
        """Whether no more words follow about that job."""
        return self.about is not None and self.about.last

    def saying(self, text: str, spans: tuple[Span, ...] = ()) -> "Outbound":
        """The same with another text over the same buttons."""
        return replace(self, words=replace(self.words, text=text, spans=spans))

    def offering(self, *buttons: tuple[Button, ...]) -> "Outbound":
        """The same with these rows of buttons under the same text."""
        return replace(self, words=replace(self.words, buttons=buttons))

    def without_card(self) -> "Outbound":
        """The same in words alone."""
        plain = replace(self.manner, card=None) if isinstance(self.manner, Status) else self.manner
        return replace(self, manner=plain)


def shown(message: Outbound) -> str:
    """What a reader sees of a message, for telling whether an edit would change anything."""
    labels = "|".join(button.label for row in message.buttons for button in row)
    return f"{message.text}\n{labels}" if labels else message.text
