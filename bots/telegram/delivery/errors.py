"""What the library raises -> what the core can act on. The traps are in its class tree and in its
sentences."""

import datetime

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from core.adapter import (
    Blame,
    DeliveryError,
    FileGone,
    Flooded,
    Gone,
    Moved,
    NoSuchMessage,
    Refused,
    TooLarge,
    Unavailable,
    Unclear,
    Unsent,
)
from core.messages import Address

NOT_MODIFIED = "message is not modified"
NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted")
NOTHING_TO_DELETE = "message to delete not found"
NO_TEXT = "there is no text in the message to edit"
NO_FILES = ("not enough rights", "have no rights", "chat_send_")
"""Where a file is refused like this, words may still be welcome."""
WRONG_FILE = (
    "wrong file identifier",
    "wrong remote file",
    "wrong type of file",
    "type of file mismatch",
    "cover",
)

SENTENCES: tuple[tuple[str, type[DeliveryError]], ...] = (
    ("message to edit not found", NoSuchMessage),
    ("message can't be edited", NoSuchMessage),
    ("message_id_invalid", NoSuchMessage),
    ("chat not found", Gone),
    ("user is deactivated", Gone),
    ("not enough rights", Gone),
    ("have no rights", Gone),
    ("write_forbidden", Gone),
    ("chat_send_plain_forbidden", Gone),
    ("chat_restricted", Gone),
    ("need administrator rights", Gone),
    ("peer_id_invalid", Gone),
    ("file is too big", TooLarge),
    ("file of size", TooLarge),
    ("temporarily unavailable", Unavailable),
    ("wrong file identifier", FileGone),
    ("wrong file_id", FileGone),
    ("invalid file_id", FileGone),
)
"""Parts of the description of a 400, in small letters. The wording is the server's
(tdlib/telegram-bot-api)."""

BLAMES: tuple[tuple[str, Blame], ...] = (
    ("entit", Blame.FORMAT),
    ("button", Blame.BUTTONS),
    ("keyboard", Blame.BUTTONS),
    ("reply_markup", Blame.BUTTONS),
    ("repl", Blame.REPLY),
    ("cover", Blame.PICTURES),
    ("thumb", Blame.PICTURES),
    ("image_process", Blame.PICTURES),
    ("photo_", Blame.PICTURES),
    ("video_", Blame.CLIP),
    ("type of file", Blame.CLIP),
)
"""The same for what is disliked, as far as a sentence tells: that is left out first."""

NEVER_LEFT = (
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "UnsupportedProtocol",
    "RuntimeError",
)
"""Names of what the HTTP library raises before a byte is sent (RuntimeError: the client is already
closed)."""


def says(error: TelegramError, *parts: str) -> bool:
    """Whether the server's sentence contains one of the parts, given in small letters."""
    return any(part in error.message.lower() for part in parts)


def to_delivery_error(
    error: TelegramError,
    address: Address,
    repeatable: bool = False,
    suspects: tuple[Blame, ...] | None = None,
) -> DeliveryError:
    """`repeatable`: an edit or a read, which may be done again when the answer was lost. `suspects`
    is what Telegram got to see besides the words."""
    match error:
        case RetryAfter():
            return Flooded(seconds(error))
        case ChatMigrated():
            return Moved(Address(address.platform, str(error.new_chat_id)))
        case Forbidden():
            return Gone(error.message)
        case BadRequest():
            return _refused(error, suspects)
        case InvalidToken():
            return Unsent("the token is not accepted; the poller says so and stops")
        case NetworkError() if says(error, "413", "too large"):
            return TooLarge()
        case _ if repeatable or (isinstance(error, NetworkError) and never_left(error)):
            return Unsent(type(error).__name__)
        case _:
            return Unclear(type(error).__name__)


def seconds(error: RetryAfter) -> float:
    """The pause. It is a timedelta because PTB_TIMEDELTA is set, and whole seconds where somebody
    unset it."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, datetime.timedelta) else float(pause)


def never_left(error: NetworkError) -> bool:
    """True only where it is sure that nothing reached Telegram."""
    if isinstance(error, TimedOut) and "pool timeout" in error.message.lower():
        return True
    return type(error.__cause__).__name__ in NEVER_LEFT


def _refused(error: BadRequest, suspects: tuple[Blame, ...] | None) -> DeliveryError:
    for part, kind in SENTENCES:
        if says(error, part):
            return kind() if kind is TooLarge else kind(error.message)
    blame = next((blame for part, blame in BLAMES if says(error, part)), None)
    return Refused(error.message, blame, suspects)
