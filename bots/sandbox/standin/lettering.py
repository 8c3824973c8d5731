"""What becomes of a title that cannot be shown as it is: too long for a picture, or with signs that
no font has."""

from dataclasses import replace

from bots.sandbox.standin.wishes import Wishes

ROOM = 100
"""Letters that four lines hold where the frame is narrow; one of East Asia takes the place of
two."""


def legible(wishes: Wishes) -> Wishes:
    """The wishes with a title that can be drawn, or with none, and with a note of what was left
    out. Reads fonts."""
    if wishes.title is None:
        return wishes
    from bots.sandbox.standin.video import drawable, lost

    words = drawable(wishes.title)
    short = shortened(words)
    return replace(
        wishes,
        title=short or None,
        title_lost=" ".join(lost(wishes.title))[:60],
        title_cut=short != words,
    )


def shortened(words: str) -> str:
    """As much of the beginning as a picture has room for, up to the end of a word."""
    room, end = ROOM, 0
    for letter in words:
        room -= 2 if letter >= "\u1100" else 1
        if room < 0:
            break
        end += 1
    if end == len(words):
        return words
    whole = words[:end].rpartition(" ")[0] if words[end] != " " else words[:end]
    # a script without spaces, or one endless word, is cut where it is full
    return f"{(whole if len(whole) > end / 2 else words[:end]).rstrip(' ,.;:-')}…"
