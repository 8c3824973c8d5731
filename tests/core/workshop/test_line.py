"""Who converts next: one at a time a person, each in turn, and who waits holds nothing."""

from core.workshop.line import FIRST_PAUSE, GRACE, LONGEST_QUEUE_PAUSE, Line


def test_the_first_begins_at_once_and_the_next_come_again_later_the_more_wait() -> None:
    line = Line({"sound": 1})
    assert [line.enter("sound", who, 0) for who in "abcd"] == [
        0,
        FIRST_PAUSE,
        2 * FIRST_PAUSE,
        3 * FIRST_PAUSE,
    ]


def test_nobody_is_sent_away_for_long() -> None:
    line = Line({"sound": 1})
    assert (
        max(line.enter("sound", f"person {number}", 0) for number in range(100))
        == LONGEST_QUEUE_PAUSE
    )


def test_a_free_place_is_for_whoever_has_waited_longest() -> None:
    line = Line({"sound": 1})
    for who in "abc":
        line.enter("sound", who, 0)
    line.leave("sound", "a")
    assert line.enter("sound", "c", 1) > 0
    assert line.enter("sound", "d", 1) > 0
    assert line.enter("sound", "b", 1) == 0
    line.leave("sound", "b")
    assert line.enter("sound", "c", 2) == 0


def test_who_does_not_come_again_loses_the_place() -> None:
    line = Line({"sound": 1})
    for who in "abc":
        line.enter("sound", who, 0)
    line.leave("sound", "a")
    late = FIRST_PAUSE + GRACE
    assert line.enter("sound", "c", late) > 0, "to the very end"
    assert line.enter("sound", "c", late + 0.1) == 0


def test_one_person_has_one_place_whatever_it_is_for() -> None:
    line = Line({"sound": 2, "picture": 2})
    assert line.enter("sound", "a", 0) == 0
    assert line.enter("sound", "a", 0) > 0
    assert line.enter("picture", "a", 0) > 0
    assert line.enter("picture", "b", 0) == 0
    line.leave("sound", "a")
    assert line.enter("picture", "a", 0) == 0


def test_who_waits_for_another_conversion_of_their_own_holds_up_nobody() -> None:
    line = Line({"sound": 1, "picture": 1})
    line.enter("sound", "a", 0)
    assert line.enter("picture", "a", 0) > 0
    assert line.enter("picture", "b", 0) == 0


def test_sorts_do_not_wait_for_one_another() -> None:
    line = Line({"sound": 1, "picture": 1})
    for number in range(18):
        line.enter("sound", f"person {number}", 0)
    assert line.enter("picture", "b", 0) == 0
