"""Jobs of which this process is told one by one, among others that are told of others: each is
claimed once there is a place for it."""

from functools import partial

import structlog

from core.domain.limits import Scarce, scarce_for_step
from core.runtime.driver import Driver
from core.runtime.engine.carrying import carry_out
from core.runtime.engine.runtime import Runtime
from core.store import Buried, Claimed, Shared

log = structlog.get_logger()

PLACE_SECONDS = 5.0
"""So long a job waits here for a place; then another process may have one."""
LEFT_SECONDS = 1.0
"""After that it is looked at again."""
DEFECT_SECONDS = 60.0
"""The same where it could not be taken up at all."""


class Claiming:
    """One for each process that shares its store."""

    def __init__(self, runtime: Runtime, shared: Shared, jobs: Driver) -> None:
        self._runtime, self._shared, self._jobs = runtime, shared, jobs

    async def carry(self, id: int, queue: str) -> None:
        """One job that this process is told of, among others that are told of others."""
        try:
            what = Scarce(queue)
            follows = partial(self._may_follow, what)
            await carry_out(self._runtime, await self._claimed(id, what), follows)
        except Buried:
            pass  # whoever keeps this process alive ends it
        except Exception:  # the one guard here: a bad row must not stop the others
            log.exception("a defect while a job was taken up", job=id)
            await self._shared.look_again(id, DEFECT_SECONDS)

    async def _claimed(self, id: int, what: Scarce) -> Claimed | None:
        """Its place is taken before it is claimed: others ask at the same time."""
        await self._shared.give_way()
        places, clock = self._runtime.places, self._runtime.clock
        if not await places.wait(what, clock, PLACE_SECONDS):
            await self._shared.look_again(id, LEFT_SECONDS)
            return None
        if self._jobs.ending:  # it may have become so meanwhile; another has time for it
            places.leave(what)
            await self._shared.look_again(id, 0)
            return None
        found: Claimed | float | None = None
        try:
            found = await self._shared.claim_this(id, clock())
        finally:
            if not isinstance(found, Claimed):
                places.leave(what)
        if not isinstance(found, Claimed):
            return None
        if not self._may_follow(what, what):  # not any more: nobody should hang up on a turn
            places.leave(what)
            await self._shared.release(found.job)
            return None
        if (needed := scarce_for_step(found.job.step)) is not what:  # it has come further meanwhile
            places.leave(what)
            places.take(needed)
        return found

    def _may_follow(self, queue: Scarce, needed: Scarce) -> bool:
        """A turn takes minutes, and would keep one of the few places of another queue so long: it
        is told of by its own."""
        return not self._jobs.ending and (needed is not Scarce.TURN or queue is Scarce.TURN)
