"""What Discord's refusals mean for a message on its way, by Discord's own codes."""

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
FOLLOW_UPS_USED = 40094
RIGHT_MISSING = 50013
THREAD_EXISTS = 160004
THREAD_LOCKED = 160005
ARCHIVED = 50083
NOT_FOR_TEXT = 50008
TOO_LARGE = 40005

NO_ACCESS, NOT_TO_USER, OF_NO_USE, NO_RECIPIENT, DEAD_TOKEN, NO_COMMON_SERVER = (
    50001,
    50007,
    50024,
    50033,
    50027,
    50278,
)

CLOSED = frozenset(
    {
        UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, FOLLOW_UPS_USED,
        ARCHIVED, NOT_FOR_TEXT,
        THREAD_EXISTS, NO_ACCESS, NOT_TO_USER, OF_NO_USE, NO_RECIPIENT, DEAD_TOKEN,
        NO_COMMON_SERVER, THREAD_LOCKED,
    }
)  # fmt: skip
"""Codes that close this way of answering, whatever their HTTP status; the next one may still be
open."""


class Blocked(Exception):
    """This way of answering is closed: the token is over, or the bot may not write there."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed ({code})")
        self.code = code


class TooBig(Exception):
    """Discord does not take the file; text and file were refused together."""


class Disliked(Exception):
    """The automatic moderation of the server refuses the words."""
