"""Which requests have a thread of their own, where the operator wants that, and what is known about
each.

A thread has the id of the message that it is started from. So the address of a request is known
before its thread is there, and the request is on disk before anything is asked of Discord; the
thread is opened by the first answer that is to be posted in it (`opening`). Nobody who gets no
answer gets a thread, and where none can be opened the channel has to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import discord

from bots.discord.delivery import rights
from bots.discord.translate import (
    Begun,
    Grant,
    begins,
    begun_with,
    joins,
    spoken,
    threaded,
    to_title,
)
from core.messages import Inbound, Ticket

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
        self, hints: rights.Hints, clock: Callable[[], float], *, wanted: bool, together: float
    ) -> None:
        self._hints, self._clock = hints, clock
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
            or not self.may(client, channel.id)
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

    def may(self, client: discord.Client, channel: int) -> bool:
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

    # Opening

    def opening(self, thread: int) -> Opening:
        """What opening this thread takes."""
        return self._opening.get(thread) or Opening(to_title("", "en"))

    def is_open(self, thread: int) -> bool:
        """Whether it was opened."""
        return thread in self._open

    def is_shut(self, thread: int) -> bool:
        """Whether it could not be opened: that is not tried again."""
        return thread in self._shut

    def opened(self, thread: int) -> None:
        """It is there."""
        _keep(self._open, thread, None)

    def shut(self, thread: int) -> None:
        """It cannot be."""
        _keep(self._shut, thread, None)


def _keep(known: dict[Key, Value], key: Key, value: Value) -> None:
    """Remember the newest."""
    known[key] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
