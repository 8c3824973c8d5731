"""The light and the colours of pictures, changed alike in every frame."""

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from bots.sandbox.standin.video.planes import BLACK, GREY, WHITE, Planes

STEP = 0.78
"""The exponent of a step up; a step down is its inverse. Black stays black and white stays
white."""
WARMTH = {"u": -12, "v": 10}
"""Less blue, more red."""


@dataclass(frozen=True, slots=True)
class Look:
    """`light` steps brighter, or darker below 0; `tone` is `plain`, `grey` or `warm`."""

    light: int = 0
    tone: str = "plain"

    def on(self, picture: Planes) -> Planes:
        """The picture with this look."""
        y = picture.y.point(_curve(self.light)) if self.light else picture.y
        match self.tone:
            case "grey":
                flat = Image.new("L", picture.u.size, GREY)
                return Planes(y, flat, flat)
            case "warm":
                return Planes(y, _moved(picture.u, WARMTH["u"]), _moved(picture.v, WARMTH["v"]))
        return Planes(y, picture.u, picture.v)


PLAIN = Look()


@lru_cache(maxsize=8)
def _curve(light: int) -> list[int]:
    """For each luma the one after so many steps."""
    span = WHITE - BLACK
    shares = (min(1.0, max(0.0, (luma - BLACK) / span)) for luma in range(256))
    return [round(BLACK + span * share ** (STEP**light)) for share in shares]


def _moved(plane: Image.Image, by: int) -> Image.Image:
    return plane.point([max(0, min(255, value + by)) for value in range(256)])
