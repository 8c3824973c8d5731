"""A photograph of any size, orientation and mode, made ready to be filmed in a frame of a given
shape."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps, UnidentifiedImageError

from bots.sandbox.standin.video.planes import from_image
from bots.sandbox.standin.video.still import ROOM, Still, even

KEPT = 0.7
"""A photograph is cropped to fill the frame while at least so much of it stays; otherwise it is
shown whole."""

LONG = 2.5
"""A photograph so many times as long as wide is a panorama: the camera goes along it, else it were
a mere strip."""
REACH = 4
"""Frames that a panorama is shown over at most; what is beyond on both sides is left out."""

TAKEN = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
"""Among Pillow's other formats are some that start programs."""


class Undecodable(Exception):
    """The bytes are no picture, or no film, that can be opened."""


def open_upright(source: Path | bytes, least: tuple[int, int] = (0, 0)) -> Image.Image:
    """Open as RGB with the camera's orientation applied and transparency on white.

    `least` lets a large JPEG be decoded smaller, yet never under these pixels. Raises Undecodable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = io.BytesIO(source) if isinstance(source, bytes) else source
            with Image.open(opened, formats=TAKEN) as picture:
                if min(least) > 0:
                    side = max(least)
                    picture.draft("RGB", (side, side))
                upright = ImageOps.exif_transpose(picture)
                return _flattened(upright)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as problem:
        raise Undecodable(str(problem)) from problem
    except Image.DecompressionBombWarning as problem:
        raise Undecodable(str(problem)) from problem


def _flattened(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):
        low, high = (float(edge) for edge in picture.convert("F").getextrema())  # type: ignore[arg-type]
        scale = 255 / max(high - low, 1e-6)
        picture = picture.convert("F").point(lambda value: value * scale - low * scale)
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        picture = Image.new("RGBA", clear.size, "white")
        picture.alpha_composite(clear)
    return picture.convert("RGB")


def fills(photo: tuple[int, int], frame: tuple[int, int]) -> bool:
    """Whether the photograph may be cropped to the frame without losing much of it."""
    shape, wanted = photo[0] / photo[1], frame[0] / frame[1]
    return min(shape, wanted) / max(shape, wanted) >= KEPT


def prepare(source: Path | bytes, frame: tuple[int, int]) -> Still:
    """The picture the camera moves over: the photograph itself, or the whole of it before a blurred
    copy."""
    wanted = (_even(frame[0] * ROOM), _even(frame[1] * ROOM))
    return Still(from_image(compose(open_upright(source, wanted), wanted)))


def compose(photo: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Scale to cover `wanted` pixels, or to stand inside them before a blurred copy; both sides
    come out even."""
    if fills(photo.size, wanted) or max(photo.size) >= LONG * min(photo.size):
        photo = _reached(photo, wanted)
        scale = max(wanted[0] / photo.width, wanted[1] / photo.height)
        size = (_even(photo.width * scale), _even(photo.height * scale))
        return photo.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    ground = backdrop(photo, wanted)
    inside = ImageOps.contain(
        photo, (_even(wanted[0] * 0.92), _even(wanted[1] * 0.92)), Image.Resampling.LANCZOS
    )
    corner = ((wanted[0] - inside.width) // 2, (wanted[1] - inside.height) // 2)
    _shade(ground, inside.size, corner)
    ground.paste(inside, corner)
    return ground


def _reached(photo: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """The middle of a panorama, as far as the camera gets."""
    scale = max(wanted[0] / photo.width, wanted[1] / photo.height)
    width, height = (
        min(photo.width, REACH * wanted[0] / scale),
        min(photo.height, REACH * wanted[1] / scale),
    )
    left, top = round((photo.width - width) / 2), round((photo.height - height) / 2)
    return photo.crop((left, top, photo.width - left, photo.height - top)) if left or top else photo


def backdrop(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A blurred copy that covers `size`; a grain of noise keeps its gradients from banding."""
    soft = blurred(photo, (max(2, size[0] // 12), max(2, size[1] // 12)))
    large = soft.resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 34)
    return Image.blend(large, Image.merge("RGB", (grain, grain, grain)), 0.04)


def blurred(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A small, soft and slightly darkened copy."""
    soft = ImageOps.fit(photo, size, Image.Resampling.BOX, centering=(0.5, 0.45))
    soft = soft.filter(ImageFilter.GaussianBlur(max(size) / 24))
    return ImageEnhance.Color(ImageEnhance.Brightness(soft).enhance(0.72)).enhance(1.15)


def _shade(ground: Image.Image, size: tuple[int, int], corner: tuple[int, int]) -> None:
    """Lay a soft shadow where the photograph will stand."""
    spread = max(2, round(min(ground.size) / 60))
    few = 8  # the shadow is soft: a small mask scaled up looks the same and costs a fraction
    mask = Image.new("L", (ground.width // few + 1, ground.height // few + 1), 0)
    edge = (
        corner[0] // few,
        corner[1] // few,
        (corner[0] + size[0]) // few,
        (corner[1] + size[1]) // few,
    )
    mask.paste(150, edge)
    mask = mask.filter(ImageFilter.GaussianBlur(max(1.0, spread / few))).resize(
        ground.size, Image.Resampling.BICUBIC
    )
    ground.paste((0, 0, 0), (0, 0, *ground.size), mask)


def _even(pixels: float) -> int:
    return max(2, even(pixels))
