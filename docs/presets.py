"""Draws the small pictures of the presets from real runs of the stand-in: `python docs/presets.py`.

Each look makes a video of sample photos, in its own English words; its picture is a moment of
that, with its whole frame where that is not wide."""

import asyncio
import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image, ImageFilter, ImageOps

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bots.sandbox.samples import sample_photo  # noqa: E402
from bots.sandbox.standin.app import StandIn  # noqa: E402
from core.skills.presets import SHIPPED, available_presets  # noqa: E402
from tests.fakes import FakeAdapter  # noqa: E402
from tests.world import bot  # noqa: E402  (run as a script, the project is not on the path)

SIZE = (400, 225)
HEIGHT = 360
"""Pixels of the videos."""
QUALITY = 78
PHOTOS = {"memories": (0, 2), "slideshow": (3, 1), "travel": (1,), "landscape": (2,)}
"""Sample photos of a look; the others take one, in turn."""
TITLED = dict.fromkeys(("birthday", "thanks", "invitation"), 0.12)
SHAPES = {"story": (720, 1280), "product": (1000, 1000)}
"""Of photos that fit the look; in pixels."""
MOMENTS = {
    **TITLED,
    "memories": 0.5,
    "slideshow": 0.5,
    "slow-zoom": 0.9,
    "loop": 0.9,
    "travel": 0.1,
}
"""The share of the video at which its picture is taken; else a third."""


def frame(film: bytes, moment: float) -> Image.Image:
    """The picture at that share of the film."""
    with av.open(io.BytesIO(film)) as opened:
        frames = list(opened.decode(video=0))
        return frames[int(moment * (len(frames) - 1))].to_image()


def tile(picture: Image.Image) -> Image.Image:
    """In the shape of a tile: what is not as wide stands whole before itself, out of focus."""
    if picture.width / picture.height > 1.6:
        return ImageOps.fit(picture, SIZE)
    ground = ImageOps.fit(picture, SIZE).filter(ImageFilter.GaussianBlur(12))
    whole = ImageOps.contain(picture, SIZE)
    ground.paste(whole, ((SIZE[0] - whole.width) // 2, 0))
    return ground


async def draw(folder: Path) -> None:
    """One chat for each look: photos and its words in, a video out."""
    for number, preset in enumerate(available_presets(None)):
        adapter, standin = FakeAdapter(), StandIn(video_height=HEIGHT, speed=0)
        shape = SHAPES.get(preset.slug, (1920, 1280))
        photos = [sample_photo(it, shape) for it in PHOTOS.get(preset.slug, (number,))]
        async with standin.serving() as url, bot(folder / preset.slug, url, adapter):
            await adapter.says(preset.words["en"], *photos)
            film = (await adapter.result()).video
        made = tile(frame(film, MOMENTS.get(preset.slug, 0.34)))
        made.save(SHIPPED / f"{preset.slug}.jpg", "JPEG", quality=QUALITY, optimize=True)
        print(preset.slug)  # noqa: T201  (a command)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))
