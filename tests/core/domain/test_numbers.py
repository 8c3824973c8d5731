"""Digits of any script are numbers within bounds; what only looks like a digit is a word like any
other."""

import pytest

from core.domain.numbers import whole


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("٣", 3),
        ("１２", 12),
        ("१२", 12),
        ("²", None),
        ("1²", None),
        ("①", None),
        ("Ⅳ", None),
        ("三", None),
        ("½", None),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1_0", None),
        (" 1", None),
        ("1.5", None),
        ("9" * 4000, None),
        (str(10**15), 10**15),
        (str(10**15 + 1), None),
    ],
)
def test_a_written_number_is_read_or_is_none(words: str, number: int | None) -> None:
    assert whole(words) == number


def test_more_than_the_most_is_none() -> None:
    assert (whole("100", 100), whole("101", 100), whole("1000", 100)) == (100, None, None)
