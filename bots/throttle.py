"""At most so many turns a second, for platforms that limit how often they are asked."""

import asyncio
from collections.abc import Callable


class Throttle:
    """At most `most` turns in any second; who comes too early waits, in the order of coming."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._turns: list[float] = []
        self._order = asyncio.Lock()

    async def turn(self, most: Callable[[], int] | None = None) -> None:
        """Wait for it. `most` is asked when the turn comes, for who wants fewer than usual just
        then."""
        async with self._order:
            now = asyncio.get_running_loop().time
            allowed = min(self._most, most()) if most else self._most
            self._turns = [turn for turn in self._turns if turn > now() - 1.0]
            if len(self._turns) >= allowed:
                await asyncio.sleep(self._turns[-allowed] + 1.0 - now())
            self._turns.append(now())
