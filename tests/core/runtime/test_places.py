"""The places of one process: taken, left, and fewer for a while where the service refuses more."""

import asyncio
from itertools import chain, repeat

from core.domain.limits.capacity import DOUBLES_SECONDS, HELD_SECONDS, Capacity, Scarce
from core.runtime.engine import Places

NOW = 1_800_000_000.0
WANTED = Capacity(turns=100, uploads=3, deliveries=2, calls=5)


def test_what_is_under_way_leaves_less_room_and_gives_it_back() -> None:
    places = Places(WANTED)
    assert places.room(NOW) == {Scarce.TURN: 100, Scarce.FILE: 3, Scarce.CALL: 5}
    places.take(Scarce.FILE)
    places.take(Scarce.TURN)
    assert places.room(NOW) == {Scarce.TURN: 99, Scarce.FILE: 2, Scarce.CALL: 5}
    places.leave(Scarce.FILE)
    assert places.room(NOW)[Scarce.FILE] == 3


def test_the_handles_are_asked_for_each_time() -> None:
    handles = [0, 22]
    places = Places(WANTED, lambda: handles[0])
    assert places.room(NOW)[Scarce.TURN] == 100
    del handles[0]
    assert places.room(NOW)[Scarce.TURN] == 1
    for _ in range(3):  # begun while there were more
        places.take(Scarce.TURN)
    assert places.room(NOW)[Scarce.TURN] == 0


def test_a_refused_turn_lowers_the_limit_for_a_while() -> None:
    places = Places(WANTED)
    for _ in range(41):
        places.take(Scarce.TURN)
    assert places.refused(NOW), "others are under way"
    places.leave(Scarce.TURN)
    assert places.room(NOW)[Scarce.TURN] == 0
    places.leave(Scarce.TURN)
    assert places.room(NOW)[Scarce.TURN] == 1, "one has ended, one may begin"
    later = NOW + HELD_SECONDS + DOUBLES_SECONDS
    assert places.room(later)[Scarce.TURN] == 80 - 39
    assert places.room(later + DOUBLES_SECONDS)[Scarce.TURN] == 100 - 39
    assert places.room(NOW)[Scarce.TURN] == 100 - 39, "and is forgotten then"


def test_a_turn_that_is_refused_alone_is_no_matter_of_how_many() -> None:
    places = Places(WANTED)
    places.take(Scarce.TURN)
    assert not places.refused(NOW)
    places.leave(Scarce.TURN)
    assert places.room(NOW)[Scarce.TURN] == 1


async def test_places_go_to_who_has_waited_longest() -> None:
    places, got = Places(WANTED), list[int]()
    for _ in range(3):
        places.take(Scarce.FILE)

    async def wait(number: int) -> None:
        assert await places.wait(Scarce.FILE, lambda: NOW, 5.0)
        got.append(number)

    waiting = [asyncio.create_task(wait(number)) for number in range(3)]
    await asyncio.sleep(0)
    places.leave(Scarce.FILE)
    await asyncio.wait(waiting[:1])
    assert got == [0]
    waiting[1].cancel()
    places.leave(Scarce.FILE)
    await asyncio.wait(waiting)
    assert got == [0, 2], "who has gone holds up nobody"
    assert places.room(NOW)[Scarce.FILE] == 0


async def test_who_waits_for_too_long_gets_none() -> None:
    places = Places(WANTED)
    for _ in range(3):
        places.take(Scarce.FILE)
    times = chain((NOW, NOW, NOW), repeat(NOW + 1))
    assert not await places.wait(Scarce.FILE, lambda: next(times), 1.0)
    assert await places.wait(Scarce.TURN, lambda: NOW, 5.0), "of another sort there are some"
