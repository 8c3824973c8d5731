"""The places of this process: how much of what is scarce is under way, and what is left. In memory,
for a new process has nothing under way."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from core.domain.capacity import Capacity, Lowered, Room, Scarce, lowered, within

LOOK_SECONDS = 1.0
"""Room also comes with time (429), which calls nobody."""
UNBOUNDED = Capacity(turns=10_000, uploads=32, deliveries=8)


@dataclass(slots=True)
class Places:
    """`wanted` is what the operator allows; `handles` tells how many open files and connections
    the process may have at present, 0 where nobody knows. `freed` is called for each place that is
    left."""

    wanted: Capacity = UNBOUNDED
    handles: Callable[[], int] = lambda: 0
    freed: Callable[[Scarce], None] = lambda _: None
    _taken: Counter[Scarce] = field(default_factory=Counter)
    _waiting: dict[Scarce, deque[asyncio.Event]] = field(
        default_factory=lambda: {what: deque() for what in Scarce}
    )
    _lowered: Lowered | None = None

    @property
    def capacity(self) -> Capacity:
        """What this machine allows of it."""
        return within(self.handles(), self.wanted)

    def room(self, now: float) -> Room:
        """How many more steps of each sort may be taken up."""
        capacity = self.capacity
        most = {what: capacity.most(what) for what in Scarce}
        if self._lowered is not None:
            allowed = self._lowered.allows(now)
            if allowed >= most[Scarce.TURN]:
                self._lowered = None
            else:
                most[Scarce.TURN] = int(allowed)
        return {what: max(most[what] - self._taken[what], 0) for what in Scarce}

    def take(self, what: Scarce) -> None:
        """One more is under way."""
        self._taken[what] += 1

    def leave(self, what: Scarce) -> None:
        """It is over, well or not."""
        self._taken[what] -= 1
        if self._waiting[what]:
            self._waiting[what][0].set()
        self.freed(what)

    async def wait(self, what: Scarce, clock: Callable[[], float], seconds: float) -> bool:
        """Take a place as soon as there is one, in the order of asking. False where there was none
        for so long."""
        mine, until = asyncio.Event(), clock() + seconds
        self._waiting[what].append(mine)
        try:
            while self._waiting[what][0] is not mine or not self.room(clock())[what]:
                if clock() >= until:
                    return False
                mine.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(until - clock(), LOOK_SECONDS)):
                        await mine.wait()
            self.take(what)
            return True
        finally:
            self._waiting[what].remove(mine)
            if self._waiting[what]:
                self._waiting[what][0].set()

    def refused(self, now: float) -> bool:
        """The service takes no further turn (429). Whether others of ours are under way: then it is
        a matter of how many."""
        others = self._taken[Scarce.TURN] - 1
        self._lowered = lowered(others, now)
        return others > 0
