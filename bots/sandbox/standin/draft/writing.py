"""A timeline written as a draft."""

from typing import Any

from bots.sandbox.standin.draft.layout import canvas
from bots.sandbox.standin.draft.timeline import TONES, Bed, Timeline, Voice, Words

VIDEO, AUDIO, TEXT = 0, 1, 7
Json = dict[str, Any]


def write(timeline: Timeline) -> Json:
    """The draft as the API shows it."""
    tracks = [_track(VIDEO, "t_video", _picture_segments(timeline))]
    if timeline.voice is not None:
        tracks.append(_track(AUDIO, "t_voice", [_voice(timeline.voice, timeline.ms)]))
    if timeline.bed is not None:
        tracks.append(_track(AUDIO, "t_music", [_music(timeline.bed, timeline.ms)]))
    if timeline.words is not None:
        tracks.append(_track(TEXT, "t_title", [_title(timeline.words, timeline.ms)]))
    width, height = canvas(timeline.aspect)
    about = {"width": width, "height": height, "aspect": timeline.aspect, "fps": 30}
    return {
        "t": tracks,
        "d": timeline.ms,
        "m": {**about, "fades": timeline.fades, **_look(timeline)},
        "rev": timeline.revision,
        "uid": 9_007_199_254_740_993 + timeline.revision,
        "lut": None,
        "sep": "a\u2028b",
        "gain": 0.1,
    }


def _look(timeline: Timeline) -> Json:
    """Of the pictures, where it is not their own."""
    light = {"light": timeline.light} if timeline.light else {}
    return light | ({"tone": timeline.tone} if timeline.tone != TONES[0] else {})


def _voice(voice: Voice, whole: int) -> Json:
    about = {"name": voice.name, "src": voice.src, "volume": voice.volume, "kind": "recording"}
    return _segment("a_voice", 0, min(voice.ms, whole), about)


def _music(bed: Bed, whole: int) -> Json:
    source = f"library://{bed.style}"
    about = {"name": bed.name, "src": source, "volume": bed.volume, "kind": "music"}
    return _segment("a_music", 0, whole, about)


def _title(words: Words, whole: int) -> Json:
    start = whole - words.ms if words.at_end else 0
    about: Json = {"text": words.text, "place": words.place}
    size = {"scale": words.scale} if words.scale != 1 else {}
    return _segment("x_title", start, words.ms, about | size)


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
