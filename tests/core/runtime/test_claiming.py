"""A process that is told which request is due: it takes it up where it has a place, and leaves none
of it behind."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.domain.limits.capacity import Capacity, Scarce
from core.domain.requests import Job, Plan, Step
from core.messages import Address
from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine import Places
from core.runtime.engine.claiming import DEFECT_SECONDS, LEFT_SECONDS, Claiming
from core.runtime.engine.queues import Working
from core.runtime.engine.runtime import LOOK_SECONDS
from core.store import Buried, Claimed

NOW = 1_800_000_000.0
HERE = Address("fake", "chat-1")


class Others:
    """As far as a job needs a store that others share."""

    def __init__(self, found: object = None) -> None:
        self.found, self.again = found, list[tuple[int, float]]()
        self.gave_way = False

    async def give_way(self) -> None:
        self.gave_way = True

    async def claim_this(self, id: int, now: float) -> object:
        assert self.gave_way, "many who ask at once hear first that they were heard"
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    async def look_again(self, id: int, seconds: float) -> None:
        self.again.append((id, seconds))


def claiming(others: Others, places: Places, *, ending: bool = False) -> Claiming:
    times = iter((NOW, NOW, NOW + 60))  # so long nobody waits for a place
    clock = lambda: next(times, NOW + 60)  # noqa: E731
    runtime = cast(Any, SimpleNamespace(clock=clock, places=places))
    driver = EmbeddedDriver(lambda: 1, clock)
    driver.ending = ending
    return Claiming(runtime, cast(Any, others), driver)


@pytest.mark.parametrize(
    ("found", "again"),
    [
        (None, []),
        (NOW + 5, []),  # the store has seen to that
        (Buried(), []),
        (ValueError("a row that makes no sense"), [(7, DEFECT_SECONDS)]),
    ],
)
async def test_what_cannot_be_taken_up_keeps_no_place(
    found: object, again: list[tuple[int, float]]
) -> None:
    others, places = Others(found), Places(Capacity(turns=1, uploads=1, deliveries=1, calls=1))
    await claiming(others, places).carry(7, "turn")
    assert places.room(NOW)[Scarce.TURN] == 1
    assert others.again == again


async def test_a_job_without_a_place_is_left_to_others() -> None:
    others, places = Others(), Places(Capacity(turns=1, uploads=1, deliveries=1, calls=1))
    places.take(Scarce.TURN)
    await claiming(others, places).carry(7, "turn")
    assert others.again == [(7, LEFT_SECONDS)]


async def test_a_process_that_is_to_end_takes_nothing_up() -> None:
    others, places = Others(), Places(Capacity(turns=1, uploads=1, deliveries=1, calls=1))
    others.found = ValueError("it was asked for")
    await claiming(others, places, ending=True).carry(7, "turn")
    assert places.room(NOW)[Scarce.TURN] == 1
    assert others.again == [(7, 0)]


async def test_what_is_claimed_while_a_process_is_told_to_end_is_handed_back() -> None:
    job = Job(7, "", "user-1", HERE, Plan.MAKE, Step.GENERATE, due=NOW, created=NOW)
    places, released = Places(Capacity(turns=1, uploads=1, deliveries=1, calls=1)), list[Job]()

    class Ending(Others):
        async def claim_this(self, id: int, now: float) -> object:
            driver.ending = True
            return Claimed(job, cast(Any, None), cast(Any, None))

        async def release(self, job: Job) -> None:
            released.append(job)

    here = claiming(Ending(), places)
    driver = here._jobs
    await here.carry(7, "turn")
    assert released == [job]
    assert places.room(NOW)[Scarce.TURN] == 1


async def test_a_step_that_takes_something_else_by_now_has_a_place_of_that() -> None:
    job = Job(7, "", "user-1", HERE, "make", Step.UPLOAD, due=NOW, created=NOW)  # type: ignore[arg-type]
    claimed = Claimed(job, cast(Any, None), cast(Any, None))
    others, places = Others(claimed), Places(Capacity(turns=1, uploads=1, deliveries=1, calls=1))
    taken = await claiming(others, places)._claimed(7, Scarce.TURN)
    assert taken is claimed
    assert places.room(NOW) == {Scarce.TURN: 1, Scarce.FILE: 0, Scarce.CALL: 1}


@pytest.mark.parametrize(
    ("queue", "needed", "follows"),
    [("call", "file", True), ("file", "call", True), ("call", "turn", False),
     ("file", "turn", False), ("turn", "turn", True), ("turn", "call", True)],
)  # fmt: skip
def test_a_turn_is_begun_by_its_own_queue_alone(queue: str, needed: str, follows: bool) -> None:
    here = claiming(Others(), Places())
    assert here._may_follow(Scarce(queue), Scarce(needed)) is follows


class Waiting:
    """As far as a look needs a store: requests that wait for a turn, and nothing to take."""

    def __init__(self, **first: float) -> None:
        self.first = {Step(step): due for step, due in first.items()}
        self.gave_way = False

    async def give_way(self) -> None:
        self.gave_way = True

    async def next_jobs(self, now: float, room: object, most: int) -> tuple[list[Claimed], object]:
        assert self.gave_way, "many who ask at once hear first that they were heard"
        return [], self.first


@pytest.mark.parametrize(
    ("first", "taken", "left", "due", "looks"),
    [
        ({"generate": NOW}, Scarce.TURN, Scarce.TURN, NOW + LOOK_SECONDS, True),
        ({"generate": NOW + 9}, Scarce.TURN, Scarce.TURN, NOW + LOOK_SECONDS, True),
        ({"generate": NOW, "poll": NOW + 0.5}, Scarce.TURN, Scarce.CALL, NOW + 0.5, False),
        ({"poll": NOW + 9}, Scarce.TURN, Scarce.TURN, NOW + 9, False),
        ({}, Scarce.CALL, Scarce.CALL, None, False),
    ],
)
async def test_a_place_that_is_left_calls_whoever_waits_for_one_like_it(
    first: dict[str, float], taken: Scarce, left: Scarce, due: float | None, looks: bool
) -> None:
    places = Places(Capacity(turns=1, uploads=1, deliveries=1, calls=2))
    clock = lambda: NOW  # noqa: E731
    runtime = SimpleNamespace(clock=clock, store=Waiting(**first), places=places)
    driver = Woken()
    here = Working(cast(Any, runtime), cast(Any, driver))
    for what in (taken, Scarce.CALL):
        places.take(what)
    assert await here._take(64) == ([], due)
    places.leave(left)
    assert bool(driver.at) is looks


class Woken:
    """A driver that notes when it is to look."""

    ending = False

    def __init__(self) -> None:
        self.at = list[float]()

    def wake(self, at: float = 0.0) -> None:
        self.at.append(at)
