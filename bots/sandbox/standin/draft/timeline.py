"""The stand-in's own timeline: pictures, a title, music and a voice, in milliseconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A photo or a film on the timeline. `source_ms` is a film's own length, 0 for a photo."""

    name: str
    src: str
    film: bool = False
    width: int = 0
    height: int = 0
    source_ms: int = 0
    motion: str = "zoom_in"
    ms: int = 0
    fade_ms: int = 0
    sound: bool = False


PLACES = ("top", "middle", "lower", "bottom")
"""Where a title can stand."""
USUAL = "lower"
TONES = ("plain", "grey", "warm")
"""The colours of the pictures; `plain` are their own."""
SMALLEST, LARGEST = 0.5, 2.0
"""Of a title, as a factor on its usual size."""
LIGHTEST = 3
"""Steps of light up, and as many down."""


@dataclass(frozen=True, slots=True)
class Words:
    """A title; `at_end` keeps it at the end when the length changes. `place` is one of PLACES, and
    `scale` a factor on its usual size."""

    text: str
    ms: int = 3_000
    at_end: bool = False
    place: str = USUAL
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Bed:
    """The music: a style's key and its name for people."""

    style: str
    name: str
    volume: float = 0.35


@dataclass(frozen=True, slots=True)
class Voice:
    """An uploaded recording, played from the start."""

    name: str
    src: str
    ms: int
    volume: float = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole project; lengths in ms. `fades` is whether photos melt into one another, `light`
    how many steps brighter or darker the pictures are, `tone` one of TONES."""

    pieces: tuple[Piece, ...]
    ms: int
    aspect: str = "16:9"
    words: Words | None = None
    bed: Bed | None = None
    voice: Voice | None = None
    fades: bool = True
    revision: int = 1
    light: int = 0
    tone: str = TONES[0]

    @property
    def spoken(self) -> bool:
        """Whether something is to be heard that music must not cover."""
        return self.voice is not None or any(piece.sound for piece in self.pieces)
