"""What a message says: its text, its buttons, the file with it, and how it is posted."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages.terms import Attachment, Command

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


class Form(StrEnum):
    """How a video is posted: as one that plays, without the pictures of its tile, as a mere file,
    or only as a link."""

    CLIP = "clip"
    MOVING = "moving"
    """As a picture that moves, which is what the file is (GIF)."""
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
    tried. `copy` names a file of ours that is posted in place of what is behind the link.
    `smaller`: what is posted is a copy with fewer bytes than the film."""

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
    copy: str = ""
    alt: str = ""
    smaller: bool = False


@dataclass(frozen=True, slots=True)
class Gallery:
    """One picture of several, side by side: of presets, by their names (`of`), or of what people
    have sent (`photos`, None for one that has none). They are numbered from `first` on, 0 for no
    numbers. The engine fills `path` just before the hand-out, empty where none can be drawn. `alt`
    says what it shows."""

    of: tuple[str, ...] = ()
    first: int = 1
    alt: str = ""
    path: str = ""
    photos: tuple[Attachment | None, ...] = ()

    @property
    def name(self) -> str:
        """What its file is called."""
        return "photos.jpg" if self.photos else "looks.jpg"


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


@dataclass(frozen=True, slots=True)
class Single:
    """A message that stands for itself; `silent` posts it without a ring."""

    silent: bool


@dataclass(frozen=True, slots=True)
class Announcement:
    """One that many get, of which nobody waits for theirs: everything else goes first, and where it
    may have been posted it is not posted again. `key` says which one."""

    key: str
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """A message that is edited in place: equal `slot` at one address means the same one.

    `working` asks the platform to show that the bot is busy (typing, uploading). `card` is what it
    tells, in parts. `silent` posts it without a ring. `over`: it has had its day and is taken away,
    or, where the platform cannot do that, edited to its words. `prompt`: somebody has just pressed
    something in it, so the edit waits for no pause between edits."""

    slot: str
    silent: bool = True
    working: bool = False
    card: Card | None = None
    over: bool = False
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A line that appears and goes, for who pressed the button of the ticket; where that is too
    late or not possible nothing is posted."""


RINGING = Single(silent=False)
