"""Who takes in what was said in one chat: one after the other, in the order in which they asked."""

import asyncio


class Turn:
    """The lock of one chat among `turns`; it is there for as long as anybody wants it."""

    __slots__ = ("_channel", "_lock", "_turns", "wanted")

    def __init__(self, turns: "dict[int, Turn]", channel: int) -> None:
        self._turns, self._channel = turns, channel
        self._lock, self.wanted = asyncio.Lock(), 0

    async def __aenter__(self) -> None:
        try:
            await self._lock.acquire()
        except asyncio.CancelledError:
            self._leave()
            raise

    async def __aexit__(self, *problem: object) -> None:
        self._lock.release()
        self._leave()

    def _leave(self) -> None:
        self.wanted -= 1
        if not self.wanted:
            del self._turns[self._channel]


class Turns:
    """One lock for each chat that anybody is at."""

    def __init__(self) -> None:
        self._turns: dict[int, Turn] = {}

    def of(self, channel: int) -> Turn:
        """The lock of this chat, to be used at once."""
        turn = self._turns.get(channel)
        if turn is None:
            turn = self._turns[channel] = Turn(self._turns, channel)
        turn.wanted += 1
        return turn
