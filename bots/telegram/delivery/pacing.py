"""How often Telegram may be written to: about 1 message a second a chat, 20 a minute a group, 30 a
second in all."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bots.throttle import Throttle

MINUTE = 60.0
GROUP_LIMIT = 20
"""Messages and edits a minute in one group (bots FAQ, "My bot is hitting limits")."""

IN_ALL = 28
"""Messages and edits a second in all chats together; the guidance is 30, and clocks differ."""

MANY = 3
"""Chats refused one after the other, with nothing taken in between: perhaps their own matter,
perhaps all are meant."""

PROBES = 4
"""Messages a second that find out which of the two it is: every other chat is tried, only not as
fast as usual.

Telegram never says that it means the whole bot. To conclude it from many refusals would let a
stranger with a few groups in slow mode silence everybody for as long as those groups may name. """


class Pacing:
    """One budget for each chat and one for all, shared by all requests.

    `between` are the least seconds between two edits in a group, `budget` how many messages and
    edits a minute are spent there before edits have to wait, so that results need not, and `apart`
    the seconds between two messages in a private chat. `clock` gives seconds. In memory: only the
    last minute counts, and a restart takes its time."""

    def __init__(
        self,
        clock: Callable[[], float],
        between: float = 6.0,
        budget: int = 16,
        apart: float = 1.0,
        in_all: int = IN_ALL,
    ) -> None:
        self._clock, self._between, self._budget, self._apart = clock, between, budget, apart
        self._sent: dict[str, list[float]] = {}
        self._edited: dict[str, float] = {}
        self._refused: set[str] = set()
        self._turning = Counter[str]()
        self._swept = -MINUTE
        self._in_all = Throttle(in_all)

    @asynccontextmanager
    async def turn(
        self, chat: str, *, edit: bool = False, long: bool = False
    ) -> AsyncIterator[None]:
        """Wait until one more message in all may go out, after it was noted, and send it inside: it
        counts from when it is there. Until then others wait in its chat, unless it takes `long` (a
        file): these pass it."""
        holds = not edit
        self._turning[chat] += holds
        try:
            await self._in_all.turn(self.allowed)
            self._again(chat, edit)
            if long:
                self._turning[chat] -= holds
                holds = False
            try:
                yield
            finally:
                self._again(chat, edit)
        finally:
            self._turning[chat] -= holds

    def _again(self, chat: str, edit: bool) -> None:
        """What was noted last counts from now on."""
        times = self._sent.get(chat)
        if times and (_is_group(chat) or not edit):
            times[-1] = self._clock()

    def allowed(self) -> int:
        """Messages and edits a second, in all chats together, at present."""
        return PROBES if len(self._refused) >= MANY else IN_ALL

    def wait(self, chat: str, *, edit: bool = True) -> float:
        """Seconds until the next edit, or message, in this chat; 0 if it may come now."""
        now = self._clock()
        sent = self._recent(chat, now)
        if not _is_group(chat):
            last = now if self._turning[chat] else sent[-1] if sent else now - self._apart
            return 0.0 if edit else min(max(0.0, last + self._apart - now), MINUTE)
        most = self._budget if edit else GROUP_LIMIT
        full = sent[-most] + MINUTE - now if len(sent) >= most else 0.0
        since = self._edited.get(chat, 0.0) if edit else 0.0
        since = since if 0.0 < since <= now else now - self._between
        return min(max(0.0, full, since + self._between - now), MINUTE)

    def note(self, chat: str, edit: bool) -> None:
        """Something was posted or edited there."""
        now = self._clock()
        if edit and not _is_group(chat):
            return  # the core keeps its own distance between edits of one message
        self._sent[chat] = [*self._recent(chat, now), now]
        if edit:
            self._edited[chat] = now

    def refused(self, chat: str) -> None:
        """Telegram asks for a pause there. That chat has it; the others are only tried more slowly
        if many say so."""
        if len(self._refused) < MANY:
            self._refused.add(chat)

    def taken(self) -> None:
        """Telegram has taken something."""
        self._refused.clear()

    def _recent(self, chat: str, now: float) -> list[float]:
        """When this chat was written to in the last minute. What is older, or yet to come, is
        forgotten."""
        if not self._swept <= now < self._swept + MINUTE:
            self._sweep(now)
        return [when for when in self._sent.get(chat, ()) if now - MINUTE < when <= now]

    def _sweep(self, now: float) -> None:
        """Forget the chats in which nothing was posted of late, once a minute: there may be
        thousands."""
        self._swept = now
        kept = {
            other: [when for when in times if now - MINUTE < when <= now]
            for other, times in self._sent.items()
        }
        self._sent = {other: times for other, times in kept.items() if times}
        self._edited = {
            other: when
            for other, when in self._edited.items()
            if other in self._sent and when <= now
        }
        self._turning += Counter()  # without those at zero


def _is_group(chat: str) -> bool:
    return chat.startswith("-")  # the ids of groups are negative
