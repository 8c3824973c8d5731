"""What a decision depends on beside the meaning of the words, and what it can be."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.understanding import CommandKind, Topic
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


@dataclass(frozen=True, slots=True)
class Make:
    """Paid: a video with these words. `standard`: the words say nothing about it, the default video
    is meant."""

    standard: bool = False
    queued: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Paid: the video at hand is changed as the words say; `queued` waits for the one that is being
    made."""

    queued: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """Paid: made once more as it was asked for, with the change that is named."""

    change: str = ""


@dataclass(frozen=True, slots=True)
class Choose:
    """The option of this number, counted from 1, is carried out with its own words."""

    number: int


@dataclass(frozen=True, slots=True)
class Accept:
    """What the open question asked about is carried out."""


@dataclass(frozen=True, slots=True)
class Dismiss:
    """What the open question asked about is dropped, and said to be."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The words are kept as a wish, and the photo is asked for."""


@dataclass(frozen=True, slots=True)
class Free:
    """A command is carried out, free of charge. Photos stay kept, unless it is cancel or new."""

    command: CommandKind


@dataclass(frozen=True, slots=True)
class Answer:
    """Answered from the catalogue. Photos stay kept."""

    topic: Topic


class About(StrEnum):
    """What is asked back."""

    CONFIRM = "confirm"
    """Shall I do this, with these words?"""
    WHAT = "what"
    """What would you like?"""
    SEVERAL = "several"
    """That needs more than the one photo."""
    NOTHING_MADE = "nothing_made"
    """Again or changed: there is no video yet."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A free question back; one tap carries out what is offered, where something is."""

    about: About
    offer: Make | Edit | Repeat | Choose | None = None


@dataclass(frozen=True, slots=True)
class React:
    """A reaction under the message, no words."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing: it was not meant for the bot."""


Paid = Make | Edit | Repeat | Choose
Response = Paid | Accept | Dismiss | Keep | Free | Answer | Ask | React | Silent
