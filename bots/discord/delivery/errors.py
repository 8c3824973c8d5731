"""What the library raises -> what the ladder or the core can act on, by Discord's own codes.

A code that nobody has listed here is no end: the core sends the message again with less in it
(Refused)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from core.adapter import Blame, Flooded, Refused, Unclear, Unsent

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
ACKNOWLEDGED = 40060
FOLLOW_UPS_USED = 40094
CANNOT_REPLY = 160002
RIGHT_MISSING = 50013
THREAD_EXISTS = 160004
ARCHIVED = 50083
NOT_FOR_TEXT = 50008

NO_ACCESS, NOT_TO_USER, OF_NO_USE, NO_RECIPIENT, DEAD_TOKEN, NO_COMMON_SERVER = (
    50001,
    50007,
    50024,
    50033,
    50027,
    50278,
)
THREAD_LOCKED = 160005

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

TOO_LARGE = 40005
MODERATED = range(200_000, 201_000)
"""The server's automatic moderation dislikes the text."""

FIELD = re.compile(r"\bIn (?:data\.)?(\w+)")
"""How the library begins a line about a field, in what it makes of Discord's answer to an invalid
form (50035)."""
BLAMED = {
    "components": Blame.BUTTONS, "embeds": Blame.PICTURES, "message_reference": Blame.REPLY,
    "files": Blame.FILES,
    "attachments": Blame.FILES,
}  # fmt: skip

BUSY_SECONDS = 60.0
"""Pause after a 429 that names none: it comes from the network in front of Discord."""


class Blocked(Exception):
    """This way of answering is closed: the token is over, or the bot may not write there."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed ({code})")
        self.code = code


class TooBig(Exception):
    """Discord does not take the file; text and file were refused together."""


class Disliked(Exception):
    """The automatic moderation of the server refuses the words."""


@contextmanager
def translated(*, repeatable: bool) -> Iterator[None]:
    """`repeatable`: an edit, a read, or a post with a nonce, which may be done again when the
    answer was lost."""
    try:
        yield
    except discord.RateLimited as busy:
        raise Flooded(busy.retry_after) from None
    except discord.HTTPException as refused:
        raise _meaning(refused, repeatable=repeatable) from None
    except aiohttp.ClientConnectorError as cut:
        raise Unsent(type(cut).__name__) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as cut:
        kind = Unsent if repeatable else Unclear
        raise kind(type(cut).__name__) from None


def _meaning(refused: discord.HTTPException, *, repeatable: bool) -> Exception:
    status, code = refused.status, refused.code
    if status == 413 or code == TOO_LARGE:
        return TooBig()
    if code in MODERATED:
        return Disliked()
    if code == CANNOT_REPLY:
        return Refused(f"status {status}, code {code}", Blame.REPLY)
    if status in (401, 403, 404) or code in CLOSED:
        return Blocked(code)
    if status == 429:
        return Flooded(BUSY_SECONDS)
    if status >= 500:
        return Unsent(f"status {status}") if repeatable else Unclear(f"status {status}")
    return Refused(f"status {status}, code {code}", _blame(refused.text))


def _blame(words: str) -> Blame | None:
    """What is not valid, where Discord names only that."""
    found = {BLAMED.get(field) for field in FIELD.findall(words)}
    return found.pop() if len(found) == 1 else None
