"""Of many people who speak at once everybody is heard, and answered, before requests are taken up:
these give way, and never for long."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.store.writer import (
    CROWD,
    PASSED_BY,
    Trouble,
    Work,
    Writer,
    crowd_after,
    gives_way,
)


class Paced:
    """A way to a database on which each transaction waits until the test lets it end."""

    longest_pause = 0.0

    def __init__(self) -> None:
        self.begun: asyncio.Queue[int] = asyncio.Queue()
        self.may_end: asyncio.Queue[None] = asyncio.Queue()

    async def written(self, works: Sequence[Work[Any]]) -> list[Any]:
        """So many pieces have begun."""
        self.begun.put_nowait(len(works))
        await self.may_end.get()
        return [None for _ in works]

    def judged(self, problem: Exception) -> Trouble:
        """Nothing fails here."""
        raise AssertionError(problem)

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def writing() -> AsyncIterator[tuple[Writer, Paced]]:
    channel = Paced()
    writer = Writer(channel)
    try:
        yield writer, channel
    finally:
        for _ in range(99):
            channel.may_end.put_nowait(None)
        await writer.close()


def speak(writer: Writer, many: int, *, urgent: bool = False) -> list[asyncio.Task[None]]:
    """So many take in, or hand out, at once."""
    said = (writer.run(lambda db: None, urgent=urgent, speaks=True) for _ in range(many))
    return [asyncio.create_task(each) for each in said]


@pytest.mark.parametrize(
    ("spoken", "crowd"),
    [
        ([], 0),
        ([1], 1),
        ([3, 0, 0], 0),
        ([CROWD], CROWD),
        ([16, 1], 8),
        ([16, 1, 1], 4),
        ([16, 1, 1, 1], 2),
        ([16, 1, 16], 16),
    ],
)
def test_a_crowd_is_over_after_a_few_transactions_with_hardly_a_message(
    spoken: list[int], crowd: int
) -> None:
    found = 0
    for many in spoken:
        found = crowd_after(found, many)
    assert found == crowd


@pytest.mark.parametrize(
    ("crowd", "passed", "waits"),
    [
        (0, 0, False),
        (CROWD - 1, 0, False),
        (CROWD, 0, True),
        (1000, PASSED_BY - 1, True),
        (1000, PASSED_BY, False),
    ],
)
def test_what_can_wait_lets_so_many_of_a_crowd_pass_and_no_more(
    crowd: int, passed: int, waits: bool
) -> None:
    assert gives_way(crowd, passed) is waits


async def test_where_nobody_or_a_single_one_speaks_nothing_waits() -> None:
    async with writing() as (writer, channel):
        await writer.give_way()
        said = speak(writer, CROWD - 1)
        await channel.begun.get()
        await writer.give_way()
        assert not any(each.done() for each in said)


async def test_while_many_speak_what_can_wait_waits_until_they_are_written() -> None:
    async with writing() as (writer, channel):
        said = speak(writer, CROWD, urgent=True)
        await asyncio.sleep(0)  # they are queued, and nothing is written yet
        waits = asyncio.create_task(writer.give_way())
        await channel.begun.get()
        assert not waits.done()
        channel.may_end.put_nowait(None)
        await asyncio.gather(waits, *said)


async def test_a_crowd_without_an_end_keeps_nothing_from_being_done() -> None:
    async with writing() as (writer, channel):
        speak(writer, CROWD)
        await channel.begun.get()  # each of these transactions has as many
        waits = asyncio.create_task(writer.give_way())
        for _ in range(PASSED_BY // CROWD):
            await asyncio.sleep(0)
            assert not waits.done()
            speak(writer, CROWD)
            await asyncio.sleep(0)  # they are queued before the one before ends
            channel.may_end.put_nowait(None)
            await channel.begun.get()
        await waits
