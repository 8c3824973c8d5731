"""All that can be wished for of a video here."""

from dataclasses import dataclass, fields, replace

COUNTS = {
    "seconds",
    "stretch",
    "aspect",
    "title",
    "title_seconds",
    "title_place",
    "music",
    "motion",
    "light",
    "tone",
    "title_gain",
}
"""Wishes of which there is one in a video."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that was understood; None, False and empty where nothing was said.

    `seconds` is a length, `stretch` a factor on the present one. `volume` is 0-1, `gain` a factor.
    `light` is a step up or down (1, -1), `tone` the colours (one of TONES in the draft).
    `title_gain` is a factor on the size of the title.
    Places count from 1,
    -1 is the last. `title_asked` means that a title was spoken of without its text, `title_lost`
    are signs of it that cannot be drawn, `title_cut` that it was too long."""

    language: str = "en"
    seconds: float | None = None
    stretch: float | None = None
    aspect: str | None = None
    title: str | None = None
    title_seconds: float | None = None
    title_at_end: bool | None = None
    title_place: str | None = None
    title_gain: float | None = None
    title_off: bool = False
    title_asked: bool = False
    title_lost: str = ""
    title_cut: bool = False
    music: str | None = None
    music_off: bool = False
    volume: float | None = None
    gain: float | None = None
    fades: bool | None = None
    swap: tuple[int, int] | None = None
    first: int | None = None
    reverse: bool = False
    drop: int | None = None
    only: int | None = None
    motion: str | None = None
    light: int | None = None
    tone: str | None = None
    add: bool = False
    add_first: bool = False
    make: bool = False
    again: bool = False
    chat: bool = False
    subject: str = ""
    scene: int | None = None

    def then(self, later: "Wishes") -> "Wishes":
        """What is wished for in the end, where these came later: of two lengths the second."""
        found = {each.name: getattr(later, each.name) for each in fields(self)}
        said = {name: value for name, value in found.items() if value not in (None, False, "")}
        return replace(self, **{name: said[name] for name in COUNTS & said.keys()})

    @property
    def edits(self) -> bool:
        """Whether anything was said that can be done to a finished timeline."""
        named = (
            self.seconds,
            self.stretch,
            self.aspect,
            self.title,
            self.music,
            self.volume,
            self.gain,
            self.fades,
            self.motion,
            self.light,
            self.tone,
            self.title_gain,
        )
        moved = (self.swap, self.first, self.drop, self.only)
        flags = self.title_off or self.music_off or self.reverse
        return flags or any(value is not None for value in (*named, *moved))

    @property
    def seats_title(self) -> bool:
        """Whether a title that is there shall stand elsewhere, or be seen at another time."""
        asked = (self.title_place, self.title_at_end, self.title_seconds)
        return self.title is None and any(value is not None for value in asked)

    @property
    def music_named(self) -> bool:
        """Whether the sound track was decided by the user, either way."""
        return self.music is not None or self.music_off or self.volume is not None
