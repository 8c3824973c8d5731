"""The small picture of a clip's tile: without it Telegram shows a black square for anything above about 10 MB."""

import io
from itertools import islice
from pathlib import Path

from PIL import Image, ImageOps

EDGE = 320
"""Pixels; and under 200 kB, as JPEG (Bot API, sendVideo)."""

MOST_BYTES = 199_999
BOUND = 50_000_000
"""Pixels of a picture that is worth decoding for a tile."""

FRAMES = 120
"""Frames looked at in search of the one that is a second in."""


def from_photo(photo: Path, width: int, height: int) -> bytes | None:
    """A tile from the user's photo, cropped to the clip's shape; None if the file is no picture that can be read."""
    try:
        with Image.open(photo) as image:
            if image.width * image.height > BOUND:
                return None
            image.draft("RGB", (2 * EDGE, 2 * EDGE))
            return _tile(ImageOps.exif_transpose(image).convert("RGB"), width, height)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def from_video(clip: Path) -> bytes | None:
    """A tile from a frame one second in, past a fade; None without PyAV (the extra `media`) or a readable frame."""
    try:
        import av
    except ImportError:
        return None
    try:
        with av.open(str(clip)) as container:
            shown = None
            for frame in islice(container.decode(video=0), FRAMES):
                shown = frame
                if (frame.time or 0.0) >= 1.0:
                    break
            if shown is None:
                return None
            return _tile(shown.to_image(), shown.width, shown.height)  # type: ignore[no-untyped-call]
    except (av.FFmpegError, IndexError):
        return None


def _tile(image: Image.Image, width: int, height: int) -> bytes:
    scale = EDGE / max(width, height, 1)
    shape = (round(width * scale) or EDGE, round(height * scale) or EDGE)
    tile = ImageOps.fit(image, shape)
    for quality in (85, 60, 30):
        out = io.BytesIO()
        tile.save(out, "JPEG", quality=quality)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
