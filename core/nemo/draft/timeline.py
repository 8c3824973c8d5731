"""Says what is on the timeline, with one track a line, or all of it in one line."""

from collections.abc import Sequence
from itertools import accumulate

from core.i18n import text
from core.nemo.draft.tracks import (
    Kind,
    Segment,
    Track,
    canvas,
    kind_of,
    length,
    segments,
    tracks,
)

NAMED = 3
"""So many parts of one kind are named one by one; more are counted."""
LISTED = 130
"""Characters of the names of one track; of more than these the number has to do."""
SLASH = " / "


def summary(draft: object, language: str) -> str:
    """The timeline (8.3) with one track a line, as a phone shows it best; "" when nothing is on
    it."""
    filled = [track for track in tracks(draft) if track.segments]
    if not filled:
        return ""
    listed = (_line(place, track, language) for place, track in enumerate(filled, 1))
    key = "draft.timeline" if len(filled) > 1 else "draft.timeline_one"
    return text(key, language, count=len(filled), tracks="\n".join(listed))


def _line(place: int, track: Track, language: str) -> str:
    label, name = text(f"draft.label_{track.kind}", language), _content(track, language)
    one = track.kind == "text" and name in track.names
    key = "draft.line_title" if one else "draft.line_named" if name else "draft.line"
    times_and_volume = details(track, language)
    return text(key, language, place=place, label=label, name=name) + times_and_volume


def _content(track: Track, language: str) -> str:
    """What is on a track: each part by its name, and a number where that is more than a glance
    takes in, or not all have one."""
    listed = _enumerated(track.names)
    if track.segments < 2 or (track.named and len(track.names) <= NAMED):
        return listed
    count = len(track.names) if track.named else track.segments
    parts = counted(track.kind, count, language, track.names if track.named else ()).strip()
    return f"{parts} – {listed}" if listed else parts


def _enumerated(names: Sequence[str]) -> str:
    """As many names as fit a line or two, and a sign that there are more."""
    lengths = accumulate(len(name) + len(SLASH) for name in names)
    fitting = max(1, sum(length <= LISTED for length in lengths))
    return SLASH.join(names[:fitting]) + (f"{SLASH}…" if fitting < len(names) else "")


def details(part: Track | Segment, language: str) -> str:
    said = [times(part, language)] if part.end_ms > part.start_ms else []
    if part.volume is not None:
        said.append(f"{percent(part.volume)}%")
    return (
        text("draft.details", language, details=text("draft.comma", language).join(said))
        if said
        else ""
    )


def times(part: Track | Segment, language: str) -> str:
    return text("draft.times", language, start=seconds(part.start_ms), end=seconds(part.end_ms))


def seconds(milliseconds: int) -> str:
    """As people read them: 3, 2.5."""
    return f"{milliseconds / 1000:.1f}".removesuffix(".0")


def percent(volume: float) -> int:
    return round(volume * 100)


def quoted(name: str, language: str) -> str:
    """A name in quotes, with a space before it; "" where there is none."""
    return text("draft.quoted", language, name=name) if name else ""


def counted(kind: Kind, count: int, language: str, names: Sequence[str]) -> str:
    """So many parts of a kind: photos, where the names of all of them say so."""
    files = kind_of(names) if kind in ("video", "audio") else None
    return text(f"kinds.{files}" if files else f"draft.parts_{kind}", language, count=count)


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
