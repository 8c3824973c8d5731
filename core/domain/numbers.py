"""The one way in which a whole number that somebody wrote is read: any script's digits, never too
many of them."""

MOST = 10**15
"""Beyond it a number is no number that anybody means, and neither SQLite nor JSON would keep it."""


def whole(words: str, most: int = MOST) -> int | None:
    """`12`, `٣` or `１２` as a number; None for anything else (`²`, `-1`, `1.5`, nothing) and for
    more than `most`.

    The length is looked at first: Python itself refuses some thousands of digits with an error.
    """
    if not words.isdecimal() or len(words) > len(str(most)):
        return None
    number = int(words)
    return number if number <= most else None
