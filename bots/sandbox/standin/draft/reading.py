"""A draft read back into a timeline, as far as it is still whole."""

import json
from collections.abc import Mapping
from typing import Any

from bots.sandbox.standin.draft.timeline import (
    LARGEST,
    LIGHTEST,
    PLACES,
    SMALLEST,
    TONES,
    USUAL,
    Bed,
    Piece,
    Timeline,
    Voice,
    Words,
)


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
                    voice = _voice(segment)
                case 1, _:
                    bed = _bed(segment)
                case 7, _:
                    words = _words(segment)
    if not pieces:
        raise NotExportable
    about, revision = _about(draft), draft.get("rev")
    return Timeline(
        tuple(pieces),
        _ms(draft),
        str(about.get("aspect", "16:9")),
        words,
        bed,
        voice,
        fades=bool(about.get("fades", True)),
        revision=revision if isinstance(revision, int) else 1,
        light=_light(about),
        tone=tone if (tone := str(about.get("tone"))) in TONES else TONES[0],
    )


def _light(about: Mapping[str, Any]) -> int:
    light = about.get("light")
    return max(-LIGHTEST, min(LIGHTEST, light)) if isinstance(light, int) else 0


def _voice(segment: Mapping[str, Any]) -> Voice:
    about = _about(segment)
    name, source = str(about.get("name", "")), str(about.get("src"))
    return Voice(name, source, _ms(segment), _volume(about))


def _bed(segment: Mapping[str, Any]) -> Bed:
    about = _about(segment)
    style = str(about.get("src", "")).removeprefix("library://")
    return Bed(style, str(about.get("name", "")), _volume(about))


def _words(segment: Mapping[str, Any]) -> Words:
    about = _about(segment)
    place, scale = str(about.get("place")), about.get("scale")
    return Words(
        str(about.get("text", "")),
        _ms(segment),
        bool(segment.get("st")),
        place if place in PLACES else USUAL,
        min(LARGEST, max(SMALLEST, scale)) if isinstance(scale, int | float) else 1.0,
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
