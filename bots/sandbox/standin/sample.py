"""Sample photographs, painted by the project itself: landscapes over water, for a first try without
own pictures."""

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Colour = tuple[int, int, int]
VARIANTS = 5


@dataclass(frozen=True, slots=True)
class _Scene:
    """Colours from the top of the sky to the horizon, of the hills from far to near, and of the
    light."""

    sky: tuple[Colour, ...]
    hills: tuple[Colour, ...]
    light: Colour
    sun: tuple[float, float]
    haze: Colour
    water: Colour
    clouds: float = 0.5
    stars: bool = False
    trees: bool = True
    rough: float = 0.5


_SCENES = (
    _Scene(  # a lake at sunset
        ((38, 46, 98), (108, 84, 142), (226, 128, 122), (255, 190, 120), (255, 222, 160)),
        ((150, 102, 132), (98, 72, 110), (56, 46, 80), (24, 22, 42)),
        (255, 236, 190),
        (0.64, 0.345),
        (255, 196, 140),
        (30, 36, 80),
        clouds=0.75,
    ),
    _Scene(  # mountains on a clear morning
        ((44, 110, 190), (98, 158, 218), (166, 204, 236), (222, 232, 238)),
        ((150, 176, 206), (98, 134, 168), (58, 96, 112), (28, 60, 58)),
        (255, 250, 230),
        (0.26, 0.20),
        (226, 236, 242),
        (24, 70, 110),
        clouds=0.85,
        rough=0.62,
    ),
    _Scene(  # the sea after sundown
        ((10, 14, 40), (24, 32, 78), (72, 58, 112), (168, 92, 110), (240, 150, 104)),
        ((66, 50, 92), (38, 32, 66), (16, 16, 36)),
        (255, 226, 180),
        (0.36, 0.40),
        (230, 140, 110),
        (12, 18, 48),
        clouds=0.45,
        stars=True,
        trees=False,
        rough=0.36,
    ),
    _Scene(  # green hills at noon
        ((58, 132, 206), (122, 182, 228), (188, 220, 240), (232, 240, 236)),
        ((146, 182, 170), (108, 158, 108), (74, 128, 70), (38, 84, 44)),
        (255, 252, 236),
        (0.74, 0.16),
        (224, 238, 226),
        (42, 98, 120),
        clouds=1.0,
        rough=0.34,
    ),
    _Scene(  # autumn mist
        ((120, 118, 142), (178, 160, 162), (232, 200, 170), (250, 226, 188)),
        ((206, 168, 142), (178, 120, 84), (128, 74, 48), (54, 34, 30)),
        (255, 240, 210),
        (0.45, 0.30),
        (248, 218, 180),
        (92, 74, 82),
        clouds=0.4,
        rough=0.44,
    ),
)


def sample_photo(variant: int = 0, size: tuple[int, int] = (1920, 1280)) -> bytes:
    """A JPEG; the same variant (0-4, others wrap round) is always the same picture, whatever its
    size."""
    return jpeg(paint(variant, size))


def jpeg(picture: Image.Image) -> bytes:
    """Encode at a quality that photographs usually have."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def paint(variant: int, size: tuple[int, int] = (1920, 1280)) -> Image.Image:
    """The picture itself, RGB."""
    variant %= VARIANTS
    scene, dice = _SCENES[variant], random.Random(1000 + variant)  # noqa: S311 (a picture, not a secret)
    shore = round(size[1] * 0.64)
    land = _sky(scene, (size[0], shore), dice)
    for number, colour in enumerate(scene.hills):
        _hill(land, scene, number, colour, dice)
    picture = Image.new("RGB", size)
    picture.paste(land, (0, 0))
    picture.paste(_water(scene, land, (size[0], size[1] - shore), dice), (0, shore))
    if not scene.stars:
        _sun(picture, scene)
    return _developed(picture, dice)


def _sky(scene: _Scene, size: tuple[int, int], dice: random.Random) -> Image.Image:
    sky = _gradient(scene.sky, size)
    if scene.stars:
        pencil = ImageDraw.Draw(sky)
        for _ in range(260):
            x, y, bright = (
                dice.random() * size[0],
                dice.random() ** 1.6 * size[1] * 0.62,
                dice.randint(120, 255),
            )
            radius = size[0] / 1920 * dice.choice((0.6, 0.8, 1.0, 1.5))
            pencil.ellipse((x - radius, y - radius, x + radius, y + radius), (bright, bright, 240))
    place = (round(scene.sun[0] * size[0]), round(scene.sun[1] * size[0] / 1.5))
    for reach, power in ((1.5, 90), (0.7, 110), (0.3, 120)):
        _glow(sky, place, round(reach * size[0]), scene.light, power)
    _clouds(sky, scene, dice)
    return sky


def _sun(picture: Image.Image, scene: _Scene) -> None:
    """The disc, drawn last: thin clouds glow before it, and its mirror image is the glitter on the
    water."""
    width = picture.width
    place, radius = (round(scene.sun[0] * width), round(scene.sun[1] * width / 1.5)), width * 0.021
    _glow(picture, place, round(0.16 * width), scene.light, 130)
    disc = Image.new("L", picture.size, 0)
    ImageDraw.Draw(disc).ellipse(
        (place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius), fill=255
    )
    picture.paste(
        (255, 253, 244), (0, 0, *picture.size), disc.filter(ImageFilter.GaussianBlur(width / 700))
    )


def _clouds(sky: Image.Image, scene: _Scene, dice: random.Random) -> None:
    """Fleecy bands: bright where the noise is high, their undersides shaded by the same noise moved
    down."""
    cloud = _noise(sky.size, dice, (2, 6), 7)
    body = cloud.point(_ramp(118, 236, round(235 * scene.clouds)))
    thinner = _gradient(
        ((70, 70, 70), (255, 255, 255), (225, 225, 225), (40, 40, 40)), sky.size
    ).convert("L")
    body = ImageChops.multiply(body, thinner)
    under = ImageChops.offset(cloud, 0, -round(sky.height / 22)).point(_ramp(120, 235, 170))
    lit = tuple((255 + light) // 2 for light in scene.light)
    shade = tuple(
        (low * 2 + light) // 3 for low, light in zip(scene.sky[1], scene.light, strict=True)
    )
    paint_ = Image.composite(
        Image.new("RGB", sky.size, shade), Image.new("RGB", sky.size, lit), under
    )
    sky.paste(paint_, (0, 0), body)


def _hill(
    land: Image.Image, scene: _Scene, number: int, colour: Colour, dice: random.Random
) -> None:
    width, height = land.size
    count = len(scene.hills)
    depth = number / max(1, count - 1)
    top = height * (0.70 + 0.2 * depth)
    ridge = _ridge(
        width, top, height * (0.34 - 0.26 * depth) * (0.4 + scene.rough), scene.rough, dice
    )
    mask = Image.new("L", land.size, 0)
    pencil = ImageDraw.Draw(mask)
    pencil.polygon([(0, height), *ridge, (width, height)], fill=255)
    if scene.trees and number == count - 1:
        _trees(pencil, ridge, width, dice)
    mask = mask.filter(ImageFilter.GaussianBlur(width / 2600))
    slope = _noise(land.size, dice, (7, 6), 6).point(_ramp(60, 200, 255))
    bright = ImageEnhance.Brightness(Image.new("RGB", land.size, colour)).enhance(1.18)
    rock = Image.composite(bright, Image.new("RGB", land.size, colour), slope)
    # farther hills lie deeper in the haze, and all of them towards the water
    haze = (
        Image.linear_gradient("L")
        .resize(land.size)
        .point(_ramp(110, 255, round(200 * (1 - depth) + 40)))
    )
    rock.paste(scene.haze, (0, 0, *land.size), haze)
    land.paste(rock, (0, 0), mask)


def _ridge(
    width: int, top: float, swing: float, rough: float, dice: random.Random
) -> list[tuple[float, float]]:
    """Midpoint displacement: a mountain line as jagged as `rough` says."""
    heights = [dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)]
    spread = 1.0
    for _ in range(10):
        between = [(a + b) / 2 + dice.uniform(-spread, spread) / 2 for a, b in pairwise(heights)]
        heights = [value for pair in zip(heights, [*between, 0.0], strict=False) for value in pair][
            :-1
        ]
        spread *= rough
    step = width / (len(heights) - 1)
    return [(number * step, top - value * swing) for number, value in enumerate(heights)]


def _trees(
    pencil: ImageDraw.ImageDraw,
    ridge: Sequence[tuple[float, float]],
    width: int,
    dice: random.Random,
) -> None:
    """Firs along the nearest ridge, in groups."""
    position, density = 0, 0.5
    while position < len(ridge):
        x, y = ridge[position]
        density = min(0.95, max(0.05, density + dice.uniform(-0.18, 0.18)))
        if dice.random() < density:
            tall, half = width * dice.uniform(0.012, 0.034), width * dice.uniform(0.0035, 0.0065)
            for layer in range(4):
                foot, reach = y + tall * 0.1 - tall * layer * 0.22, half * (1 - layer * 0.2)
                pencil.polygon(
                    [(x - reach, foot), (x + reach, foot), (x, foot - tall * 0.45)], fill=255
                )
        position += dice.randint(2, 6)


def _water(
    scene: _Scene, land: Image.Image, size: tuple[int, int], dice: random.Random
) -> Image.Image:
    """The land upside down, each line shifted by waves that grow towards the viewer, darker and
    bluer."""
    width, height = size
    mirror = land.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
        (width, round(land.height * 0.86))
    )
    mirror = mirror.filter(ImageFilter.GaussianBlur(width / 900))
    water = Image.new("RGB", size)
    phases = [dice.uniform(0, 6.28) for _ in range(4)]
    for line in range(height):
        near = line / height
        ripple = math.sin(line**0.82 * 1.15 + phases[0]) + 0.6 * math.sin(
            line**0.7 * 2.9 + phases[1]
        )
        shift = round(ripple * width * (0.0006 + 0.0048 * near))
        bob = round(math.sin(line**0.75 * 1.9 + phases[2]) * height * (0.002 + 0.02 * near))
        source = min(mirror.height - 1, max(0, line + bob))
        strip = mirror.crop((0, source, width, source + 1))
        water.paste(ImageChops.offset(strip, shift, 0), (0, line))
    depth = Image.linear_gradient("L").resize(size).point(_ramp(0, 255, 150))
    water = ImageEnhance.Brightness(water).enhance(0.86)
    water.paste(scene.water, (0, 0, *size), depth)
    _glitter(water, scene, dice)
    return water.filter(ImageFilter.GaussianBlur(width / 3200))


def _glitter(water: Image.Image, scene: _Scene, dice: random.Random) -> None:
    """Short strokes of light under the sun, wider and farther apart towards the viewer; faint ones
    elsewhere."""
    width, height = water.size
    light = Image.new("L", water.size, 0)
    pencil = ImageDraw.Draw(light)
    for _ in range(1500):
        near = dice.random() ** 1.4
        y = near * height
        under = dice.random() < 0.72
        spread = width * (0.018 + 0.07 * near)
        x = dice.gauss(scene.sun[0] * width, spread) if under else dice.random() * width
        long = width * (0.002 + 0.014 * near) * dice.uniform(0.4, 1.2)
        thick = max(1.0, height * (0.001 + 0.006 * near) * dice.uniform(0.4, 1.0))
        power = dice.randint(70, 210) if under else dice.randint(10, 55)
        pencil.ellipse((x - long, y - thick / 2, x + long, y + thick / 2), fill=power)
    water.paste(
        scene.light, (0, 0, width, height), light.filter(ImageFilter.GaussianBlur(width / 2400))
    )


def _developed(picture: Image.Image, dice: random.Random) -> Image.Image:
    """A soft bloom, film grain and a slight vignette, as a lens would give."""
    width, height = picture.size
    soft = (
        picture.resize((width // 4, height // 4))
        .filter(ImageFilter.GaussianBlur(width / 160))
        .resize(picture.size)
    )
    picture = Image.blend(picture, ImageChops.screen(picture, soft), 0.22)
    corner = Image.radial_gradient("L").resize((width, height)).point(_ramp(120, 255, 95))
    picture.paste((0, 0, 0), (0, 0, width, height), corner)
    picture = ImageChops.overlay(picture, _grain((width, height), dice).convert("RGB"))
    return ImageEnhance.Color(ImageEnhance.Contrast(picture).enhance(1.06)).enhance(1.12)


def _grain(size: tuple[int, int], dice: random.Random) -> Image.Image:
    """Faint noise around the middle grey, one tile of it repeated; Pillow's own noise differs each
    time."""
    side = 499
    tile = Image.frombytes("L", (side, side), dice.randbytes(side * side))
    tile = tile.point([round(127.5 + (value - 127.5) * 0.075) for value in range(256)])
    grain = Image.new("L", size)
    for left in range(0, size[0], side):
        for top in range(0, size[1], side):
            grain.paste(tile, (left, top))
    return grain


def _gradient(colours: tuple[Colour, ...], size: tuple[int, int]) -> Image.Image:
    """Vertical, with a little noise in the brightness so that it does not band."""
    column = Image.new("RGB", (1, len(colours)))
    column.putdata(list(colours))
    return column.resize((1, size[1]), Image.Resampling.BICUBIC).resize(size)


def _glow(sky: Image.Image, place: tuple[int, int], reach: int, colour: Colour, power: int) -> None:
    """A round light, `reach` pixels across; Pillow's radial gradient is 181 in the middle of its
    edges."""
    fall = [round(max(0.0, 1 - value / 181) ** 2 * power) for value in range(256)]
    ball = Image.radial_gradient("L").resize((reach, reach)).point(fall)
    left, top = place[0] - reach // 2, place[1] - reach // 2
    sky.paste(colour, (left, top, left + reach, top + reach), ball)


def _noise(
    size: tuple[int, int], dice: random.Random, first: tuple[int, int], octaves: int
) -> Image.Image:
    """Cloudy noise: finer and finer random grids, scaled up and added at half the strength each."""
    total = Image.new("L", size)
    for octave in range(octaves):
        grid = (first[0] * 2**octave, first[1] * 2**octave)
        layer = Image.frombytes("L", grid, dice.randbytes(grid[0] * grid[1])).resize(
            size, Image.Resampling.BICUBIC
        )
        total = Image.blend(total, layer, 0.55**octave * 0.45 / (1 - 0.55 ** (octave + 1)))
    return ImageOps.autocontrast(total, cutoff=1)


def _ramp(low: int, high: int, most: int) -> list[int]:
    """A table for point(): 0 up to `low`, rising to `most` at `high`."""
    return [round(min(1.0, max(0.0, (value - low) / (high - low))) * most) for value in range(256)]
