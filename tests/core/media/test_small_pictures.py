"""Small pictures: upright, of the shape of the clip, under 200 kB, and none of what is no
picture."""

import io
import random
import wave
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from core.media import DamagedFile, PictureTooLarge, UnsupportedMedia
from core.media.pictures import thumbnail, tile
from core.media.stills import still
from tests.core.media.test_media import FILES
from tests.core.media.test_media import photo as painted
from tests.servers.telegram import photograph


def colour(made: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(made)) as image:
        pixel: Any = image.getpixel((image.width // 2, image.height // 2))
    return tuple(round(part / 64) for part in pixel)


def _square(name: str) -> bytes:
    return photograph(16, 16, name)


@pytest.mark.parametrize("kind", ["jpg", "png", "gif", "webp", "heic", "avif", "bmp", "tiff"])
def test_any_photo_has_a_thumbnail(kind: str, tmp_path: Path) -> None:
    source = painted(tmp_path / "large", FILES[kind][1], size=(1600, 900))
    with Image.open(io.BytesIO(thumbnail(source))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 180))


def test_a_thumbnail_is_upright_and_small_even_of_noise(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (600, 900), random.Random(1).randbytes(600 * 900 * 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    noise.save(tmp_path / "noise.png", exif=exif)
    made = thumbnail(tmp_path / "noise.png")
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (320, 213)
    assert len(made) < 200_000


def test_a_small_photo_is_not_blown_up(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(thumbnail(painted(tmp_path / "small", "PNG")))) as picture:
        assert picture.size == (64, 48)


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [(1920, 1080, (320, 180)), (1080, 1920, (180, 320)), (0, 0, (320, 320))],
)
def test_a_tile_has_the_shape_of_the_clip(
    tmp_path: Path, width: int, height: int, shape: tuple[int, int]
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(photograph(3000, 2000))
    made = tile(photo, width, height)
    assert len(made) < 200_000
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("JPEG", shape)


def test_a_picture_of_too_many_pixels_is_not_decoded_for_a_tile(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    Image.new("1", (8000, 8000)).save(photo)
    with pytest.raises(PictureTooLarge):
        tile(photo, 100, 100)


def test_a_clip_shorter_than_a_second_shows_its_last_frame(tmp_path: Path) -> None:
    path = tmp_path / "short.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for name in ("red", "green"):
            container.mux(stream.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 64), name))))
        container.mux(stream.encode())
    assert colour(still(path)) == colour(_square("green"))


def test_a_file_with_sound_alone_gives_no_tile(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(16000))
    with pytest.raises(DamagedFile):
        still(path)


def test_a_tile_stands_upright_like_the_photo(tmp_path: Path) -> None:
    photo, turned = tmp_path / "photo.jpg", Image.new("RGB", (400, 200), "red")
    turned.paste("blue", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: the left side is the top
    turned.save(photo, exif=exif)
    with Image.open(io.BytesIO(tile(photo, 200, 400))) as made:
        top, bottom = made.getpixel((80, 10)), made.getpixel((80, 310))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[2] > 200
    assert bottom[0] > 200


@pytest.mark.parametrize("content", [b"", b"not a picture", photograph()[:300]])
def test_what_is_no_picture_gives_no_tile(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd"
    file.write_bytes(content)
    with pytest.raises((DamagedFile, UnsupportedMedia)):
        tile(file, 100, 100)
    with pytest.raises(DamagedFile):
        still(file)
