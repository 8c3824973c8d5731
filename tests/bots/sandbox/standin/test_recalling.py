"""What the stand-in makes of lines about earlier changes, and of wishes that come one after the
other."""

import pytest

from bots.sandbox.standin.recalling import Change, recalled
from bots.sandbox.standin.wishes import Wishes, read

EMPTY, ONE, TWO, THREE = None, {"d": 1}, {"d": 2}, {"d": 3}
MADE = Change("make a video", EMPTY, ONE)
FIRST, SECOND = Change("add the title “One”", ONE, TWO), Change("slower\nplease", TWO, THREE)
CHANGES = (MADE, FIRST, SECOND)


@pytest.mark.parametrize(
    ("words", "rest", "draft", "there"),
    [
        ("make it blue", "make it blue", THREE, [True, True, True]),
        ("Take back: “slower please”.\nmake it blue", "make it blue", TWO, [True, True, False]),
        (
            "Take back: “add the title ‘One’” and “slower please”.\nmake it blue",
            "make it blue",
            ONE,
            [True, False, False],
        ),
        ("先撤销：“slower pl…”。\n蓝色", "蓝色", TWO, [True, True, False]),
        ("not “mine”\nmake it blue", "not “mine”\nmake it blue", THREE, [True, True, True]),
        ("“slower please”", "“slower please”", THREE, [True, True, True]),
        ("two\nlines", "two\nlines", THREE, [True, True, True]),
    ],
)
def test_changes_that_are_quoted_in_a_line_of_their_own_are_taken_back(
    words: str, rest: str, draft: object, there: list[bool]
) -> None:
    found = recalled(words, THREE, CHANGES)
    assert (found.words, found.draft) == (rest, draft)
    assert [change.there for change in found.changes] == there


def test_what_was_taken_back_is_made_again_when_it_is_quoted_once_more() -> None:
    back = recalled("Take back: “slower please”.\nmake it blue", THREE, CHANGES)
    again = recalled("Once more: “slower please”.\nmake it red", back.draft, back.changes)
    assert (again.words, again.draft) == ("make it red", THREE)
    assert again.changes == CHANGES


def test_of_two_wishes_the_later_one_counts() -> None:
    first = read("make a 2-second vertical video")
    assert first.then(read("4 seconds")).seconds == 4
    assert first.then(read("add the title Hi")).aspect == "9:16"
    assert first.then(Wishes()) == first
