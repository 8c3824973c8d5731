"""The draft's short keys become lines that people can read, as far as they are known."""

from dataclasses import dataclass
from typing import Literal

from core.nemo.wire.answers import exportable as exportable


@dataclass(frozen=True, slots=True)
class Track:
    """One track. Times are milliseconds on the timeline; `volume` is 0 to 1, None where not known."""

    kind: Literal["video", "audio", "text", "other"]
    name: str
    start_ms: int
    end_ms: int
    volume: float | None
    segments: int


def tracks(draft: object) -> tuple[Track, ...]:
    """The tracks in order; anything that cannot be read is left out."""
    raise NotImplementedError


def summary(draft: object, language: str) -> str:
    """The timeline in a line for each track; "" when there is none."""
    raise NotImplementedError


def changes(before: object, after: object, language: str) -> tuple[str, ...]:
    """What is different, in concrete sentences; () when nothing is."""
    raise NotImplementedError
