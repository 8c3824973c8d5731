"""The port of what wakes work up: the row is the truth, a driver only says when to look at it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

Work = Callable[[], Awaitable[None]]
Take = Callable[[int], Awaitable[tuple[Sequence[Work], float | None]]]
"""Claims due work, so many pieces at most (none where nothing is due that may be begun), and says
when the next is due, in seconds since the epoch (None where nothing waits)."""
Carry = Callable[[int, str], Awaitable[None]]
"""Claims one piece by its number, from this queue, and carries it out; also where it cannot be
claimed here and now."""


class Driver(Protocol):
    """Runs work as it becomes due. `turned` is when it last looked around (seconds since the
    epoch)."""

    turned: float

    ending: bool
    """Whether it takes no more work and waits for what runs to end."""

    def wake(self, at: float = 0.0) -> None:
        """Something may be due at that time (seconds since the epoch): look then, unless it would
        anyhow."""
        ...

    def give_up(self) -> None:
        """What runs gets no moment to end: others have it by now."""
        ...

    async def run(self, take: Take, carry: Carry) -> None:
        """Take and run work until cancelled; running pieces are then given a moment to end. A
        driver that is told which piece is due uses `carry`, the others `take`. May be run again."""
        ...


async def ended(running: set[asyncio.Task[None]], grace: float) -> None:
    """Returns when none of them runs any more; `grace` in seconds."""
    if not running:
        return
    _, late = await asyncio.wait(set(running), timeout=grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
