"""The stand-in's own timeline, and how it is written as a draft in the short keys t, tt, sg, d, m
(milliseconds).

The keys are the documented ones; all others are inventions of the stand-in, some of them there only
to be carried back untouched (a number above 2^53, a null, a raw line separator)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

VIDEO, AUDIO, TEXT = 0, 1, 7
SHORTEST, LONGEST = 1_000, 180_000
"""Limits of a whole timeline, ms."""
FADE = 800


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


@dataclass(frozen=True, slots=True)
class Words:
    """A title; `at_end` keeps it at the end when the length changes. `place` is one of PLACES."""

    text: str
    ms: int = 3_000
    at_end: bool = False
    place: str = USUAL


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
    """The whole project; lengths in ms. `fades` is whether photos melt into one another."""

    pieces: tuple[Piece, ...]
    ms: int
    aspect: str = "16:9"
    words: Words | None = None
    bed: Bed | None = None
    voice: Voice | None = None
    fades: bool = True
    revision: int = 1

    @property
    def spoken(self) -> bool:
        """Whether something is to be heard that music must not cover."""
        return self.voice is not None or any(piece.sound for piece in self.pieces)


def natural_ms(pieces: Sequence[Piece], voice: Voice | None) -> int:
    """The length when nobody asks for one: a recording's, else what the pictures need to be
    seen."""
    if voice is not None:
        return _bounded(voice.ms)
    films = sum(min(piece.source_ms, 30_000) for piece in pieces if piece.film)
    photos = sum(not piece.film for piece in pieces)
    each = {1: 8_000, 2: 5_000, 3: 4_000}.get(photos, 3_000)
    return _bounded(films + photos * each)


def _bounded(ms: float) -> int:
    return round(min(LONGEST, max(SHORTEST, ms)))


def laid_out(timeline: Timeline, ms: float | None = None) -> Timeline:
    """The same project at a new length (or its own): pieces share it out, exactly to the
    millisecond."""
    whole = _bounded(timeline.ms if ms is None else ms)
    share = whole / len(timeline.pieces)
    photos = sum(not piece.film for piece in timeline.pieces)
    wanted = [
        min(piece.source_ms, share) if piece.film and photos else share for piece in timeline.pieces
    ]
    if photos:
        rest = (
            whole
            - sum(
                length for length, piece in zip(wanted, timeline.pieces, strict=True) if piece.film
            )
        ) / photos
        wanted = [
            length if piece.film else rest
            for length, piece in zip(wanted, timeline.pieces, strict=True)
        ]
    elif (films := sum(piece.source_ms for piece in timeline.pieces)) > 0:
        wanted = [whole * piece.source_ms / films for piece in timeline.pieces]
    pieces: list[Piece] = []
    end, exact = 0, 0.0
    for number, (piece, length) in enumerate(zip(timeline.pieces, wanted, strict=True)):
        exact += length
        start, end = end, round(exact)
        before = pieces[-1].ms if pieces else 0
        fade = min(FADE, round(0.35 * min(before, end - start))) if number and timeline.fades else 0
        pieces.append(replace(piece, ms=end - start, fade_ms=fade))
    words = replace(timeline.words, ms=min(timeline.words.ms, whole)) if timeline.words else None
    return replace(timeline, pieces=tuple(pieces), ms=whole, words=words)


RATIOS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1), "4:5": (4, 5)}


def canvas(aspect: str, short: int = 1080) -> tuple[int, int]:
    """Pixels of the frame whose shorter side is `short`; both even."""
    across, down = RATIOS.get(aspect, RATIOS["16:9"])
    unit = short / min(across, down)
    return max(2, round(across * unit / 2) * 2), max(2, round(down * unit / 2) * 2)


Json = dict[str, Any]


def write(timeline: Timeline) -> Json:
    """The draft as the API shows it."""
    tracks = [_track(VIDEO, "t_video", _picture_segments(timeline))]
    if timeline.voice is not None:
        voice = timeline.voice
        heard = {"name": voice.name, "src": voice.src, "volume": voice.volume, "kind": "recording"}
        tracks.append(
            _track(AUDIO, "t_voice", [_segment("a_voice", 0, min(voice.ms, timeline.ms), heard)])
        )
    if timeline.bed is not None:
        bed = timeline.bed
        heard = {
            "name": bed.name,
            "src": f"library://{bed.style}",
            "volume": bed.volume,
            "kind": "music",
        }
        tracks.append(_track(AUDIO, "t_music", [_segment("a_music", 0, timeline.ms, heard)]))
    if timeline.words is not None:
        words = timeline.words
        start = timeline.ms - words.ms if words.at_end else 0
        shown = {"text": words.text, "place": words.place}
        tracks.append(_track(TEXT, "t_title", [_segment("x_title", start, words.ms, shown)]))
    width, height = canvas(timeline.aspect)
    return {
        "t": tracks,
        "d": timeline.ms,
        "m": {
            "width": width,
            "height": height,
            "aspect": timeline.aspect,
            "fps": 30,
            "fades": timeline.fades,
        },
        "rev": timeline.revision,
        "uid": 9_007_199_254_740_993 + timeline.revision,
        "lut": None,
        "sep": "a\u2028b",
        "gain": 0.1,
    }


def _track(kind: int, name: str, segments: list[Json]) -> Json:
    return {"tt": kind, "id": name, "sg": segments}


def _segment(name: str, start: int, length: int, about: Json) -> Json:
    return {"id": name, "st": start, "d": length, "m": about}


def _picture_segments(timeline: Timeline) -> list[Json]:
    segments, start = [], 0
    for number, piece in enumerate(timeline.pieces):
        about: Json = {
            "name": piece.name,
            "src": piece.src,
            "kind": "video" if piece.film else "image",
            "width": piece.width,
            "height": piece.height,
        }
        about |= (
            {"source_ms": piece.source_ms, "sound": piece.sound}
            if piece.film
            else {"motion": piece.motion}
        )
        segment = _segment(f"v_{number + 1}", start, piece.ms, about)
        if piece.fade_ms:
            segment["tr"] = {"name": "crossfade", "d": piece.fade_ms}
        segments.append(segment)
        start += piece.ms
    return segments


class NotExportable(Exception):
    """The draft has no track with anything on it."""


def exportable(draft: Any) -> bool:
    """Whether any track holds a segment (the vendor's own test)."""
    return isinstance(draft, Mapping) and any(_segments(track) for track in _tracks(draft))


def _tracks(draft: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    tracks = draft.get("t")
    return (
        [track for track in tracks if isinstance(track, Mapping)]
        if isinstance(tracks, list)
        else []
    )


def _segments(track: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    segments = track.get("sg")
    return (
        [segment for segment in segments if isinstance(segment, Mapping)]
        if isinstance(segments, list)
        else []
    )


def read(draft: Any) -> Timeline:
    """The timeline behind a draft that `write` made, as far as it is still whole. Raises
    NotExportable."""
    if not exportable(draft):
        raise NotExportable
    about = _about(draft)
    pieces: list[Piece] = []
    bed: Bed | None = None
    voice: Voice | None = None
    words: Words | None = None
    for track in _tracks(draft):
        for segment in _segments(track):
            match track.get("tt"), _about(segment).get("kind"):
                case 0, _:
                    pieces.append(_piece(segment))
                case 1, "recording":
                    heard = _about(segment)
                    voice = Voice(
                        str(heard.get("name", "")),
                        str(heard.get("src")),
                        _ms(segment),
                        _volume(heard),
                    )
                case 1, _:
                    heard = _about(segment)
                    style = str(heard.get("src", "")).removeprefix("library://")
                    bed = Bed(style, str(heard.get("name", "")), _volume(heard))
                case 7, _:
                    words = _words(segment)
    if not pieces:
        raise NotExportable
    aspect, fades, revision = (
        str(about.get("aspect", "16:9")),
        bool(about.get("fades", True)),
        draft.get("rev"),
    )
    return Timeline(
        tuple(pieces),
        _ms(draft),
        aspect,
        words,
        bed,
        voice,
        fades,
        revision if isinstance(revision, int) else 1,
    )


def _words(segment: Mapping[str, Any]) -> Words:
    about = _about(segment)
    place = str(about.get("place"))
    return Words(
        str(about.get("text", "")),
        _ms(segment),
        bool(segment.get("st")),
        place if place in PLACES else USUAL,
    )


def _about(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    about = thing.get("m")
    return about if isinstance(about, Mapping) else {}


def _ms(thing: Mapping[str, Any]) -> int:
    length = thing.get("d")
    return int(length) if isinstance(length, int | float) else 0


def _volume(about: Mapping[str, Any]) -> float:
    volume = about.get("volume")
    return float(volume) if isinstance(volume, int | float) else 0.35


def _piece(segment: Mapping[str, Any]) -> Piece:
    about, fade = _about(segment), segment.get("tr")
    film = about.get("kind") == "video"
    return Piece(
        name=str(about.get("name", "")),
        src=str(about.get("src", "")),
        film=film,
        width=int(about.get("width") or 0),
        height=int(about.get("height") or 0),
        source_ms=int(about.get("source_ms") or 0),
        motion=str(about.get("motion", "zoom_in")),
        ms=_ms(segment),
        fade_ms=_ms(fade) if isinstance(fade, Mapping) else 0,
        sound=bool(about.get("sound")),
    )


def same(posted: Any, stored: Any) -> bool:
    """Whether a draft came back verbatim: every key, value and the order of keys."""
    return json.dumps(posted, ensure_ascii=False) == json.dumps(stored, ensure_ascii=False)
