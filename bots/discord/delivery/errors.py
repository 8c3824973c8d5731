"""What the library raises -> what the plan or the core can act on, by Discord's own codes.

A code that nobody has listed here is no end: the core sends the message again with less in it
(Refused)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bots.discord.delivery.planning.refusals import (
    CLOSED,
    TOO_LARGE,
    Blocked,
    Disliked,
    TooBig,
)
from core.adapter import Blame, Flooded, Refused, Unclear, Unsent

ACKNOWLEDGED = 40060
CANNOT_REPLY = 160002
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
