"""A picture as the three planes of yuv420p: frames are moved, mixed and drawn on without a colour
conversion."""

from dataclasses import dataclass
from typing import Any

import av
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PIL import Image

Box = tuple[float, float, float, float]
BLACK, WHITE, GREY = 16, 235, 128
"""Limited ("TV") range: the ends of luma, and the middle of both chroma planes."""


@dataclass(frozen=True, slots=True)
class Planes:
    """Luma `y` at full size, chroma `u` and `v` at half size; all three are mode-L images."""

    y: Image.Image
    u: Image.Image
    v: Image.Image

    @property
    def size(self) -> tuple[int, int]:
        """Pixels of the picture, both numbers even."""
        return self.y.size

    def part(self, corner: tuple[int, int], size: tuple[int, int]) -> "Planes":
        """The pixels from `corner`, unscaled; all numbers even."""
        box = (*corner, corner[0] + size[0], corner[1] + size[1])
        half = (box[0] // 2, box[1] // 2, box[2] // 2, box[3] // 2)
        return Planes(self.y.crop(box), self.u.crop(half), self.v.crop(half))

    def scaled(self, size: tuple[int, int]) -> av.VideoFrame:
        """All of it at another size, both numbers even."""
        # one thread: to start more costs more than they save, and other frames are worked on beside
        # this one
        return VideoReformatter().reformat(
            to_frame(self), *size, interpolation=Interpolation.BICUBLIN, threads=1
        )

    def mixed(self, other: "Planes", share: float) -> "Planes":
        """A cross-fade: `share` 0 is this picture, 1 the other one."""
        return Planes(
            Image.blend(self.y, other.y, share),
            Image.blend(self.u, other.u, share),
            Image.blend(self.v, other.v, share),
        )

    def painted(self, mask: Image.Image, luma: int, corner: tuple[int, int]) -> "Planes":
        """A copy with a grey of that luma laid over it through `mask`; `corner` and the mask's size
        are even."""
        small = mask.resize((mask.width // 2, mask.height // 2), Image.Resampling.BOX)
        y, u, v = self.y.copy(), self.u.copy(), self.v.copy()
        y.paste(luma, (*corner, corner[0] + mask.width, corner[1] + mask.height), mask)
        place = (
            corner[0] // 2,
            corner[1] // 2,
            corner[0] // 2 + small.width,
            corner[1] // 2 + small.height,
        )
        u.paste(GREY, place, small)
        v.paste(GREY, place, small)
        return Planes(y, u, v)

    def laid_over(self, below: "Planes", corner: tuple[int, int]) -> "Planes":
        """A copy of `below` with this picture on it; `corner` is even."""
        y, u, v = below.y.copy(), below.u.copy(), below.v.copy()
        y.paste(self.y, corner)
        u.paste(self.u, (corner[0] // 2, corner[1] // 2))
        v.paste(self.v, (corner[0] // 2, corner[1] // 2))
        return Planes(y, u, v)


def black(size: tuple[int, int]) -> Planes:
    """A black picture."""
    half = (size[0] // 2, size[1] // 2)
    return Planes(
        Image.new("L", size, BLACK), Image.new("L", half, GREY), Image.new("L", half, GREY)
    )


def from_image(picture: Image.Image) -> Planes:
    """Convert an RGB picture of even width and height by BT.709, limited range, as HD video is
    shown."""
    return from_frame(av.VideoFrame.from_image(picture))  # type: ignore[no-untyped-call]


def from_frame(frame: av.VideoFrame) -> Planes:
    """Any decoded frame of even width and height as BT.709 planes."""
    frame = frame.reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )
    return viewed(frame, (0, 0), (frame.width, frame.height))


def viewed(frame: av.VideoFrame, corner: tuple[int, int], size: tuple[int, int]) -> Planes:
    """A part of a yuv420p frame as it lies in memory, without a copy; all numbers even."""
    y, u, v = (
        _seen(plane, corner, size, few) for plane, few in zip(frame.planes, (1, 2, 2), strict=True)
    )
    return Planes(y, u, v)


def _seen(
    plane: VideoPlane, corner: tuple[int, int], size: tuple[int, int], few: int
) -> Image.Image:
    first = corner[1] // few * plane.line_size + corner[0] // few
    pixels: Any = memoryview(plane)[first:]  # Pillow takes any buffer, its types only some
    return Image.frombuffer(
        "L", (size[0] // few, size[1] // few), pixels, "raw", "L", plane.line_size, 1
    )


def to_frame(picture: Planes) -> av.VideoFrame:
    """A frame for the encoder."""
    frame = av.VideoFrame(*picture.size, "yuv420p")
    for plane, image in zip(frame.planes, (picture.y, picture.u, picture.v), strict=True):
        plane.update(image.tobytes("raw", "L", plane.line_size, 1))
    return frame
