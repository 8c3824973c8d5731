"""The file that goes with a message."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages.terms import Attachment


class Form(StrEnum):
    """How a video is posted: as one that plays, without the pictures of its tile, as a mere file,
    or only as a link."""

    CLIP = "clip"
    MOVING = "moving"
    """As a picture that moves, which is what the file is (GIF)."""
    BARE = "bare"
    DOCUMENT = "document"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Video:
    """The finished clip. `url` is for people; `path` is a local copy, empty where there is none
    (then only the link).

    The engine fills `path`, pixels, seconds and bytes just before the hand-out; they are never
    stored. `cover` is the ref of the user's own photo, for the tile. `alt` says what it shows, for
    who cannot see it. `ref` is what the platform called the clip when it was posted before
    (`Posted.ref`): then it is posted again without an upload. `form` says how much of it is
    tried. `copy` names a file of ours that is posted in place of what is behind the link.
    `smaller`: what is posted is a copy with fewer bytes than the film."""

    url: str
    name: str = "video.mp4"
    path: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    bytes: int = 0
    cover: str = ""
    ref: str = ""
    form: Form = Form.CLIP
    copy: str = ""
    alt: str = ""
    smaller: bool = False


@dataclass(frozen=True, slots=True)
class Gallery:
    """One picture of several, side by side: of presets, by their names (`of`), or of what people
    have sent (`photos`, None for one that has none). They are numbered from `first` on, 0 for no
    numbers. The engine fills `path` just before the hand-out, empty where none can be drawn. `alt`
    says what it shows."""

    of: tuple[str, ...] = ()
    first: int = 1
    alt: str = ""
    path: str = ""
    photos: tuple[Attachment | None, ...] = ()

    @property
    def name(self) -> str:
        """What its file is called."""
        return "photos.jpg" if self.photos else "looks.jpg"


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON file to go with the words."""

    text: str
