"""What lies before the words: all that a decision depends on beside the meaning."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages import Heard


class Situation(StrEnum):
    """What lies before the words."""

    NOTHING = "nothing"
    """No photo, no video."""
    PHOTO = "photo"
    """Photos are kept, and it was asked what to make of them."""
    CAPTION = "caption"
    """The words came with a photo."""
    PROJECT = "project"
    """A finished video is there, no photo waits."""
    RUNNING = "running"
    """A video is being made."""


class Confirm(StrEnum):
    """When a paid turn is confirmed by one tap (NEMO_CONFIRM)."""

    UNCLEAR = "unclear"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a decision depends on beside the meaning."""

    situation: Situation
    photos: int = 1
    """How many photos wait, come with the words, or are in the project at hand."""
    options: int = 0
    """How many options the last message offered by number (suggestions, alternatives of a
    question)."""
    pending: bool = False
    """Whether a question that yes or no answers is open (a confirmation, a question of the
    backend)."""
    undone: bool = False
    """Whether there is a change that was undone and can be redone."""
    heard: Heard = Heard.DIRECT
    confirm: Confirm = Confirm.UNCLEAR
