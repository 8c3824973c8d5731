"""Refusals are remembered for some minutes, of so many people and no more."""

from core.domain.limits.admission import REPEATED_SECONDS, TOLD_AT_MOST_WHO_WAITS
from core.runtime.engine.intake import MOST, Told

NOW = 1_800_000_000.0


def test_each_reason_counts_for_itself_and_for_each_person() -> None:
    told = Told()
    for at in (NOW, NOW + 1):
        told.note("telegram/1", "talk.stranger", at)
    told.note("telegram/1", "talk.daily_user", NOW + 2)
    assert told.lately("telegram/1", NOW + 3) == {"talk.stranger": 2, "talk.daily_user": 1}
    assert told.lately("discord/1", NOW + 3) == {}


def test_after_some_minutes_it_may_be_said_anew() -> None:
    told = Told()
    told.note("telegram/1", "talk.stranger", NOW)
    assert told.lately("telegram/1", NOW + REPEATED_SECONDS - 1) == {"talk.stranger": 1}
    assert told.lately("telegram/1", NOW + REPEATED_SECONDS) == {}


def test_it_takes_no_more_room_however_many_are_refused() -> None:
    told = Told(people=2)
    for number in range(2 * MOST):
        told.note("telegram/1", "talk.stranger", NOW + number)
    assert (
        TOLD_AT_MOST_WHO_WAITS < told.lately("telegram/1", NOW + 2 * MOST)["talk.stranger"] <= MOST
    )
    told.note("telegram/2", "talk.stranger", NOW)
    told.note("telegram/1", "talk.stranger", NOW)
    told.note("telegram/3", "talk.stranger", NOW)
    known = {who for who in ("telegram/1", "telegram/2", "telegram/3") if told.lately(who, NOW)}
    assert known == {"telegram/1", "telegram/3"}, "who was not refused for longest is forgotten"
