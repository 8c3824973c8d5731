"""Discord's windows: so many requests of one route in so many seconds; what has a place in one goes
out at once.

The library refuses by itself whatever falls into a window that is longer than it may wait, also
with requests left in it, and forgets a long window that is used up. And it holds a request that is
done until its window is over: a message that has long been posted would count as one that may have
been."""

import asyncio
import math
from collections import deque
from types import TracebackType

import discord
from discord import http
from discord.webhook import async_ as webhooks


class Window(http.Ratelimit):
    """One window, in the place of the library's own: what has a place in it goes out at once, all
    else waits its turn.

    Raises RateLimited where that would take more than `longest` seconds: then only the chat waits
    (Flooded)."""

    __slots__ = ("_asked", "_longest", "_turns")

    def __init__(self, longest: float | None) -> None:
        super().__init__(longest)
        self._longest, self._asked = longest or math.inf, _now()
        self._turns: deque[asyncio.Future[None]] = deque()

    async def acquire(self) -> None:
        """Take a place."""
        self._asked = _now()
        while not self._has_room():
            await self._turn()
        self.remaining -= 1
        self.outgoing += 1

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.outgoing -= 1
        if self.expires is None:  # the answer named no window
            self.remaining = self.limit - self.outgoing
        self._call()

    def is_inactive(self) -> bool:
        """Whether the library may forget it: long unused, and no window that may still be used
        up."""
        idle = _now() - self._asked >= IDLE and not self._turns and self.outgoing == 0
        return idle and (self.expires is None or self.is_expired())

    def _has_room(self) -> bool:
        if self.is_expired():
            self.reset()  # type: ignore[no-untyped-call]  # the library's
        return self.remaining > 0

    async def _turn(self) -> None:
        """Until a place may be free: at the end of the window, or when an answer tells more about
        it."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        if self.expires is not None:
            left = self.expires - loop.time()
            if left > self._longest:
                raise discord.RateLimited(left)
            loop.call_later(left + SLACK, self._call)
        self._turns.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn in self._turns:
                self._turns.remove(turn)
            self._call()  # it may have been called already: somebody else's turn, then
            raise

    def _call(self) -> None:
        """Whoever has waited longest, as many as there are places."""
        room = self.remaining if self._has_room() else 0
        for _ in range(min(room, len(self._turns))):
            turn = self._turns.popleft()
            if not turn.done():
                turn.set_result(None)


SLACK = 0.001
"""Seconds after the end of a window at which it is certainly over."""

IDLE = 300.0
"""Seconds without a request after which a window is forgotten."""


def _now() -> float:
    return asyncio.get_running_loop().time()


class Deferred(webhooks.AsyncDeferredLock):
    """The same for answers by an interaction's token, one of which goes out at a time: a used-up
    window makes the next one wait, and not the one that has just been answered."""

    async def __aenter__(self) -> "Deferred":
        try:
            async with asyncio.timeout(LONGEST_WINDOW):
                await self.lock.acquire()
        except TimeoutError:
            raise discord.RateLimited(LONGEST_WINDOW) from None
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.delta:
            asyncio.get_running_loop().call_later(self.delta, self.lock.release)
        else:
            self.lock.release()


LONGEST_WINDOW = 30.0
"""Seconds that a request may wait for its window; above, only that chat waits (Flooded)."""


def keep_to_windows() -> None:
    """Let the library's clients keep to these windows, which differ by their longest wait alone
    (its option `max_ratelimit_timeout`).

    It has no option for how a window is kept to. Both classes are public names of its modules."""
    http.Ratelimit = Window  # type: ignore[assignment, misc]
    webhooks.AsyncDeferredLock = Deferred  # type: ignore[misc]
