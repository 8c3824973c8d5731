"""What both directions speak of: commands, chats, ways of answering, and files."""

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
    ELSEWHERE = "elsewhere"
    PRESETS = "presets"
    REDO = "redo"
    DETAILS = "details"
    REEL = "reel"
    STATS = "stats"
    PAUSE = "pause"
    RESUME = "resume"
    BAN = "ban"
    UNBAN = "unban"
    BROADCAST = "broadcast"
    NEWS = "news"
    BUDGET = "budget"


OPERATING = frozenset(
    {
        Command.STATS,
        Command.PAUSE,
        Command.RESUME,
        Command.BAN,
        Command.UNBAN,
        Command.BROADCAST,
        Command.BUDGET,
    }
)
"""For those whom ADMINS names alone: to everybody else they are no commands."""
ABOUT_SOMEBODY = frozenset({Command.BAN, Command.UNBAN})
"""Of these, what says an id of a person behind it; as an answer, it means who is answered."""


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
