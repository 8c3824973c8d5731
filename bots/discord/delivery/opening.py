"""Opens the thread of a request with the first answer that is to be posted in it."""

from collections.abc import Callable
from typing import Final

import discord
import structlog

from bots.discord.delivery import rights
from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning.refusals import (
    RIGHT_MISSING,
    THREAD_EXISTS,
    UNKNOWN_CHANNEL,
    Blocked,
    Disliked,
    TooBig,
)
from bots.discord.delivery.threads import Opening, Threads
from bots.discord.delivery.waiting import Waiting
from bots.discord.delivery.webhooks import NOBODY, ORIGINAL, webhook
from bots.discord.translate import spoken, to_title
from core.adapter import DeliveryError, Refused
from core.i18n import text

log = structlog.get_logger()

DAY_MINUTES: Final = 1440
"""After so long without a word Discord archives a thread; the next answer wakes it up."""


class Opener:
    """What is known about the threads is in `threads`."""

    def __init__(
        self, threads: Threads, waiting: Waiting, hints: rights.Hints, clock: Callable[[], float]
    ) -> None:
        self._threads, self._waiting, self._hints, self._clock = threads, waiting, hints, clock

    async def open(self, client: discord.Client, thread: int, parent: int) -> None:
        """Make sure that the thread is there. Raises Blocked where that cannot be, or a
        DeliveryError for later."""
        if self._threads.is_open(thread) or client.get_channel(thread) is not None:
            return
        if self._threads.is_shut(thread):
            raise Blocked(UNKNOWN_CHANNEL)
        opening = self._threads.opening(thread)
        try:
            if not self._threads.may(client, parent):
                raise Blocked(RIGHT_MISSING)
            await self._fill(client, opening, "discord.in_thread")
            await _start(client, parent, thread, opening.name)
        except Blocked as blocked:
            if blocked.code == RIGHT_MISSING:
                self._hints.note(parent, rights.THREADS)
            if blocked.code != THREAD_EXISTS:
                log.warning("no thread could be opened", channel=parent, code=blocked.code)
                await self._fill(client, opening, "status.on_it")
                self._threads.shut(thread)
                raise
        self._threads.opened(thread)

    async def _fill(self, client: discord.Client, opening: Opening, key: str) -> None:
        """The answer that the thread hangs on must be there first; it says where all the rest
        comes."""
        grant, ticket = opening.grant, opening.ticket
        if grant is None or ticket is None or ticket.expires <= self._clock():
            return
        self._waiting.fill(grant, ticket.expires)
        words = text(key, grant.language)
        try:
            with translated(repeatable=True):
                await webhook(client, grant).edit_message(
                    ORIGINAL, content=words, allowed_mentions=NOBODY
                )
        except (Blocked, TooBig, Disliked, DeliveryError) as problem:
            log.info("the answer above the thread was not filled in", error=type(problem).__name__)


async def _start(client: discord.Client, channel: int, message: int, name: str) -> None:
    """Start the thread, under a plain name where the moderation dislikes the words. Raises Blocked
    or DeliveryError.

    By the library's own route: its `create_thread` works only once the server is known, which right
    after a start, when the first answers go out, it is not."""
    plain = to_title("", spoken(name))
    for tried in (name, plain):
        try:
            with translated(repeatable=True):
                await client.http.start_thread_with_message(
                    channel, message, name=tried, auto_archive_duration=DAY_MINUTES
                )
        except Disliked:
            continue
        except Refused:
            break
        return
    raise Blocked(0)
