"""Pictures that the backend does not take become JPEG, others small ones. Only the workshop's
process imports this."""

import importlib
import io
import struct
import warnings
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from core.media import tiff
from core.media.errors import DamagedFile, PictureTooLarge, UnsupportedMedia
from core.media.kinds import HEAD, sniff

MAX_PIXELS = 89_478_485
"""Where Pillow begins to warn of a decompression bomb (D10): about 270 MB once decoded."""
SMALL_PIXELS = 50_000_000
"""Of a picture that is worth decoding for a small one."""
LONGEST_EDGE = 65_500
"""Pixels that a JPEG can have on a side."""
LARGEST_PROFILE = 2**20
THUMBNAIL_PIXELS = 320
THUMBNAIL_BYTES = 200_000
"""What Telegram takes as thumbnail has fewer, and at most so many pixels on a side (Bot API,
sendVideo)."""

# By our own reading of the first bytes, never by Pillow's: among its formats are some that start
# other programs.
DECODERS = {
    "jpg": ("PIL.JpegImagePlugin", "JPEG"),
    "png": ("PIL.PngImagePlugin", "PNG"),
    "gif": ("PIL.GifImagePlugin", "GIF"),
    "webp": ("PIL.WebPImagePlugin", "WEBP"),
    "bmp": ("PIL.BmpImagePlugin", "BMP"),
    "tiff": ("PIL.TiffImagePlugin", "TIFF"),
    "avif": ("PIL.AvifImagePlugin", "AVIF"),
    "heic": ("pillow_heif", "HEIF"),
}

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# Pillow's decoders meet damage in many ways. UserWarning: a warning that somebody made an error.
DAMAGE = (
    *(
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        LookupError,
        TypeError,
    ),
    *(ArithmeticError, RuntimeError, AttributeError, UserWarning),
)


def to_jpeg(source: Path, target: Path, max_pixels: int = MAX_PIXELS) -> None:
    """Write the picture as RGB JPEG, turned upright, transparency on white, without EXIF.

    Of several frames it is the first, of the pages of a TIFF the first that is no small copy of
    another one. The pixels are counted before any is decoded. Raises PictureTooLarge,
    UnsupportedMedia or DamagedFile."""
    picture, profile = _read(source, max_pixels)
    if max(picture.size) > LONGEST_EDGE:
        picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    picture.save(target, "JPEG", quality=92, optimize=False, icc_profile=profile)


def thumbnail(photo: Path) -> bytes:
    """An upright JPEG of at most 320 pixels a side and under 200 kB. Raises as `to_jpeg` does."""
    picture, profile = _read(photo, SMALL_PIXELS, THUMBNAIL_PIXELS)
    picture.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    return small(picture, profile)


def tile(photo: Path, width: int, height: int) -> bytes:
    """The same, cropped to the shape of a clip of so many pixels. Raises as `to_jpeg` does."""
    picture, profile = _read(photo, SMALL_PIXELS, THUMBNAIL_PIXELS)
    return small(fitted(picture, width, height), profile)


def fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The middle of a picture in the shape of a clip, as a thumbnail."""
    scale = THUMBNAIL_PIXELS / max(width, height, 1)
    return ImageOps.fit(
        picture,
        (round(width * scale) or THUMBNAIL_PIXELS, round(height * scale) or THUMBNAIL_PIXELS),
    )


def small(picture: Image.Image, profile: bytes | None = None) -> bytes:
    """A thumbnail as JPEG, as good as fits into its bytes."""
    out = io.BytesIO()
    for quality in (85, 60, 30):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, icc_profile=profile if quality == 85 else None)
        if out.tell() < THUMBNAIL_BYTES:
            break
    return out.getvalue()


def picture_of(photo: Path) -> Image.Image:
    """The picture upright in RGB. Raises as `to_jpeg` does."""
    return _read(photo, SMALL_PIXELS)[0]


def _read(source: Path, max_pixels: int, enough: int = 0) -> tuple[Image.Image, bytes | None]:
    """The picture upright in RGB, and its colour profile where that still fits. `enough`: pixels a
    side needed."""
    with source.open("rb") as file:
        kind = sniff(file.read(HEAD)).extension
        if kind not in DECODERS:
            raise UnsupportedMedia(kind)
        page = tiff.main_page(source) if kind == "tiff" else 0
        try:
            return _decoded(_opened(file, kind), page, max_pixels, enough)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PictureTooLarge(0, max_pixels) from None
        except MemoryError:
            raise PictureTooLarge(0, max_pixels) from None
        except DAMAGE as problem:
            raise DamagedFile(type(problem).__name__) from None


def _opened(file: BinaryIO, kind: str) -> Image.Image:
    """Open with the one decoder that fits. Raises UnsupportedMedia for a TIFF of a sort that Pillow
    does not know."""
    module, name = DECODERS[kind]
    plugin = importlib.import_module(module)
    if kind == "heic":
        plugin.register_heif_opener()
    try:
        return Image.open(file, formats=(name,))
    except (UnidentifiedImageError, LookupError):
        if kind == "tiff" and any(page.pixels for page in tiff.read(file)):
            raise UnsupportedMedia(kind) from None
        raise


def _decoded(
    opened: Image.Image, page: int, max_pixels: int, enough: int
) -> tuple[Image.Image, bytes | None]:
    with opened as picture:
        if page:
            picture.seek(page)
        pixels = picture.width * picture.height
        if pixels > max_pixels:
            raise PictureTooLarge(pixels, max_pixels)
        if enough:
            picture.draft("RGB", (enough, enough))  # a JPEG is decoded at a fraction of its size
        profile = picture.info.get("icc_profile")
        profile = (
            profile if isinstance(profile, bytes) and len(profile) <= LARGEST_PROFILE else None
        )
        fits = picture.mode in ("RGB", "RGBA")
        return _rgb(_upright(picture), profile), profile if fits else None


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its EXIF says; a picture whose EXIF is rubbish is a picture all the same."""
    picture.load()
    try:
        return ImageOps.exif_transpose(picture)
    except DAMAGE:
        return picture


def _rgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if picture.mode == "F" or picture.mode.startswith("I"):
        picture = _scaled(picture)
    if picture.mode == "CMYK" and profile and (managed := _printed(picture, profile)) is not None:
        return managed
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        return white
    return picture.convert("RGB")


def _printed(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """The colours of a print by way of its profile; None where that cannot be used."""
    from PIL import ImageCms  # few pictures need it

    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        printed = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            picture, printed, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    return None


def _scaled(picture: Image.Image) -> Image.Image:
    """Grey with more than 8 bits: Pillow's own conversion cuts off what is brighter than 255."""
    mode, picture = picture.mode, picture.convert("F")
    _, highest = picture.getextrema()
    assert isinstance(highest, float)
    tops = (65535.0,) if mode.startswith("I;16") else (1.0, 255.0, 65535.0)
    factor = 255.0 / next((top for top in tops if highest <= top), highest)
    return picture.point(lambda grey: grey * factor + 0.0).convert("L")
