"""Measures how late the event loop is, and tells systemd that the bot hears, as long as it does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager

import structlog

from core.ops.meter import Meter
from core.ops.notify import ALIVE, Notifier

log = structlog.get_logger()

LAG_EVERY = 1.0
"""Seconds between two measurements."""


async def _lag(meter: Meter, every: float = LAG_EVERY) -> None:
    """Until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        meter.lag.observe(max(0.0, loop.time() - due))


async def _watchdog(notifier: Notifier, deaf: Callable[[], Awaitable[list[str]]]) -> None:
    """Until cancelled: a bot that is deaf or stuck says nothing, and is started anew by systemd."""
    if notifier.pause is None:
        return
    while True:
        if found := await deaf():
            log.error("systemd is not told that all is well", troubles=found)
        else:
            notifier.say(ALIVE)
        await asyncio.sleep(notifier.pause)


@asynccontextmanager
async def watched(
    meter: Meter,
    notifier: Notifier,
    deaf: Callable[[], Awaitable[list[str]]],
    alarms: Callable[[], Coroutine[None, None, object]],
) -> AsyncIterator[None]:
    """Both, and the alarms, as long as the block runs."""
    tasks = [
        asyncio.create_task(_lag(meter), name="lag"),
        asyncio.create_task(_watchdog(notifier, deaf), name="watchdog"),
        asyncio.create_task(alarms(), name="alarms"),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
