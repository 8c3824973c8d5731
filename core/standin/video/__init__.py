"""Real videos by PyAV: the only part of the stand-in that needs the `media` extra."""

from core.standin.video.clip import Facts, probe
from core.standin.video.film import Cancelled, Film, Shot, make
from core.standin.video.photo import Undecodable, open_upright
from core.standin.video.sound import Music, Recording
from core.standin.video.title import Title

__all__ = [
    "Cancelled",
    "Facts",
    "Film",
    "Music",
    "Recording",
    "Shot",
    "Title",
    "Undecodable",
    "make",
    "open_upright",
    "probe",
]
