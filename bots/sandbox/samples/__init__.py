"""The sample photographs, for a first try without own pictures: five landscapes over water."""

import io
from pathlib import Path

from PIL import Image, ImageOps

NAMES = ("lake", "mountains", "sea", "hills", "mist")
VARIANTS = len(NAMES)
FOLDER = Path(__file__).parent
SIZE = (1920, 1280)
"""Pixels of the files."""
QUALITY = 90


def sample_photo(variant: int = 0, size: tuple[int, int] = SIZE) -> bytes:
    """A JPEG; the same variant (0-4, others wrap round) is always the same picture.

    In another shape than 3:2 it shows the middle of it."""
    if size == SIZE:
        return _path(variant).read_bytes()
    buffer = io.BytesIO()
    sample_picture(variant, size).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def sample_picture(variant: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """The picture itself, RGB."""
    with Image.open(_path(variant)) as picture:
        picture.draft("RGB", size)  # read no finer than it is needed
        return ImageOps.fit(picture.convert("RGB"), size)


def _path(variant: int) -> Path:
    return FOLDER / f"{NAMES[variant % VARIANTS]}.jpg"
