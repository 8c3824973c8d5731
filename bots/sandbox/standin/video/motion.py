"""The gentle camera over a still picture: which part of it is in the frame at which moment."""

import math
from dataclasses import dataclass

MOTIONS = ("zoom_in", "zoom_out", "pan_right", "zoom_in_high", "pan_left", "zoom_out_low")
"""Names as they stand in the draft; neighbours differ in direction."""

RATE, LEAST, MOST = 0.018, 0.05, 0.16
"""Growth per second of a zoom, and its limits over a whole shot: slow enough to be calm, never
still."""
CROPPED = 1.5
"""Frames long that a picture is at most which is not a panorama (see `photo.KEPT`)."""
SWEEP = 0.3
"""Frames per second that the camera goes along a panorama at most."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A straight way of the window: its magnification and its place (0-1 of the free room on each
    axis)."""

    zoom: tuple[float, float]
    x: tuple[float, float] = (0.5, 0.5)
    y: tuple[float, float] = (0.5, 0.5)

    def box(
        self, share: float, picture: tuple[int, int], frame: tuple[int, int]
    ) -> tuple[float, float, float, float]:
        """The window at `share` (0-1) of the shot, in pixels of the picture; it has the frame's
        shape."""
        zoom = self.zoom[0] * (self.zoom[1] / self.zoom[0]) ** share
        scale = min(picture[0] / frame[0], picture[1] / frame[1]) / zoom
        width, height = frame[0] * scale, frame[1] * scale
        left = _between(self.x, share) * (picture[0] - width)
        top = _between(self.y, share) * (picture[1] - height)
        return (left, top, min(left + width, picture[0]), min(top + height, picture[1]))


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def camera(motion: str, seconds: float, picture: tuple[int, int], frame: tuple[int, int]) -> Camera:
    """The way for a named motion over a picture; room that the frame's shape leaves free is shown
    by moving over it."""
    grown = 1 + min(MOST, max(LEAST, RATE * seconds))
    tall = picture[1] * frame[0] / (picture[0] * frame[1])
    x, y = _drift(motion, seconds, 1 / tall), _drift(motion, seconds, tall)
    if motion == "still":
        return Camera((1, 1))
    if max(tall, 1 / tall) > CROPPED:
        sweep = _sweep(motion, seconds, max(tall, 1 / tall))
        return Camera((1, 1), y=sweep) if tall > 1 else Camera((1, 1), x=sweep)
    match motion:
        case "zoom_out":
            return Camera((grown, 1), x, y)
        case "zoom_out_low":
            return Camera((grown, 1), x, (0.62, 0.5) if tall <= 1 else y)
        case "pan_right":
            return Camera((grown, grown), (0, 1) if tall >= 1 else x, y)
        case "pan_left":
            return Camera((grown, grown), (1, 0) if tall >= 1 else x, y)
        case "zoom_in_high":
            return Camera((1, grown), x, (0.5, 0.38) if tall <= 1 else y)
        case _:
            return Camera((1, grown), x, y)


def _sweep(motion: str, seconds: float, room: float) -> tuple[float, float]:
    """Way along a panorama that is `room` frames long: all of it, or its middle where that would be
    a rush."""
    half = min(0.5, SWEEP * seconds / (room - 1) / 2)
    return (0.5 + half, 0.5 - half) if motion == "pan_left" else (0.5 - half, 0.5 + half)


def _drift(motion: str, seconds: float, room: float) -> tuple[float, float]:
    """Way along an axis on which the picture is `room` frames long: at most about 4 % of the frame
    a second."""
    if room <= 1.02:
        return (0.5, 0.5)
    half = min(0.45, 0.02 * seconds / (room - 1))
    forward = motion in ("zoom_out", "pan_right", "zoom_out_low")
    # a little above the middle: in upright photographs the subject rarely stands at the bottom
    middle = min(max(0.45, half), 1 - half)
    return (middle - half, middle + half) if forward else (middle + half, middle - half)


def smooth(share: float) -> float:
    """Ease in and out between 0 and 1."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))
