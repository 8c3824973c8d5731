"""A thread for each request in a server's text channel, where the operator wants that.

A thread has the id of the message that it is started from. So the address of a request is known
before its thread is there, and the request is on disk before anything is asked of Discord; the
thread is opened by the first answer that is to be posted in it. Nobody who gets no answer gets a
thread, and where none can be opened the channel has to do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import discord
import structlog

from bots.discord.delivery import rights
from bots.discord.delivery.errors import (
    RIGHT_MISSING,
    THREAD_EXISTS,
    UNKNOWN_CHANNEL,
    Blocked,
    Disliked,
    TooBig,
    translated,
)
from bots.discord.delivery.waiting import Waiting
from bots.discord.delivery.ways import NOBODY, ORIGINAL, InChannel, webhook
from bots.discord.translate import (
    Begun,
    Grant,
    Handle,
    Piece,
    begins,
    begun_with,
    joins,
    spoken,
    threaded,
    to_title,
)
from core.adapter import DeliveryError, Refused
from core.i18n import text
from core.messages import Inbound, Ticket

log = structlog.get_logger()

DAY_MINUTES: Final = 1440
"""After so long without a word Discord archives a thread; the next answer wakes it up."""

REMEMBERED = 500
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a thread takes: its name, and the command whose answer it is started from."""

    name: str
    grant: Grant | None = None
    ticket: Ticket | None = None


class Threads:
    """`together` are the seconds within which two messages are one request.

    All of it is in memory: after a restart a thread that is not open yet gets a plain name.
    """

    def __init__(
        self,
        waiting: Waiting,
        hints: rights.Hints,
        clock: Callable[[], float],
        *,
        wanted: bool,
        together: float,
    ) -> None:
        self._waiting, self._hints, self._clock = waiting, hints, clock
        self._wanted, self._together = wanted, together
        self._begun: dict[tuple[int, str], Begun] = {}
        self._opening: dict[int, Opening] = {}
        self._open: dict[int, None] = {}
        self._shut: dict[int, None] = {}

    # Taking in

    def place(
        self, client: discord.Client, channel: object, inbound: Inbound, anchor: int
    ) -> Inbound:
        """The message in the thread of its request: a new one under the message `anchor`, or one
        just begun."""
        if (
            not self._wanted
            or not isinstance(channel, discord.TextChannel)
            or not self._may(client, channel.id)
        ):
            return inbound
        key, now = (channel.id, inbound.user), self._clock()
        begun = self._begun.get(key)
        if begun is not None and joins(begun, inbound, now, self._together):
            self._begun[key] = begun_with(begun.thread, inbound, now, begun)
            return threaded(inbound, begun.thread)
        if not begins(inbound):
            return inbound
        self._begun.pop(key, None)
        _keep(self._begun, key, begun_with(anchor, inbound, now))
        name = to_title(inbound.text, spoken(inbound.text))
        _keep(self._opening, anchor, Opening(name))
        return threaded(inbound, anchor)

    def of(self, client: discord.Client, inbound: Inbound, message: int) -> Inbound:
        """What concerns this message, in the thread that hangs under it, if one does."""
        there = (
            message in self._opening
            or message in self._open
            or client.get_channel(message) is not None
        )
        return threaded(inbound, message) if there and message not in self._shut else inbound

    def answers(self, thread: int, grant: Grant, ticket: Ticket) -> None:
        """The thread is to be started from the answer to this command, which says "thinking…" until
        then."""
        if thread in self._opening:
            self._opening[thread] = Opening(self._opening[thread].name, grant, ticket)

    def ticket(self, thread: int) -> Ticket | None:
        """The way back to who used the command, for what only they may read."""
        found = self._opening.get(thread)
        return found.ticket if found else None

    def _may(self, client: discord.Client, channel: int) -> bool:
        """Whether the bot may open threads there and write in them, as far as is known; else an
        admin is told."""
        lacking = [
            right
            for right in (rights.THREADS, rights.IN_THREADS)
            if rights.lacks(client, channel, right)
        ]
        for right in lacking:
            self._hints.note(channel, right)
        return not lacking

    # Answering

    async def open(self, client: discord.Client, thread: int, parent: int) -> None:
        """Make sure that the thread is there. Raises Blocked where that cannot be, or a
        DeliveryError for later."""
        if thread in self._open or client.get_channel(thread) is not None:
            return
        if thread in self._shut:
            raise Blocked(UNKNOWN_CHANNEL)
        opening = self._opening.get(thread) or Opening(to_title("", "en"))
        try:
            if not self._may(client, parent):
                raise Blocked(RIGHT_MISSING)
            await self._fill(client, opening, "discord.in_thread")
            await _start(client, parent, thread, opening.name)
        except Blocked as blocked:
            if blocked.code == RIGHT_MISSING:
                self._hints.note(parent, rights.THREADS)
            if blocked.code != THREAD_EXISTS:
                log.warning("no thread could be opened", channel=parent, code=blocked.code)
                await self._fill(client, opening, "status.on_it")
                _keep(self._shut, thread, None)
                raise
        _keep(self._open, thread, None)

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


def _keep(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Remember the newest."""
    known[key] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]


class InThread(InChannel):
    """A message in the thread of its request. It names its reader: what it would answer stands
    above the thread."""

    def __init__(
        self, client: discord.Client, threads: Threads, thread: int, parent: int, guild: int | None
    ) -> None:
        super().__init__(client, thread, guild)
        self._client, self._threads, self.place = client, threads, parent

    async def post(self, piece: Piece) -> Handle:
        """Open the thread if need be, and post there."""
        await self._threads.open(self._client, self._channel.id, self.place)
        return await self._post(replace(piece, reply_to="", refers_to=""))
