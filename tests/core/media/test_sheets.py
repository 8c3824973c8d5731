"""Small pictures side by side, with numbers."""

import io
from pathlib import Path

import pytest
from PIL import Image

from core.media import DamagedFile, UnsupportedMedia
from core.workshop import Workshop


async def test_each_picture_has_its_place_and_what_has_none_a_plain_one(tmp_path: Path) -> None:
    Image.new("RGB", (400, 225), "red").save(tmp_path / "a.jpg")
    Image.new("RGB", (64, 64), "blue").save(tmp_path / "b.png")
    drawn = await Workshop().sheet([tmp_path / "a.jpg", tmp_path / "b.png", None], 9)
    with Image.open(io.BytesIO(drawn)) as sheet:
        assert (sheet.format, sheet.size) == ("JPEG", (824, 474))
        seen = [sheet.getpixel(at) for at in ((200, 100), (620, 100), (200, 340), (620, 340))]
    strongest = [max(range(3), key=lambda part: pixel[part]) for pixel in seen[:2]]  # type: ignore[index]
    assert strongest == [0, 2]
    assert seen[2] != seen[3], "the last place is empty"


async def test_one_that_cannot_be_read_is_plain_and_one_alone_has_no_empty_place(
    tmp_path: Path,
) -> None:
    Image.new("RGB", (400, 225), "red").save(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_bytes(b"GIF89a")
    both = await Workshop().sheet([tmp_path / "b.jpg", tmp_path / "a.jpg"], 0)
    alone = await Workshop().sheet([tmp_path / "a.jpg"], 0)
    with Image.open(io.BytesIO(both)) as sheet, Image.open(io.BytesIO(alone)) as one:
        assert (sheet.size, one.size) == ((824, 241), (416, 241))
        assert sheet.getpixel((620, 100))[0] > 200  # type: ignore[index]
        assert max(sheet.getpixel((30, 30))) < 150, "no number stands there"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "error"), [(b"GIF89a", DamagedFile), (b"<svg>", UnsupportedMedia)]
)
async def test_what_is_no_picture_is_told(tmp_path: Path, made: bytes, error: type) -> None:
    (tmp_path / "a.jpg").write_bytes(made)
    with pytest.raises(error):
        await Workshop().sheet([tmp_path / "a.jpg"], 1)
