"""An uploaded film: its facts, and its pictures one after another as a shot needs them."""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import av
from PIL import Image

from bots.sandbox.standin.video.photo import Undecodable, blurred, fills
from bots.sandbox.standin.video.planes import Planes, black, from_frame, from_image, viewed


@dataclass(frozen=True, slots=True)
class Facts:
    """What a film or a sound file is; pixels as shown, seconds, frames per second. Zero where there
    is none."""

    width: int = 0
    height: int = 0
    seconds: float = 0.0
    fps: float = 0.0
    sound: bool = False


def probe(path: Path) -> Facts:
    """Read the facts of a film or sound file. Raises Undecodable."""
    try:
        with av.open(str(path)) as source:
            seconds = source.duration / av.time_base if source.duration else 0.0
            sound = bool(source.streams.audio)
            if not source.streams.video:
                if not sound:
                    raise Undecodable("neither picture nor sound")
                return Facts(seconds=seconds or _counted(source), sound=True)
            if source.format.name.endswith("_pipe") or source.format.name == "image2":
                raise Undecodable("a picture, not a film")
            stream = source.streams.video[0]
            first = next(source.decode(stream), None)
            if first is None:
                raise Undecodable("no picture in it")
            width, height = first.width, first.height
            if first.rotation % 180:
                width, height = height, width
            return Facts(width, height, seconds, float(stream.average_rate or 25), sound)
    except (av.FFmpegError, ValueError, EOFError) as problem:
        raise Undecodable(str(problem)) from problem


def _counted(source: "av.container.InputContainer") -> float:
    """The length of a sound file whose header does not say it (plain AAC)."""
    return sum(frame.samples / frame.sample_rate for frame in source.decode(audio=0))


_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


class Clip:
    """Pictures of a film at rising times; the last one stays when the film is over."""

    def __init__(self, path: Path) -> None:
        try:
            self._source = av.open(str(path))
        except (av.FFmpegError, ValueError) as problem:
            raise Undecodable(str(problem)) from problem
        self._stream = self._source.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._pictures = self._source.decode(self._stream)
        self._start: float | None = None
        self._next: av.VideoFrame | None = None
        self._shown: av.VideoFrame | None = None

    def __enter__(self) -> "Clip":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._source.close()

    def at(self, seconds: float) -> av.VideoFrame | None:
        """The picture shown `seconds` after the film's start, the same object as long as it is;
        times must not fall."""
        while self._peek() is not None and self._time(self._next) <= max(seconds, 0.0) + 0.004:
            self._shown, self._next = self._next, None
        return self._shown

    def _peek(self) -> av.VideoFrame | None:
        if self._next is None:
            try:
                self._next = next(self._pictures, None)
            except av.FFmpegError:
                self._next = None  # a damaged end: the last good picture stays
        return self._next

    def _time(self, picture: av.VideoFrame | None) -> float:
        moment = picture.time if picture is not None and picture.time is not None else 0.0
        if self._start is None:
            self._start = moment
        return moment - self._start


def framed(picture: av.VideoFrame | None, frame: tuple[int, int]) -> Planes:
    """A film's picture upright in the frame's shape: filling it, or whole before a blurred copy."""
    if picture is None:
        return black(frame)
    planes = _turned(_even_sized(picture), round(picture.rotation / 90) * 90 % 360)
    width, height = planes.size
    if fills(planes.size, frame):
        scale = min(width / frame[0], height / frame[1])
        left, top = (width - frame[0] * scale) // 4 * 2, (height - frame[1] * scale) // 4 * 2
        part = planes.part((int(left), int(top)), (int(width - 2 * left), int(height - 2 * top)))
        return viewed(part.scaled(frame), (0, 0), frame)
    scale = min(frame[0] / width, frame[1] / height)
    inside = (round(width * scale / 2) * 2, round(height * scale / 2) * 2)
    corner = ((frame[0] - inside[0]) // 4 * 2, (frame[1] - inside[1]) // 4 * 2)
    return viewed(planes.scaled(inside), (0, 0), inside).laid_over(_ground(picture, frame), corner)


def _ground(picture: av.VideoFrame, frame: tuple[int, int]) -> Planes:
    """The blurred copy, made small and enlarged: there is nothing sharp in it."""
    tiny = picture.reformat(
        width=160, height=max(2, round(160 * picture.height / picture.width / 2) * 2)
    )
    image: Image.Image = tiny.to_image()  # type: ignore[no-untyped-call]
    turn = _TURNS.get(round(picture.rotation / 90) * 90 % 360)
    small = (max(2, frame[0] // 24 * 2), max(2, frame[1] // 24 * 2))
    soft = from_image(blurred(image.transpose(turn) if turn is not None else image, small))
    return viewed(soft.scaled(frame), (0, 0), frame)


def _even_sized(picture: av.VideoFrame) -> Planes:
    width, height = picture.width // 2 * 2, picture.height // 2 * 2
    if (width, height) != (picture.width, picture.height):
        picture = picture.reformat(width=max(2, width), height=max(2, height))
    return from_frame(picture)


def _turned(planes: Planes, degrees: int) -> Planes:
    turn = _TURNS.get(degrees)
    if turn is None:
        return planes
    return Planes(planes.y.transpose(turn), planes.u.transpose(turn), planes.v.transpose(turn))
