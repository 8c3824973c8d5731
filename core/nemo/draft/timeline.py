"""Says what is on the timeline, with one track a line or all of it in one line, and what is
different from an earlier one, in concrete words."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from core.i18n import text
from core.nemo.draft.tracks import (
    Segment,
    Track,
    TrackKind,
    canvas,
    counted,
    details,
    heading,
    is_ours,
    kind_of,
    length,
    percent,
    quoted,
    seconds,
    segments,
    times,
    tracks,
)
from core.nemo.values import dumps

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


def _all(kind: TrackKind, parts: Sequence[Segment], language: str) -> list[str]:
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


def changes(before: object, after: object, language: str) -> tuple[str, ...]:
    """What is different, one short sentence each without a full stop; () when the drafts are equal
    as JSON."""
    if dumps(before, ordered=True) == dumps(after, ordered=True):
        return ()
    said: list[str] = []
    old, new = _by_kind(before), _by_kind(after)
    lengths = length(before), length(after)
    kinds: tuple[TrackKind, ...] = ("video", "audio", "text", "other")
    for kind in kinds:
        said += _parts(kind, old[kind], new[kind], lengths, language)
    said += _whole(before, after, language)
    return tuple(said) or (text("draft.updated", language),)


def _by_kind(draft: object) -> defaultdict[TrackKind, list[Segment]]:
    found: defaultdict[TrackKind, list[Segment]] = defaultdict(list)
    for segment in segments(draft):
        found[segment.kind].append(segment)
    return found


def _parts(
    kind: TrackKind,
    old: Sequence[Segment],
    new: Sequence[Segment],
    lengths: tuple[int, int],
    language: str,
) -> list[str]:
    """What came, went or changed among the segments of one kind; segments are known by their
    names."""
    pairs, gone, come = _paired(old, new)
    if len(gone) == len(come) == 1 and gone[0].name and come[0].name:
        after = text("draft.quoted", language, name=come[0].name)
        said = [text("draft.replaced", language, before=_part(gone[0], language), after=after)]
    else:
        added = _listed(kind, come, "draft.added", language)
        said = added + _listed(kind, gone, "draft.removed", language)
    apart = [part.name for part in old] != [part.name for part in new]
    if kind == "video" and not gone and not come and apart:
        return [*said, text("draft.reordered", language)]
    moved = [pair for pair in pairs if _moved(*pair, lengths)]
    if len(moved) > NAMED:
        parts = counted(kind, len(moved), language, [to.name for _, to in moved])
        said.append(text("draft.retimed", language, parts=parts).strip())
    else:
        said += [
            text("draft.moved", language, part=_part(to, language), times=times(to, language))
            for _, to in moved
        ]
    return said + _volumes(pairs, language)


def _paired(
    old: Sequence[Segment], new: Sequence[Segment]
) -> tuple[list[tuple[Segment, Segment]], list[Segment], list[Segment]]:
    waiting: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in reversed(old):
        waiting[segment.name].append(segment)
    pairs: list[tuple[Segment, Segment]] = []
    come: list[Segment] = []
    for segment in new:
        if waiting[segment.name]:
            pairs.append((waiting[segment.name].pop(), segment))
        else:
            come.append(segment)
    return pairs, [segment for left in waiting.values() for segment in reversed(left)], come


def _listed(kind: TrackKind, parts: Sequence[Segment], key: str, language: str) -> list[str]:
    if len(parts) > NAMED or (len(parts) > 1 and not all(part.name for part in parts)):
        names = [part.name for part in parts]
        return [text(key, language, part=counted(kind, len(parts), language, names), details="")]
    return [
        text(key, language, part=_part(part, language), details=details(part, language))
        for part in parts
    ]


def _part(part: Segment, language: str) -> str:
    if is_ours(part.name):
        return part.name  # "photo 2" says more than "Clip photo 2"
    return text(f"draft.part_{part.kind}", language) + quoted(part.name, language)


def _moved(old: Segment, new: Segment, lengths: tuple[int, int]) -> bool:
    """Elsewhere or longer, unless it only follows the length of the whole, which is said by
    itself."""
    if (old.start_ms, old.end_ms) == (new.start_ms, new.end_ms) or new.end_ms <= new.start_ms:
        return False
    return old.start_ms != new.start_ms or (old.end_ms, new.end_ms) != lengths


def _volumes(pairs: Sequence[tuple[Segment, Segment]], language: str) -> list[str]:
    changed = [
        (old.volume, new)
        for old, new in pairs
        if new.volume is not None and old.volume != new.volume
    ]
    said = []
    for old, new in changed[:NAMED]:
        now = percent(new.volume or 0)
        was = now if old is None else percent(old)
        key = "muted" if not now else "louder" if was < now else "lower" if was > now else "volume"
        said.append(text(f"draft.{key}", language, part=_part(new, language), percent=now))
    return said


def _whole(before: object, after: object, language: str) -> list[str]:
    said = []
    was, now = length(before), length(after)
    if now and was != now:
        key = "draft.length" if was else "draft.length_new"
        said.append(text(key, language, before=seconds(was), after=seconds(now)))
    old, new = canvas(before), canvas(after)
    if new and old != new:
        key = "draft.canvas" if old else "draft.canvas_new"
        sizes = [f"{size[0]}×{size[1]}" for size in (old or new, new)]
        said.append(text(key, language, before=sizes[0], after=sizes[1]))
    name = heading(after)
    if name and name != heading(before):
        said.append(text("draft.named", language, name=name))
    return said
