"""At most so many turns a second, for platforms that limit how often they are asked."""

import asyncio


class Throttle:
    """At most `most` turns in any second; who comes too early waits, in the order of coming."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._turns: list[float] = []
        self._order = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for it."""
        async with self._order:
            now = asyncio.get_running_loop().time
            self._turns = [turn for turn in self._turns if turn > now() - 1.0]
            if len(self._turns) >= self._most:
                await asyncio.sleep(self._turns[-self._most] + 1.0 - now())
            self._turns.append(now())
