"""A finished film once more with fewer bytes: as a GIF, or as a smaller MP4. Only the workshop's
process decodes."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.media import measures
from core.media.errors import ConverterMissing, DamagedFile, DoesNotFit
from core.media.measures import Coded, Moving

TRIES = 4
LARGEST_FRAME = 4096 * 4096
"""Pixels."""
LONGEST = 600.0
"""Seconds of a film that is copied."""
RATE = 48_000
PALETTE = "palettegen=stats_mode=full"
DITHER = "dither=bayer:bayer_scale=3:diff_mode=rectangle"
"""Dots in a fixed order: they stay where they are from picture to picture, and take half the bytes
of those that wander."""


def copied(source: Path, target: Path, most: int) -> int:
    """Write the copy that the ending of `target` names, in one piece; its bytes. Raises as both do
    that follow."""
    half = target.with_name(target.name + ".part")
    try:
        (to_gif if target.suffix == ".gif" else to_smaller)(source, half, most)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return target.stat().st_size


def to_gif(source: Path, target: Path, most: int) -> None:
    """Write the film as an animated GIF of at most `most` bytes, the largest that fits. Raises
    DamagedFile, DoesNotFit, or ConverterMissing without PyAV."""
    with _opened(source) as (film, track):
        tried = measures.gif(track.width, track.height, _seconds(film))
        frames = _sampled(film, track, tried) if tried else []
    for _ in range(TRIES):
        if tried is None or not frames:
            break
        _write_gif(frames, target, tried)
        size = target.stat().st_size
        if size <= most:
            return
        tried = measures.smaller_gif(tried, size, most)
    raise DoesNotFit(most)


def to_smaller(source: Path, target: Path, most: int) -> None:
    """Write the film as an MP4 of at most `most` bytes. Raises as `to_gif` does."""
    aimed = most
    for _ in range(TRIES):
        with _opened(source) as (film, track):
            shape, fps = (track.width, track.height), float(track.average_rate or 30)
            sound = bool(film.streams.audio)
            plan = measures.coded(shape, fps, _seconds(film), aimed, sound=sound)
            if plan is None:
                break
            _write_mp4(film, track, target, plan)
        size = target.stat().st_size
        if size <= most:
            return
        aimed = int(aimed * 0.9 * most / size)
    raise DoesNotFit(most)


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Any, Any]]:
    """The film and its pictures, judged before anything is decoded."""
    try:
        import av
    except ImportError:
        raise ConverterMissing from None
    try:
        with av.open(str(source), format="mp4") as film:
            track = film.streams.video[0]
            if not 0 < track.width * track.height <= LARGEST_FRAME:
                raise DamagedFile("frames too large")
            if _seconds(film) > LONGEST:
                raise DoesNotFit(0)
            yield film, track
    except (av.FFmpegError, LookupError, ValueError) as problem:
        raise DamagedFile(type(problem).__name__) from None


def _seconds(film: Any) -> float:
    return (film.duration or 0) / 1_000_000


def _sampled(film: Any, track: Any, plan: Moving) -> list[Any]:
    """The pictures of a GIF at its first size and pace: the film itself is decoded once."""
    import av

    graph = av.filter.Graph()
    steps = (_fit(plan), "format=rgb24")
    nodes = [graph.add_buffer(template=track), *_steps(graph, *steps), graph.add("buffersink")]
    graph.link_nodes(*nodes).configure()
    found: list[Any] = []
    for frame in film.decode(track):
        graph.push(frame)
        found += _pulled(graph)
    graph.push(None)
    return found + _pulled(graph)


def _fit(plan: Moving) -> str:
    return f"fps=100/{plan.pause},scale={plan.width}:{plan.height}:flags=lanczos"


def _steps(graph: Any, *steps: str) -> list[Any]:
    named = [step.partition("=") for line in steps for step in line.split(",")]
    return [graph.add(name, arguments) for name, _, arguments in named]


def _pulled(graph: Any) -> list[Any]:
    import av

    found = []
    while True:
        try:
            found.append(graph.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            return found


def _write_gif(frames: list[Any], target: Path, plan: Moving) -> None:
    """Once for the colours that all its pictures share, and once for the pictures."""
    import av

    palette = _palette(frames, plan)
    graph = av.filter.Graph()
    pictures, colours = _source(graph, frames[0]), _source(graph, palette)
    mapped, shown = graph.add("paletteuse", DITHER), graph.add("buffersink")
    last = pictures
    for node in _steps(graph, _fit(plan)):
        last.link_to(node)
        last = node
    last.link_to(mapped, 0, 0)
    colours.link_to(mapped, 0, 1)
    mapped.link_to(shown)
    graph.configure()
    colours.push(palette)
    colours.push(None)
    with av.open(str(target), "w", format="gif", options={"loop": "0"}) as written:
        made = written.add_stream("gif", rate=Fraction(100, plan.pause))
        made.width, made.height, made.pix_fmt = plan.width, plan.height, "pal8"
        for frame in (*frames, None):
            pictures.push(frame)
            for picture in _pulled(graph):
                written.mux(made.encode(picture))
        written.mux(made.encode(None))


def _source(graph: Any, frame: Any) -> Any:
    return graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )


def _palette(frames: list[Any], plan: Moving) -> Any:
    import av

    graph = av.filter.Graph()
    nodes = [_source(graph, frames[0]), *_steps(graph, _fit(plan), PALETTE)]
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    for frame in (*frames, None):
        graph.push(frame)
    return graph.pull()


def _write_mp4(film: Any, track: Any, target: Path, plan: Coded) -> None:
    import av

    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as written:
        made = written.add_stream("libx264", rate=track.average_rate or 30)
        made.width, made.height, made.pix_fmt = plan.width, plan.height, "yuv420p"
        made.bit_rate = plan.bits
        made.codec_context.options = {
            "preset": "veryfast",
            "maxrate": str(plan.bits),
            "bufsize": str(plan.bits * 2),
        }
        heard = film.streams.audio[0] if film.streams.audio else None
        sound = written.add_stream("aac", rate=RATE, layout="stereo") if heard else None
        if sound:
            sound.codec_context.bit_rate = plan.sound
        for frame in film.decode(*filter(None, (track, heard))):
            if isinstance(frame, av.VideoFrame):
                small = frame.reformat(plan.width, plan.height, "yuv420p")
                small.pict_type = 0
                written.mux(made.encode(small))
            elif sound:
                frame.pts = None
                written.mux(sound.encode(frame))
        written.mux(made.encode(None))
        if sound:
            written.mux(sound.encode(None))
