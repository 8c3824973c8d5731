"""A timeline written as a draft."""

from typing import Any

from bots.sandbox.standin.draft.layout import canvas
from bots.sandbox.standin.draft.timeline import Timeline

VIDEO, AUDIO, TEXT = 0, 1, 7
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
