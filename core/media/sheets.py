"""Small pictures side by side, each with its number. Only the workshop's process decodes."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from core.media.pictures import picture_of

TILE = (400, 225)
"""Pixels of one picture."""
GAP, COLUMNS = 8, 2
BADGE, LETTERS = 44, 28
"""Pixels of a number's ground, and of the number."""
GROUND, PLAIN, INK = "white", "#5b6472", "#20242c"
QUALITY = 82


def sheet(pictures: Sequence[Path | None], first: int) -> bytes:
    """A JPEG of all of them, numbered from `first` on; a plain ground stands for what has no
    picture. Raises MediaError."""
    rows = -(-len(pictures) // COLUMNS)
    size = (COLUMNS * (TILE[0] + GAP) + GAP, rows * (TILE[1] + GAP) + GAP)
    whole = Image.new("RGB", size, GROUND)
    for place, picture in enumerate(pictures):
        row, column = divmod(place, COLUMNS)
        corner = (GAP + column * (TILE[0] + GAP), GAP + row * (TILE[1] + GAP))
        whole.paste(_tile(picture), corner)
        _number(whole, corner, first + place)
    written = io.BytesIO()
    whole.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _tile(picture: Path | None) -> Image.Image:
    if picture is None:
        return Image.new("RGB", TILE, PLAIN)
    return ImageOps.fit(picture_of(picture), TILE)


def _number(whole: Image.Image, corner: tuple[int, int], number: int) -> None:
    draw = ImageDraw.Draw(whole)
    x, y = corner
    draw.rounded_rectangle((x + 8, y + 8, x + 8 + BADGE, y + 8 + BADGE), 10, fill=GROUND)
    middle = (x + 8 + BADGE / 2, y + 8 + BADGE / 2)
    draw.text(middle, str(number), INK, ImageFont.load_default(LETTERS), anchor="mm")
