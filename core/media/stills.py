"""A frame of a finished film as its small picture. Only the workshop's process decodes."""

from itertools import islice
from pathlib import Path

from core.media.errors import ConverterMissing, DamagedFile
from core.media.pictures import fitted, small

FRAMES = 120
"""Frames looked at in search of the one that is a second in."""
LARGEST_FRAME = 4096 * 4096
"""Pixels."""


def still(clip: Path) -> bytes:
    """A tile from a frame one second in, past a fade. Raises DamagedFile, or ConverterMissing
    without PyAV."""
    try:
        import av
    except ImportError:
        raise ConverterMissing from None
    try:
        with av.open(str(clip), format="mp4") as film:
            track = film.streams.video[0]
            if track.width * track.height > LARGEST_FRAME:
                raise DamagedFile("frames too large")
            shown = None
            for frame in islice(film.decode(track), FRAMES):
                shown = frame
                if (frame.time or 0.0) >= 1.0:
                    break
            if shown is None:
                raise DamagedFile("no frame")
            picture = shown.to_image()  # type: ignore[no-untyped-call]
            return small(fitted(picture, shown.width, shown.height))
    except (av.FFmpegError, LookupError) as problem:
        raise DamagedFile(type(problem).__name__) from None
