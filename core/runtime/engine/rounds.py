"""What is done again and again beside the requests: a defect in one round ends nothing, many one
after the other do."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from core.ops import machine
from core.store.sharing import Buried

log = structlog.get_logger()

MOST = 10
"""Defects in a row after which the process had better begin anew."""
PAUSE = 1.0
"""Seconds after a defect, so that what does not wait by itself fills no log."""


async def rounds(name: str, work: Callable[[], Awaitable[None]], pause: float = PAUSE) -> None:
    """Do it for ever; `work` waits by itself. Raises what it raised ten times in a row, and Buried
    at once."""
    defects = 0
    while True:
        try:
            await work()
        except Buried:
            raise
        except Exception as problem:  # the one guard here: a bad row must not silence everybody
            if machine.short(problem):
                log.warning("this machine is short", what=name, error=str(problem))
                await asyncio.sleep(pause)
                continue
            defects += 1
            log.exception("a defect beside the requests", what=name, defects=defects)
            if defects == MOST:
                raise
            await asyncio.sleep(pause)
        else:
            defects = 0
