"""The end of what runs: a moment to come to its own, then it is cut off."""

import asyncio


async def ended(running: set[asyncio.Task[None]], grace: float) -> None:
    """Returns when none of them runs any more; `grace` in seconds."""
    if not running:
        return
    _, late = await asyncio.wait(set(running), timeout=grace)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
