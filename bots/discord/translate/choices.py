"""The choices of the form *Edit*: what is offered there, and how the core is told of it."""

from collections.abc import Mapping

from core.domain.conversation import LENGTHS, MOODS, SHAPES, Choice
from core.domain.requests import USUAL_CREDITS, Plan
from core.i18n import text
from core.messages import Payload
from core.messages import payload_words as payload

EDITS = ("shape", "length", "mood")
ANEW = USUAL_CREDITS[Plan.MAKE]
"""Credits for making it anew in another shape, about."""


def offered_edits(language: str) -> dict[str, dict[str, str]]:
    """For each field the values and their labels."""
    moods = {it: text(f"button.mood_{name}", language) for it, name in MOODS.items()}
    lengths = {str(it): text(f"discord.length_{it}", language) for it in LENGTHS}
    return dict(zip(EDITS, (dict(SHAPES), lengths, moods), strict=True))


def with_edits(words: str, picked: Mapping[str, str]) -> str:
    """The words of the form with what was chosen in it, as a button would carry that."""
    seconds = picked["length"]
    choice = Choice(
        picked["shape"] if picked["shape"] in SHAPES else "",
        int(seconds) if seconds in map(str, LENGTHS) else 0,
        picked["mood"] if picked["mood"] in MOODS else "",
    )
    if choice.open:
        return words
    return payload(Payload.CHOSEN, f"{choice.code}\n{words}".strip())
