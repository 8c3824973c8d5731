"""Real videos by PyAV: the only part of the stand-in that needs the `media` extra."""

from bots.sandbox.standin.video.clip import Facts, probe
from bots.sandbox.standin.video.film import Cancelled, Film, Shot, make
from bots.sandbox.standin.video.fonts import drawable, lost
from bots.sandbox.standin.video.look import Look
from bots.sandbox.standin.video.photo import Undecodable, open_upright
from bots.sandbox.standin.video.sound import Music, Recording
from bots.sandbox.standin.video.title import Place, Title

__all__ = [
    "Cancelled",
    "Facts",
    "Film",
    "Look",
    "Music",
    "Place",
    "Recording",
    "Shot",
    "Title",
    "Undecodable",
    "drawable",
    "lost",
    "make",
    "open_upright",
    "probe",
]
