"""What is asked of the disk goes there in its order, and each hears of its own."""

import asyncio
import threading
from functools import partial

import pytest

from bots.discord.delivery import Disk


def full() -> None:
    raise OSError(28, "full")


async def test_each_hears_of_its_own() -> None:
    disk, ways = Disk(), list[str]()
    busy, free = threading.Event(), threading.Event()

    def first() -> str:
        busy.set()
        free.wait()
        return "first"

    began = asyncio.create_task(disk.do(first))
    await asyncio.to_thread(busy.wait)
    works = (full, partial(ways.append, "second"), partial(ways.append, "third"))
    others = [asyncio.create_task(disk.do(work)) for work in works]
    await asyncio.sleep(0)
    others[1].cancel()  # whoever has asked is gone; it is done all the same
    free.set()
    assert await began == "first"
    with pytest.raises(OSError, match="full"):
        await others[0]
    await others[2]
    assert ways == ["second", "third"]
    assert await disk.do(lambda: "later") == "later"
