"""Small pictures side by side, with numbers or without. Only the workshop's process decodes."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from core.media.errors import MediaError
from core.media.pictures import picture_of

TILE = (400, 225)
"""Pixels of one picture."""
GAP, COLUMNS = 8, 2
BADGE, LETTERS = 44, 28
"""Pixels of a number's ground, and of the number."""
GROUND, PLAIN, INK = "white", "#5b6472", "#20242c"
QUALITY = 82


def sheet(pictures: Sequence[Path | None], first: int) -> bytes:
    """A JPEG of all of them, numbered from `first` on (0: without numbers); a plain ground stands
    for what has no picture, or one that cannot be read. Raises MediaError where all are such."""
    tiles = _tiles(pictures)
    columns = min(COLUMNS, len(pictures)) or 1
    rows = -(-len(pictures) // columns)
    size = (columns * (TILE[0] + GAP) + GAP, rows * (TILE[1] + GAP) + GAP)
    whole = Image.new("RGB", size, GROUND)
    for place, tile in enumerate(tiles):
        row, column = divmod(place, columns)
        corner = (GAP + column * (TILE[0] + GAP), GAP + row * (TILE[1] + GAP))
        whole.paste(tile, corner)
        if first:
            _number(whole, corner, first + place)
    written = io.BytesIO()
    whole.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _tiles(pictures: Sequence[Path | None]) -> list[Image.Image]:
    found: list[Image.Image] = []
    problems: list[MediaError] = []
    for picture in pictures:
        try:
            found.append(_tile(picture))
        except MediaError as problem:
            problems.append(problem)
            found.append(_tile(None))
    if problems and len(problems) == sum(picture is not None for picture in pictures):
        raise problems[0]
    return found


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
