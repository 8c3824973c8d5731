"""All that crosses the border between a chat platform and the core: frozen, storable as text,
without behaviour."""

from dataclasses import dataclass, field
from enum import StrEnum


class Command(StrEnum):
    """What a slash command or a button asks for; such a wish never passes through the reading of
    words (D37)."""

    START = "start"
    HELP = "help"
    NEW = "new"
    VIDEO = "video"
    EDIT = "edit"
    AGAIN = "again"
    EXPORT = "export"
    STATUS = "status"
    CREDITS = "credits"
    HISTORY = "history"
    SKILL = "skill"
    LANGUAGE = "language"
    LOGIN = "login"
    LOGOUT = "logout"
    PRIVACY = "privacy"
    MYDATA = "mydata"
    FORGET = "forget"
    CANCEL = "cancel"
    SETTINGS = "settings"
    CONFIRM = "confirm"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to answer. Text only, so that it can be stored; it is a key."""

    platform: str
    chat: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A way of answering that dies, with its deadline (seconds since the epoch).

    `secret` is what opens it (a Discord interaction token). The engine seals it before anything is
    stored and opens it for the adapter; empty where it cannot be opened any more. `value` is what
    else the adapter knows about that way."""

    value: str
    expires: float
    secret: str = field(default="", repr=False)


SPOOL = "spool:"
"""How references begin to files that an adapter has saved beside the database: its platform gives
them once only."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A reference to a file, never its bytes and never a local path.

    `ref` is `url:https://…` for a link the user typed (sent on as upload by URL); any other scheme
    belongs to the adapter of the platform, which can open it again after a restart. `name` and
    `mime` are what the sender claimed. `bytes` is None where the platform does not say; `width` and
    `height` are pixels."""

    ref: str
    name: str = ""
    mime: str = ""
    bytes: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing somebody said or pressed, as an adapter hands it in.

    `id` is the dedupe key (`tg:<bot>:<update>`, `dc:i:<interaction>`, `dc:m:<message>`): the same
    id is taken once. `said` is when it was said, as the platform tells (seconds since the epoch, 0
    unknown): after an outage much of it comes at once. `order` sorts the items of one `album`.
    `language` is the platform's code, such as `zh-hans`. `addressed` says that the bot is meant
    (private chat, mention, reply, command); `private` that only this user reads the chat. `command`
    comes from a slash command or a button, `text` then holds its arguments and `job` the stored job
    that a button names. `message` is the platform's id of the message, for the answer to refer to.
    `space` is the group or server that the chat belongs to, empty in private, and `parent` the
    channel that a thread hangs under, where that is a chat of its own; `admin` says that the
    platform lets this user administer it. `aside` is where only this user reads, for private
    answers to something said in a group. `skill` is the profile chosen for this one request, empty
    for the chat's own. `unusable`: a kind of message that we can do nothing with, such as a
    sticker, a poll, or somebody else's words. `partial_album`: the platform hides the other items
    of this album from the bot. `token` is the sealed token of the video service that was in the
    words; then `text` is empty. `masked`: the platform hides which person this is (an administrator
    in a group's name, somebody as a channel). Then `user` is the name that many may share: nothing
    is kept under it, and nobody has an `aside`. `replying`: among others, the bot is meant only
    because this answers one of its messages.

    With one of the next three set, an Inbound only tells what happened; it starts nothing, and
    `addressed` is False. `edited`: these are the new words of the earlier message `message`.
    `moved_to`: the chat of this address has become another one, with all its threads. `present`:
    the bot was blocked or removed here (False) or let in again (True)."""

    id: str
    user: str
    address: Address
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    album: str = ""
    order: int = 0
    said: float = 0.0
    language: str = ""
    addressed: bool = True
    private: bool = True
    command: Command | None = None
    job: int | None = None
    ticket: Ticket | None = None
    message: str = ""
    edited: bool = False
    partial_album: bool = False
    unusable: bool = False
    moved_to: Address | None = None
    present: bool | None = None
    space: str = ""
    parent: str = ""
    admin: bool = False
    aside: Address | None = None
    skill: str = ""
    masked: bool = False
    token: str = field(default="", repr=False)
    replying: bool = False


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

    `silent` posts without a ring. `working` asks the platform to show that the bot is busy (typing,
    uploading). `discreet` is for the owner's eyes only, where the platform can do that (Discord:
    ephemeral). `reply_to` is the id of the user's message. `document` is the text of a JSON file to
    go with the words. `job` is the stored job that these words are about, and `last` says that they
    are the last about it (a status that only points to the result below it is not). `again`: an
    earlier try was cut off, so it may be there already. `toast` is a line that appears and goes,
    for who pressed the button of `ticket`; where that is too late or not possible nothing is
    posted. `card` is what a status tells, in parts. `language` is that of the words, for the few
    that an adapter adds. `spans` are stretches of `text` that are set apart, as far as the platform
    can: the text itself is plain, and never read as markup."""

    address: Address
    text: str
    video: Video | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()
    slot: str = ""
    silent: bool = False
    working: bool = False
    discreet: bool = False
    reply_to: str = ""
    ticket: Ticket | None = None
    user: str = ""
    toast: bool = False
    document: str = ""
    job: int | None = None
    last: bool = False
    card: Card | None = None
    again: bool = False
    language: str = "en"
    spans: tuple[Span, ...] = ()


def shown(message: Outbound) -> str:
    """What a reader sees of a message, for telling whether an edit would change anything."""
    labels = "|".join(button.label for row in message.buttons for button in row)
    return f"{message.text}\n{labels}" if labels else message.text
