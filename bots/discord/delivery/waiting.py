"""What must not be left alone: deferred answers whose token ends, and chats where the bot shows
that it works."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import discord

from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning.refusals import Blocked, Disliked, TooBig
from bots.discord.delivery.webhooks import NOBODY, ORIGINAL, webhook
from bots.discord.translate import Grant, Handle
from core.adapter import DeliveryError
from core.i18n import text
from core.messages import Address, Outbound

TYPING_SECONDS = 8.0
"""Discord shows typing for 10 s."""

WORKING_SECONDS = 900.0
"""Without news for so long, the bot no longer shows that it works."""


@dataclass
class Open:
    """One interaction while its token lives.

    `filled` says whether its deferred answer is; None: made before a restart, nobody remembers.
    `status` is the message that shows running work."""

    grant: Grant
    until: float
    filled: bool | None = None
    status: Handle | None = None


@dataclass
class Busy:
    """One chat with running work."""

    channel: int
    until: float
    typed: float = 0.0


class Waiting:
    """Remembers for 15 minutes at most, and in memory only: what is lost in a restart is asked for
    again."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.answered_elsewhere = False  # another process may have filled an answer in
        self._open: dict[str, Open] = {}
        self._busy: dict[tuple[Address, str, str], Busy] = {}

    # Deferred answers

    def deferred(self, grant: Grant, until: float) -> None:
        """An answer says "thinking…" from now on; `until` is the deadline of its ticket."""
        self._open[grant.interaction] = Open(
            grant, until, filled=None if self.answered_elsewhere else False
        )

    def filled(self, grant: Grant) -> bool | None:
        """Whether the deferred answer has been filled in; None where only Discord knows."""
        found = self._open.get(grant.interaction)
        return found.filled if found else None

    def fill(self, grant: Grant, until: float, *, filled: bool = True) -> None:
        """Note that the answer is being filled in, before that happens: no second message may try
        the same."""
        found = self._open.setdefault(grant.interaction, Open(grant, until))
        found.filled = filled

    def shows(self, grant: Grant, until: float, handle: Handle, *, working: bool) -> None:
        """A message made through the token now shows running work, or something final."""
        if until <= self._clock():
            return
        opened = self._open.setdefault(grant.interaction, Open(grant, until, filled=True))
        if working:
            opened.status = handle
        elif opened.status == handle:
            opened.status = None

    # Typing

    def works(self, message: Outbound, channel: int) -> None:
        """Show that the bot works here, or no longer, now that this message is posted."""
        key = (message.address, message.user, message.slot)
        if message.working:
            busy = self._busy.setdefault(key, Busy(channel, 0.0))
            busy.until = self._clock() + WORKING_SECONDS
        elif message.slot:
            self._busy.pop(key, None)
        elif not message.silent:
            for other in [k for k in self._busy if k[:2] == key[:2]]:
                del self._busy[other]

    # What is due

    async def look(self, client: discord.Client) -> None:
        """Do what is due now. Failures are of no consequence: the result comes in any case."""
        now = self._clock()
        self._busy = {key: busy for key, busy in self._busy.items() if busy.until > now}
        due = [opened for opened in self._open.values() if opened.until <= now]
        self._open = {key: opened for key, opened in self._open.items() if opened.until > now}
        typing = [busy for busy in self._busy.values() if now - busy.typed >= TYPING_SECONDS]
        for busy in typing:
            busy.typed = now
        lone = [opened for opened in due if opened.filled is False or _stuck(opened)]
        await asyncio.gather(
            *(_console(client, opened) for opened in lone),
            *(_type(client, busy) for busy in typing),
        )


def _stuck(opened: Open) -> bool:
    """A running status that nobody can edit once the token is over; the bot's own messages
    elsewhere stay editable."""
    return opened.status is not None and (opened.status.hidden or not opened.grant.member)


async def _console(client: discord.Client, opened: Open) -> None:
    """The last minute of a token: say that the result comes as a new message."""
    status = opened.status
    message = int(status.message) if status and not status.original else ORIGINAL
    with contextlib.suppress(Blocked, TooBig, Disliked, DeliveryError), translated(repeatable=True):
        await webhook(client, opened.grant).edit_message(
            message,
            content=text("discord.comes_later", opened.grant.language),
            embeds=[],
            attachments=[],
            view=None,
            allowed_mentions=NOBODY,
        )


async def _type(client: discord.Client, busy: Busy) -> None:
    try:
        await client.get_partial_messageable(busy.channel).typing()
    except (discord.DiscordException, aiohttp.ClientError, OSError, DeliveryError):
        busy.until = 0.0  # not allowed here, or not worth a second try before the next news
