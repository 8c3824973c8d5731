"""What one process does at a time: whoever leads there does it, the others stand by; and none does
it any longer than it is sure to lead."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog

from core.store import Buried, Shared

log = structlog.get_logger()

Run = Callable[[], Coroutine[Any, Any, None]]
TRIES, LOOKS = 2, 10
"""So often in a lease the place of a leader is asked for, and a leader looks whether it is sure."""


async def _nothing() -> None:
    """What has ended leaves nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something to do until cancelled. Where another has taken the place, `give_up` is called, so
    that nothing of it takes its time, and `lost` awaited when it has ended. `of` so many that are
    alike, which those who stand for them share."""

    name: str
    run: Run
    give_up: Callable[[], None] = lambda: None
    lost: Run = _nothing
    of: int = 1


async def led(shared: Shared, part: Part, lease: float) -> None:
    """Do it whenever this process leads there, for ever; raises what it raises. `lease` in
    seconds."""
    while True:
        if shared.is_sure() and await shared.lead(part.name, part.of):
            log.info("leading", name=part.name)
            if await _while_leading(shared, part, lease):
                return
            log.warning("not leading any more", name=part.name)
        await asyncio.sleep(lease / TRIES)


async def _while_leading(shared: Shared, part: Part, lease: float) -> bool:
    """Whether it has come to its own end."""
    doing = asyncio.ensure_future(part.run())
    watch = asyncio.ensure_future(_displaced(shared, part, lease))
    try:
        await asyncio.wait((doing, watch), return_when=asyncio.FIRST_COMPLETED)
        displaced = not doing.done()
        if displaced:
            part.give_up()
    except asyncio.CancelledError:
        doing.cancel()  # it takes nothing more, and another may begin while it ends
        await _resigned(shared, part.name, lease)
        raise
    finally:
        for task in (doing, watch):
            task.cancel()
        await asyncio.gather(doing, watch, return_exceptions=True)
    if displaced:
        await part.lost()
        return False
    doing.result()
    return True


async def _displaced(shared: Shared, part: Part, lease: float) -> None:
    """Returns when this process may not be the leader any more."""
    looks = 0
    while shared.is_sure():
        await asyncio.sleep(lease / LOOKS)
        looks += 1
        if looks % (LOOKS // TRIES) == 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(lease / LOOKS):
                    if not await shared.lead(part.name, part.of):
                        return


async def _resigned(shared: Shared, name: str, lease: float) -> None:
    """As far as it goes: who is gone leads nothing either."""
    with suppress(Buried, TimeoutError):
        async with asyncio.timeout(lease):
            await shared.resign(name)


async def alive(work: Run, live: Run, give_up: Callable[[], None]) -> None:
    """Do the work for as long as this process lives, and live until it has ended: what ends in
    time is still taken. Raises Buried, or what the work raises."""
    doing, living = asyncio.ensure_future(work()), asyncio.ensure_future(live())
    living.add_done_callback(lambda _: give_up())
    try:
        await asyncio.wait((doing, living), return_when=asyncio.FIRST_COMPLETED)
    finally:
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
    for task in (living, doing):
        if not task.cancelled():
            task.result()
