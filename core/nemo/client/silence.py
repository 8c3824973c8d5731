"""Notices that a turn has said nothing for a long time, without touching its stream."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Noticed = Callable[[], Awaitable[None]]


@asynccontextmanager
async def watched(quiet: Noticed | None, seconds: float) -> AsyncIterator[Callable[[], None]]:
    """Gives a function to call for every event; `quiet` is awaited once for each gap of so many
    seconds."""
    moved = asyncio.Event()

    async def watch(quiet: Noticed) -> None:
        while True:
            moved.clear()
            try:
                async with asyncio.timeout(
                    seconds
                ):  # wait_for may lose a cancellation on Python 3.11
                    await moved.wait()
            except TimeoutError:
                await quiet()
                await moved.wait()

    watching = asyncio.create_task(watch(quiet)) if quiet is not None else None
    try:
        yield moved.set
    finally:
        if watching is not None:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
