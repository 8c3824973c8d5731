"""What is told to end ends, also where the first time was not heard."""

import asyncio

import pytest

from bots.discord.run.shutdown import told_until_it_ends


async def deaf(ended: list[str]) -> None:
    """Loses the first cancellation, as asyncio.wait_for of Python 3.11 may."""
    for _ in range(2):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("told")
    raise asyncio.CancelledError


async def test_a_cancellation_that_was_lost_is_said_again() -> None:
    ended: list[str] = []
    work = asyncio.create_task(told_until_it_ends(deaf(ended), seconds=0.01))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.cancel()
    async with asyncio.timeout(300):
        with pytest.raises(asyncio.CancelledError):
            await work
    assert ended == ["told", "told"]


async def test_what_it_gives_and_how_it_fails_come_through() -> None:
    async def gives(value: int) -> int:
        return 10 // value

    assert await told_until_it_ends(gives(5)) == 2
    with pytest.raises(ZeroDivisionError):
        await told_until_it_ends(gives(0))
