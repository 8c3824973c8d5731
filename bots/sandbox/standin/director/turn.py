"""A turn in full: its kind, the tools that run, and what is answered."""

from dataclasses import dataclass
from enum import StrEnum

from bots.sandbox.standin.draft import (
    Json,
)


class Kind(StrEnum):
    """What a turn is, and with it what it costs."""

    GENERATE = "generate"
    EDIT = "edit"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Stage:
    """One run of a tool: what is said before it, its name and arguments, what it gives back, the
    draft it leaves."""

    opening: str
    tool: str
    args: Json
    response: Json
    draft: Json | None = None
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole turn. `used` are the media that are on the timeline afterwards."""

    kind: Kind
    stages: tuple[Stage, ...]
    answer: str
    thought: str = ""
    used: frozenset[str] = frozenset()
