"""What there is to work on: the files of a session, and its draft."""

from dataclasses import dataclass

from bots.sandbox.standin.draft import (
    Json,
    NotExportable,
    Piece,
    Timeline,
    Voice,
    read,
)


@dataclass(frozen=True, slots=True)
class Medium:
    """An uploaded or invented file of the session. `kind` is image, video or audio; seconds are 0
    for images."""

    id: str
    name: str
    kind: str
    url: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    fps: float = 0.0
    sound: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """What the director knows of a session. `fresh` are the ids no timeline has used yet."""

    media: tuple[Medium, ...]
    fresh: frozenset[str]
    draft: Json | None
    turns: int = 0

    def timeline(self) -> Timeline | None:
        """The present timeline; None while there is nothing on it."""
        try:
            return read(self.draft)
        except NotExportable:
            return None

    def new(self) -> tuple[Medium, ...]:
        """Files that came since the last generation."""
        return tuple(medium for medium in self.media if medium.id in self.fresh)


def pieces_of(media: tuple[Medium, ...]) -> tuple[Piece, ...]:
    """The pictures and films among these files, as they go on a timeline."""
    return tuple(
        Piece(
            medium.name,
            medium.url,
            medium.kind == "video",
            medium.width,
            medium.height,
            round(medium.seconds * 1000),
            sound=medium.sound,
        )
        for medium in media
        if medium.kind != "audio"
    )


def voice_of(media: tuple[Medium, ...]) -> Voice | None:
    """The newest recording among these files."""
    heard = [medium for medium in media if medium.kind == "audio"]
    return Voice(heard[-1].name, heard[-1].url, round(heard[-1].seconds * 1000)) if heard else None
