"""One process at a time does what has a leader, and none for longer than it is sure to be it."""

import asyncio
from typing import cast

import pytest

from core.runtime.engine.leading import Part, alive, led
from core.runtime.engine.queues import rounds
from core.store import Buried, Shared

LEASE = 0.01


class Others:
    """As far as leading needs a store that others share."""

    def __init__(self) -> None:
        self.free = self.sure = True
        self.said: list[str] = []
        self.asked, self.free_from, self.resigned = 0, 0, asyncio.Event()

    def is_sure(self) -> bool:
        return self.sure

    async def lead(self, name: str, of: int = 1) -> bool:
        self.asked += 1
        if self.asked == self.free_from:
            self.free = True
        return self.free

    async def resign(self, name: str) -> None:
        self.said.append("resigned")
        self.resigned.set()


class Work:
    """Something that one process does at a time; it takes its time to end until it is given up."""

    def __init__(self, others: Others) -> None:
        self._others = others
        self.begun: asyncio.Queue[None] = asyncio.Queue()
        self.told, self.may_end = asyncio.Event(), asyncio.Event()
        self.problem: Exception | None = None

    async def run(self) -> None:
        self.begun.put_nowait(None)
        try:
            await asyncio.Event().wait() if self.problem is None else None
        except asyncio.CancelledError:
            self.told.set()
            await self.may_end.wait()
            self._others.said.append("ended")
            raise
        assert self.problem is not None
        raise self.problem

    async def lost(self) -> None:
        self._others.said.append("lost")

    def part(self) -> Part:
        return Part("here", self.run, self.may_end.set, self.lost)


def leading(others: Others, work: Work) -> "asyncio.Task[None]":
    return asyncio.create_task(led(cast(Shared, others), work.part(), LEASE))


@pytest.mark.parametrize("how", ["free", "sure"])
async def test_who_is_displaced_or_unsure_stops_at_once_and_begins_again_when_it_leads(
    how: str,
) -> None:
    others = Others()
    work = Work(others)
    task = leading(others, work)
    await work.begun.get()
    setattr(others, how, False)
    await work.may_end.wait()
    setattr(others, how, True)
    await work.begun.get()
    assert others.said == ["ended", "lost"]
    task.cancel()
    await asyncio.wait([task])


async def test_who_does_not_lead_stands_by() -> None:
    others = Others()
    others.free, others.free_from = False, 3
    work = Work(others)
    task = leading(others, work)
    await work.begun.get()
    assert others.asked >= 3
    task.cancel()
    work.may_end.set()
    await asyncio.wait([task])


async def test_a_planned_end_hands_over_before_the_rest_has_ended() -> None:
    others = Others()
    work = Work(others)
    task = leading(others, work)
    await work.begun.get()
    task.cancel()
    await work.told.wait()
    await others.resigned.wait()
    assert others.said == ["resigned"]
    work.may_end.set()
    await asyncio.wait([task])
    assert others.said == ["resigned", "ended"]
    assert task.cancelled()


async def test_what_the_work_raises_is_raised() -> None:
    others = Others()
    work = Work(others)
    work.problem = ValueError("the operator's matter")
    with pytest.raises(ValueError, match="operator"):
        await leading(others, work)


class Life:
    """Signs of life, until it is `over`."""

    def __init__(self) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended = False

    async def live(self) -> None:
        try:
            await self.over
        finally:
            self.ended = True


async def test_who_is_taken_for_dead_gives_up_before_anything_ends() -> None:
    others, life = Others(), Life()
    work = Work(others)
    task = asyncio.create_task(alive(work.run, life.live, work.may_end.set))
    await work.begun.get()
    life.over.set_exception(Buried())
    with pytest.raises(Buried):
        await task
    assert others.said == ["ended"], "without its grace"


async def test_a_process_that_is_told_to_end_lives_until_it_has() -> None:
    others, life = Others(), Life()
    work = Work(others)
    task = asyncio.create_task(alive(work.run, life.live, lambda: None))
    await work.begun.get()
    task.cancel()
    await work.told.wait()
    assert not life.ended, "what ends in time is still taken"
    work.may_end.set()
    await asyncio.wait([task])
    assert task.cancelled()
    assert life.ended


async def test_the_end_of_the_work_is_the_end() -> None:
    others, life = Others(), Life()
    work = Work(others)
    work.problem = ValueError("finished")
    with pytest.raises(ValueError, match="finished"):
        await alive(work.run, life.live, lambda: None)
    assert life.ended


async def test_no_round_is_tried_again_by_who_is_taken_for_dead() -> None:
    async def round() -> None:
        raise Buried

    with pytest.raises(Buried):
        await rounds("a round", round)
