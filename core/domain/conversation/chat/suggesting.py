"""What a profile proposes to make of photos, as words and as buttons."""

from functools import cache

from core.domain.payloads import Payload, carrying
from core.domain.understanding import Command as Free
from core.domain.understanding import Meaning, Wish, WishKind, read
from core.i18n import ENGLISH
from core.messages import (
    Button,
    Command,
)
from core.skills import Skill


def meant(words: str, skill: Skill, language: str) -> Meaning:
    """What somebody's words mean; what their profile proposes is certain, however few words it
    has."""
    said = " ".join(words.casefold().split())
    proposed = {
        line.casefold()
        for code in dict.fromkeys((language, ENGLISH))
        for _, line in suggestions(skill, code)
    }
    return Wish(WishKind.MAKE) if said in proposed else read(words, language)


def suggestions(skill: Skill, language: str) -> tuple[tuple[int, str], ...]:
    """What a profile proposes to make of photos, each with its place in the profile.

    What means something else (the `export 1080p MP4` of the service's documents) is left out: it
    does not do what it says before there is a video."""
    said, fitting = skill.suggestions[language], _fitting(skill.suggestions[ENGLISH])
    return tuple((place, said[place]) for place in fitting if place < len(said))


def suggestion_row(
    skill: Skill, language: str, job: int | None = None
) -> tuple[tuple[Button, ...], ...]:
    """All of them side by side, where other rows follow; a platform stacks what is too wide."""
    row = tuple(button for row in suggestion_buttons(skill, language, job) for button in row)
    return (row,) if row else ()


@cache
def _fitting(proposed: tuple[str, ...]) -> tuple[int, ...]:
    """The places of those that mean a video; each profile is asked about at every message."""
    return tuple(
        place for place, words in enumerate(proposed) if not isinstance(read(words, ENGLISH), Free)
    )


def suggestion_buttons(
    skill: Skill, language: str, job: int | None = None
) -> tuple[tuple[Button, ...], ...]:
    """One row for each suggestion of the skill; the button carries its number, so that it fits any
    platform."""
    return tuple(
        (Button(words, Command.VIDEO, job, carrying(Payload.SUGGESTION, place)),)
        for place, words in suggestions(skill, language)
    )
