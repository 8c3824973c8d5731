"""The film itself: shots, cross-fades and titles into H.264 and AAC, frame by frame, with
progress."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from bots.sandbox.standin.video import sound, title
from bots.sandbox.standin.video.clip import Clip, framed
from bots.sandbox.standin.video.look import PLAIN, Look
from bots.sandbox.standin.video.motion import camera, smooth
from bots.sandbox.standin.video.music import RATE
from bots.sandbox.standin.video.photo import prepare
from bots.sandbox.standin.video.planes import Box, Planes, black, to_frame

FPS = 30
ENCODING = {
    "preset": "superfast",
    "profile": "high",
    "crf": "21",
    "maxrate": "6M",
    "bufsize": "12M",
    "x264-params": "mbtree=1:rc-lookahead=8:bframes=7:b-adapt=0:weightp=0:no-chroma-me=1"
    ":aq-mode=3:aq-strength=1.2:deblock=1,1",
}
"""At 6 Mbit/s a minute stays under the 50 MB that chat platforms take; more bits for smooth skies
against banding. A picture that moves slowly as a whole gains nothing by what slower presets search
for, but much by many B frames and by giving bits to what stays (mbtree): the quality of `veryfast`
in half its time."""

CLOSING = 0.6
"""Seconds in which the last picture goes down to black, together with the sound."""


class Cancelled(Exception):
    """Somebody asked the render to stop."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo or film in the timeline; seconds. `fade` is the length of the cross-fade from the
    shot before."""

    path: Path
    start: float
    seconds: float
    motion: str = "zoom_in"
    film: bool = False
    fade: float = 0.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Film:
    """All that is needed to make the file. `size` in pixels, both even."""

    size: tuple[int, int]
    seconds: float
    shots: tuple[Shot, ...]
    titles: tuple[title.Title, ...] = ()
    music: sound.Music | None = None
    recordings: tuple[sound.Recording, ...] = ()
    closing: float = CLOSING
    look: Look = PLAIN


def make(
    film: Film, path: Path, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    """Write the MP4 to `path`, telling the share done (0-1). Raises Cancelled, Undecodable."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as target:
        pictures = target.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height = film.size
        pictures.pix_fmt = "yuv420p"
        pictures.time_base = Fraction(1, FPS)
        context = pictures.codec_context
        context.color_primaries = context.color_trc = context.colorspace = 1  # BT.709
        context.color_range = 1  # limited
        context.gop_size = 2 * FPS
        context.options = ENCODING
        tones = target.add_stream("aac", rate=RATE, layout="stereo")
        tones.codec_context.bit_rate = 160_000
        heard = sound.frames(film.seconds, film.music, film.recordings)
        count = max(1, round(film.seconds * FPS))
        for number, picture in enumerate(_pictures(film, count)):
            if cancelled():
                raise Cancelled
            while (tone := next(heard, None)) is not None:
                target.mux(tones.encode(tone))
                if tone.time is None or tone.time > number / FPS + 0.5:
                    break
            frame = to_frame(picture)
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            target.mux(pictures.encode(frame))
            progress((number + 1) / (count + 1))
        for tone in heard:
            target.mux(tones.encode(tone))
        target.mux(pictures.encode(None))
        target.mux(tones.encode(None))
    progress(1.0)


class _Scene:
    """A shot made ready: gives its picture at any moment, as a job that may run beside others."""

    def __init__(
        self, shot: Shot, size: tuple[int, int], pool: ThreadPoolExecutor, closing: ExitStack
    ) -> None:
        self._shot, self._size, self._pool = shot, size, pool
        self._clip = closing.enter_context(Clip(shot.path)) if shot.film else None
        self._still = None if shot.film else pool.submit(prepare, shot.path, size)
        self._decoded: av.VideoFrame | None = None
        self._framed = pool.submit(framed, None, size) if shot.film else None

    def at(self, moment: float, begin: float, end: float) -> Callable[[], Planes]:
        """The picture at a moment between `begin` and `end`, the times it is visible including its
        cross-fades."""
        if self._clip is not None and self._framed is not None:
            decoded = self._clip.at(moment - begin + self._shot.offset)
            if decoded is not self._decoded:
                # queued before the job that waits for it, so that two workers cannot wait for each
                # other
                self._decoded, self._framed = (
                    decoded,
                    self._pool.submit(framed, decoded, self._size),
                )
            return self._framed.result
        assert self._still is not None
        still = self._still.result()
        way = camera(self._shot.motion, end - begin, still.size, self._size)
        box: Box = way.box((moment - begin) / (end - begin), still.size, self._size)
        return lambda: still.window(box, self._size)


def _pictures(film: Film, count: int) -> Iterator[Planes]:
    """All frames in order; a few are worked on at once, since Pillow and x264 leave the interpreter
    free meanwhile."""
    with ExitStack() as closing, ThreadPoolExecutor(2, "film") as pool:
        drawn = [(words, title.draw(words, film.size)) for words in film.titles]
        scenes: dict[int, _Scene] = {}
        ahead: deque[Future[Planes]] = deque()
        for number in range(count):
            jobs = _visible(film, scenes, number / FPS, pool, closing)
            ahead.append(pool.submit(_picture, film, number / FPS, jobs, drawn))
            if len(ahead) > 4:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


Jobs = tuple[tuple[Callable[[], Planes], float], ...]


def _visible(
    film: Film,
    scenes: dict[int, _Scene],
    moment: float,
    pool: ThreadPoolExecutor,
    closing: ExitStack,
) -> Jobs:
    """The shots to be seen at a moment, each with the share in which it covers the ones before."""
    jobs = []
    for number, shot in enumerate(film.shots):
        later = film.shots[number + 1].fade / 2 if number + 1 < len(film.shots) else 0.0
        begin, end = shot.start - shot.fade / 2, shot.start + shot.seconds + later
        if moment >= end:
            scenes.pop(number, None)
        elif moment >= begin - 1.0 and number not in scenes:
            scenes[number] = _Scene(shot, film.size, pool, closing)
        if begin <= moment < end:
            share = (moment - begin) / shot.fade if shot.fade else 1.0
            jobs.append(
                (scenes[number].at(moment, begin, end), smooth(share) if share < 1 else 1.0)
            )
    return tuple(jobs)


def _picture(
    film: Film, moment: float, jobs: Jobs, drawn: list[tuple[title.Title, title.Lettering | None]]
) -> Planes:
    picture: Planes | None = None
    for job, share in jobs:
        picture = job() if picture is None or share >= 1 else picture.mixed(job(), share)
    picture = film.look.on(picture or black(film.size))
    for words, lettering in drawn:
        if lettering is not None:
            picture = lettering.on(picture, title.strength(words, moment))
    left = film.seconds - moment
    if film.closing and left < film.closing:
        picture = picture.mixed(black(film.size), 1 - smooth((left - 1 / FPS) / film.closing))
    return picture
