"""Says in one line what a whole timeline is: how long, in which shape, of what, with which music
and title."""

from collections.abc import Sequence

from core.i18n import text
from core.nemo.draft.tracks import Kind, Segment, canvas, kind_of, length, segments
from core.nemo.draft.words import counted, quoted, seconds

BETWEEN = " · "
SHAPES = {(9, 16): "9:16", (16, 9): "16:9", (1, 1): "1:1", (4, 5): "4:5", (4, 3): "4:3"}
CLOSE = 0.02
"""How far a frame may be from a shape that has a name: pixels are even numbers."""


def outline(draft: object, language: str) -> str:
    """The whole in one line; "" when nothing is on it."""
    parts = segments(draft)
    if not parts:
        return ""
    whole = length(draft)
    said = [
        text("draft.length_new", language, after=seconds(whole)) if whole else "",
        _shape(draft),
        *(_all("video", parts, language)),
        *(_all("audio", parts, language)),
        *(_all("text", parts, language)),
    ]
    return BETWEEN.join(filter(None, said))


def _all(kind: Kind, parts: Sequence[Segment], language: str) -> list[str]:
    """The parts of one kind: pictures are counted, one piece of music or one title is named."""
    names = [part.name for part in parts if part.kind == kind]
    if not names:
        return []
    several = len(names) > 1 and (kind == "video" or len(set(names)) > 1)
    if several or kind_of(names) == "photo":
        return [counted(kind, len(names), language, names).strip()]
    return [text(f"draft.part_{kind}", language) + quoted(names[0], language)]


def _shape(draft: object) -> str:
    size = canvas(draft)
    if size is None:
        return ""
    ratio = size[0] / size[1]
    near = (name for (w, h), name in SHAPES.items() if abs(ratio * h / w - 1) < CLOSE)
    return next(near, "")
