"""Pictures that the backend does not take become JPEG; a photo becomes a thumbnail."""

import struct
import warnings
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from core.media.errors import DamagedFile, PictureTooLarge

MAX_PIXELS = 89_478_485
"""Where Pillow begins to warn of a decompression bomb (D10): about 270 MB once decoded."""
THUMBNAIL_PIXELS = 320
THUMBNAIL_BYTES = 200_000

pillow_heif.register_heif_opener()
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# Pillow's decoders meet damage in many ways. UserWarning: a warning that somebody made an error.
DAMAGE = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, LookupError, TypeError),
    *(ArithmeticError, RuntimeError, AttributeError, MemoryError, UserWarning),
)


def to_jpeg(source: Path, target: Path, max_pixels: int = MAX_PIXELS) -> None:
    """Write the first frame as RGB JPEG, turned upright, transparency on white, without EXIF.

    The pixels are counted before any is decoded. Raises PictureTooLarge or DamagedFile. Takes seconds of CPU for a
    large HEIC: call it in a thread.
    """
    picture, profile = _read(source, max_pixels)
    picture.save(target, "JPEG", quality=92, optimize=False, icc_profile=profile)


def thumbnail(photo: Path, target: Path) -> None:
    """Write an upright JPEG of at most 320 pixels a side and under 200 kB (what Telegram takes as thumbnail)."""
    picture, profile = _read(photo, MAX_PIXELS, THUMBNAIL_PIXELS)
    picture.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    for quality in (85, 60, 30):
        picture.save(target, "JPEG", quality=quality, icc_profile=profile if quality == 85 else None)
        if target.stat().st_size < THUMBNAIL_BYTES:
            return


def _read(source: Path, max_pixels: int, enough: int = 0) -> tuple[Image.Image, bytes | None]:
    """The picture upright in RGB, and its colour profile where that still fits. `enough`: pixels a side needed."""
    with source.open("rb") as file:
        try:
            return _decoded(file, max_pixels, enough)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PictureTooLarge(0, max_pixels) from None
        except DAMAGE as problem:
            raise DamagedFile(type(problem).__name__) from None


def _decoded(file: BinaryIO, max_pixels: int, enough: int) -> tuple[Image.Image, bytes | None]:
    with Image.open(file) as picture:
        pixels = picture.width * picture.height
        if pixels > max_pixels:
            raise PictureTooLarge(pixels, max_pixels)
        if enough:
            picture.draft("RGB", (2 * enough, 2 * enough))  # a JPEG is decoded at a fraction of its size
        profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA") else None
        return _rgb(ImageOps.exif_transpose(picture)), profile if isinstance(profile, bytes) else None


def _rgb(picture: Image.Image) -> Image.Image:
    if picture.mode == "F" or picture.mode.startswith("I"):
        picture = _scaled(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        return white
    return picture.convert("RGB")


def _scaled(picture: Image.Image) -> Image.Image:
    """Grey with more than 8 bits: Pillow's own conversion cuts off what is brighter than 255."""
    mode, picture = picture.mode, picture.convert("F")
    _, highest = picture.getextrema()
    assert isinstance(highest, float)
    tops = (65535.0,) if mode.startswith("I;16") else (1.0, 255.0, 65535.0)
    factor = 255.0 / next((top for top in tops if highest <= top), highest)
    return picture.point(lambda grey: grey * factor + 0.0).convert("L")
