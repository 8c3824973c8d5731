"""Reads tracks and segments out of a draft, whatever it holds; and what is said of one of them:
what kind of file its name is, when it begins and ends, how loud it is."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from core.i18n import text
from core.nemo.values import a_list, an_object, number, words

MediaKind = Literal["photo", "clip", "sound", "voice"]
ENDINGS: dict[str, MediaKind] = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "bmp"), "photo"),
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv", "m4v"), "clip"),
    **dict.fromkeys(("mp3", "wav", "m4a", "aac", "ogg", "opus"), "sound"),
}
VOICE_SUFFIX = "-voice"
"""What our name of a voice message has before its ending, so that it is told from other sounds."""
OURS = re.compile(
    rf"(?<![\w-])\d+-(\d+)({VOICE_SUFFIX})?\.(jpg|png|gif|webp|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)\b"
)


def for_people(words: str, language: str) -> str:
    """Our own names of uploaded files (`7-2.jpg`) as people would call them: photo 2."""
    return OURS.sub(
        lambda found: text(f"result.{_file_kind(found[0])}", language, number=found[1]), words
    )


def kind_of(names: Collection[str]) -> MediaKind | None:
    """The kind of file that all of these names are by their endings; None where there is not one
    kind."""
    kinds = {_file_kind(name) for name in names}
    return kinds.pop() if len(kinds) == 1 else None


def is_ours(name: str) -> bool:
    """Whether we have named the file, so that people know it only by its number."""
    return OURS.fullmatch(name) is not None


def _file_kind(name: str) -> MediaKind | None:
    stem, dot, ending = name.rpartition(".")
    kind = ENDINGS.get(ending.lower()) if dot else None
    return "voice" if kind == "sound" and stem.endswith(VOICE_SUFFIX) else kind


TrackKind = Literal["video", "audio", "text", "other"]
KINDS: dict[int, TrackKind] = {0: "video", 1: "audio", 7: "text"}

LONGEST_NAME = 60
LATEST = 10**10
"""Milliseconds; what is beyond is no time on a timeline."""

_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a track. Times are milliseconds on the timeline; `volume` is 0 to 1, None where
    not known."""

    kind: TrackKind
    name: str
    start_ms: int
    end_ms: int
    volume: float | None


@dataclass(frozen=True, slots=True)
class Track:
    """One track. `names` are those of its segments, each once, in order, or else its own; `named`
    says that no segment is without. Times are milliseconds on the timeline; `volume` is 0 to 1,
    None where not known."""

    kind: TrackKind
    names: tuple[str, ...]
    start_ms: int
    end_ms: int
    volume: float | None
    segments: int
    named: bool = True


def tracks(draft: object) -> tuple[Track, ...]:
    """The tracks in order, empty ones too; what cannot be read is left out."""
    return tuple(_track(track) for track in _tracks(draft))


def segments(draft: object) -> tuple[Segment, ...]:
    """The segments of all tracks, in order."""
    return tuple(segment for track in _tracks(draft) for segment in _segments(track))


def exportable(draft: object) -> bool:
    """`t` exists and at least one track has a non-empty `sg` (8.2)."""
    return any(a_list(an_object(track).get("sg")) for track in a_list(an_object(draft).get("t")))


def length(draft: object) -> int:
    """Milliseconds of the whole: as told, else to the end of the last segment."""
    told = _milliseconds(an_object(draft).get("d"))
    return told or max((segment.end_ms for segment in segments(draft)), default=0)


def canvas(draft: object) -> tuple[int, int] | None:
    """Width and height in pixels, None where not known."""
    meta = an_object(an_object(draft).get("m"))
    width, height = number(meta.get("width")) or 0, number(meta.get("height")) or 0
    return (int(width), int(height)) if 0 < width < 1e6 and 0 < height < 1e6 else None


def heading(draft: object) -> str:
    """The name of the whole project, "" where not known."""
    return _short(words(an_object(an_object(draft).get("m")).get("title")))


def _tracks(draft: object) -> list[dict[str, object]]:
    return [track for track in a_list(an_object(draft).get("t")) if isinstance(track, dict)]


def _track(track: dict[str, object]) -> Track:
    parts = _segments(track)
    own = _name(track)
    names = tuple(dict.fromkeys(part.name for part in parts if part.name))
    volumes = [part.volume for part in parts if part.volume is not None]
    return Track(
        _kind(track),
        names or ((own,) if own else ()),
        min((part.start_ms for part in parts), default=0),
        max((part.end_ms for part in parts), default=0),
        volumes[0] if volumes else _volume(track),
        len(parts),
        all(part.name for part in parts),
    )


def _segments(track: dict[str, object]) -> list[Segment]:
    found: list[Segment] = []
    for segment in map(an_object, a_list(track.get("sg"))):
        places = (_milliseconds(segment.get(key)) for key in ("st", "s", "start"))
        told = next((place for place in places if place is not None), None)
        start = told if told is not None else (found[-1].end_ms if found else 0)
        end = min(start + (_milliseconds(segment.get("d")) or 0), LATEST)
        volume = _volume(segment)
        name = _name(segment) or ("" if found else _name(track))
        found.append(
            Segment(_kind(track), name, start, end, _volume(track) if volume is None else volume)
        )
    return found


def _kind(track: dict[str, object]) -> TrackKind:
    code = number(track.get("tt"))
    return KINDS.get(int(code), "other") if code is not None else "other"


def _milliseconds(value: object) -> int | None:
    found = number(value)
    return int(found) if found is not None and 0 <= found <= LATEST else None


def _name(part: dict[str, object]) -> str:
    meta = an_object(part.get("m"))
    return _first(
        _short(words(value)) for value in (*map(meta.get, ("text", "title", "name")), part.get("n"))
    )


def _first(names: Iterable[str]) -> str:
    return next(filter(None, names), "")


def _short(name: str) -> str:
    name = _BLANK.sub(" ", name).strip()
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _volume(part: dict[str, object]) -> float | None:
    meta = an_object(part.get("m"))
    for source in (part, meta):
        for key in ("volume", "vol", "v"):
            found = number(source.get(key))
            if found is not None and 0 <= found <= 100:
                return found / 100 if found > 1 else found
    return None


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


def counted(kind: TrackKind, count: int, language: str, names: Sequence[str]) -> str:
    """So many parts of a kind: photos, where the names of all of them say so."""
    files = kind_of(names) if kind in ("video", "audio") else None
    return text(f"kinds.{files}" if files else f"draft.parts_{kind}", language, count=count)
