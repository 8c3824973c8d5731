"""The places of one process: taken, left, and fewer for a while where the service refuses more."""

from core.domain.capacity import DOUBLES_SECONDS, HELD_SECONDS, Capacity, Scarce
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
