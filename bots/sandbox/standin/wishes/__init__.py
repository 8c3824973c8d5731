"""What somebody wants, read from their words by tables: this stands where the real backend has a
language model."""

from dataclasses import replace

from bots.sandbox.standin.wishes import spoken, title
from bots.sandbox.standin.wishes.folding import folded
from bots.sandbox.standin.wishes.languages import other
from bots.sandbox.standin.wishes.tabled import tabled
from bots.sandbox.standin.wishes.wish import Wishes

__all__ = ["Wishes", "read"]

LONGEST = 2000
"""Letters of a message that are read."""


def read(words: str, language: str = "en") -> Wishes:
    """Understand a message; `language` is the session's and gives way to what the words are written
    in."""
    words = words[:LONGEST]
    wishes = tabled(words, language)
    source = title.QUOTED.sub(lambda quote: spoken.QUOTE * len(quote[0]), words)
    text = folded(source)
    for lexicon in reversed(other(text.text)):
        named = any(lexicon[concept].search(text.text) for concept in ("title", "saying"))
        found = spoken.read(text, lexicon, (title.quoted(words) or "") if named else "")
        wishes = replace(merged(wishes, found), language=lexicon.language)
    return wishes


def merged(wishes: Wishes, found: spoken.Found) -> Wishes:
    """What the tables know, with what was found in the person's own language before it."""
    if found.get("title"):
        found |= {"title_asked": False}
    if found.get("title_off"):
        found |= {"title": None, "title_asked": False}
    if found.get("music_off"):
        found |= {"music": None, "gain": None}
    if found.get("gain"):
        found |= {"music": None}
    return replace(wishes, **found)
