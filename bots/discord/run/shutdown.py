"""Ends what may not listen the first time it is told to."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


async def told_until_it_ends(work: Coroutine[None, None, T], seconds: float = 1.0) -> T:
    """What `work` gives. Cancelled, it cancels the work, and again after so many `seconds`, until
    that has ended.

    On Python 3.11 asyncio.wait_for may lose a cancellation that comes in the moment in which it is
    done (github.com/python/cpython/issues/86296), and discord.py connects with it: a deploy would
    be waited for in vain."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task])
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=seconds)
    return task.result()
