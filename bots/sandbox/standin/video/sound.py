"""The sound of a film: the music bed and recordings, mixed and faded by FFmpeg's filters, as frames
for the encoder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import av
from av.filter.context import FilterContext

from bots.sandbox.standin.video.music import RATE, STYLES, Voice, bar_seconds, voices

FULL = 2.0
"""Gain at volume 1.0; the usual 0.35 then lies where speech stays easy to follow."""


@dataclass(frozen=True, slots=True)
class Music:
    """The bed over the whole film: a key of STYLES, volume 0-1."""

    style: str
    volume: float = 0.35


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file, or the sound of a film, heard from `start` for at most `seconds`; volume
    0-1."""

    path: Path
    start: float
    seconds: float
    volume: float = 1.0


def frames(
    seconds: float, music: Music | None, recordings: tuple[Recording, ...] = ()
) -> Iterator[av.AudioFrame]:
    """Exactly so many seconds (to a sample) of stereo at 48 kHz; silence where there is nothing to
    hear."""
    graph = av.filter.Graph()
    sources = [_silence(graph, seconds)]
    feeds: list[Callable[[], None]] = []
    if music is not None and music.volume > 0:
        feed, end = _music(graph, music, seconds)
        feeds.append(partial(_play_music, feed, music))
        sources.append(end)
    for recording in recordings:
        feed, end = _recording(graph, recording, seconds)
        feeds.append(partial(_play, feed, recording))
        sources.append(end)
    mixed = graph.add("amix", f"inputs={len(sources)}:normalize=0:duration=first")
    for number, source in enumerate(sources):
        source.link_to(mixed, 0, number)
    _chain(
        graph, mixed, ("alimiter", "limit=0.89:level=0"), ("aformat", _SHAPE), ("abuffersink", "")
    )
    graph.configure()
    for play in feeds:
        play()
    yield from _pulled(graph)


BED_RATE = 24000
"""The music has nothing above 9 kHz; half the rate is half the work."""
_SHAPE = f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo"
_BED_SHAPE = f"sample_fmts=flt:sample_rates={BED_RATE}:channel_layouts=stereo"


def _chain(
    graph: av.filter.Graph, first: FilterContext, *filters: tuple[str, str]
) -> FilterContext:
    last = first
    for name, options in filters:
        link = graph.add(name, options) if options else graph.add(name)
        last.link_to(link)
        last = link
    return last


def _silence(graph: av.filter.Graph, seconds: float) -> FilterContext:
    quiet = graph.add("anullsrc", f"r={RATE}:cl=stereo:d={seconds:.6f}")
    return _chain(
        graph, quiet, ("aformat", _SHAPE), ("atrim", f"end_sample={round(seconds * RATE)}")
    )


def _music(
    graph: av.filter.Graph, music: Music, seconds: float
) -> tuple[FilterContext, FilterContext]:
    style = STYLES.get(music.style, STYLES["soft"])
    turn = round(4 * bar_seconds(style) * BED_RATE)
    feed = graph.add(
        "abuffer",
        f"sample_rate={BED_RATE}:sample_fmt=flt:channel_layout=stereo:time_base=1/{BED_RATE}",
    )
    rise, fall = min(0.8, seconds / 4), min(2.0, seconds / 3)
    end = _chain(
        graph,
        feed,
        ("aloop", f"loop=-1:size={turn}"),
        ("atrim", f"duration={seconds:.6f}"),
        ("aecho", "0.9:0.85:83|149|271|433:0.30|0.22|0.16|0.10"),
        ("lowpass", f"f={style.bright}"),
        ("highpass", "f=45"),
        ("volume", f"{music.volume * FULL:.4f}"),
        ("afade", f"t=in:d={rise:.3f}:curve=qsin"),
        ("afade", f"t=out:st={seconds - fall:.3f}:d={fall:.3f}:curve=qsin"),
        ("aformat", _SHAPE),
    )
    return feed, end


def _play_music(feed: FilterContext, music: Music) -> None:
    pattern = _pattern(music.style if music.style in STYLES else "soft")
    frame = av.AudioFrame("flt", "stereo", len(pattern) // 8)
    frame.planes[0].update(pattern)
    frame.sample_rate, frame.pts = BED_RATE, 0
    feed.push(frame)
    feed.push(None)


@lru_cache(maxsize=len(STYLES))
def _pattern(key: str) -> bytes:
    """The four bars of a style as interleaved 32-bit floats: the formulas are slow, so each is
    worked out once."""
    graph, style = av.filter.Graph(), STYLES[key]
    seconds = 4 * bar_seconds(style)
    layers = [_layer(graph, voice, seconds) for voice in voices(style)]
    together = graph.add("amix", f"inputs={len(layers)}:normalize=0")
    for number, layer in enumerate(layers):
        layer.link_to(together, 0, number)
    exact = f"end_sample={round(seconds * BED_RATE)}"
    _chain(graph, together, ("aformat", _BED_SHAPE), ("atrim", exact), ("abuffersink", ""))
    graph.configure()
    return b"".join(bytes(frame.planes[0])[: frame.samples * 8] for frame in _pulled(graph))


def _layer(graph: av.filter.Graph, voice: Voice, seconds: float) -> FilterContext:
    tone = graph.add(
        "aevalsrc", f"exprs='{voice.left}|{voice.right}':s={voice.rate}:d={seconds:.6f}:c=stereo"
    )
    return _chain(graph, tone, ("aformat", _BED_SHAPE), ("apad", f"whole_dur={seconds:.6f}"))


def _recording(
    graph: av.filter.Graph, recording: Recording, seconds: float
) -> tuple[FilterContext, FilterContext]:
    heard = min(recording.seconds, seconds - recording.start)
    feed = graph.add(
        "abuffer", f"sample_rate={RATE}:sample_fmt=fltp:channel_layout=stereo:time_base=1/{RATE}"
    )
    fall = min(0.4, heard / 4)
    end = _chain(
        graph,
        feed,
        ("atrim", f"end={heard:.4f}"),
        ("volume", f"{recording.volume:.4f}"),
        ("afade", f"t=out:st={heard - fall:.3f}:d={fall:.3f}"),
        ("adelay", f"{round(recording.start * 1000)}:all=1"),
        ("apad", ""),
        ("aformat", _SHAPE),
    )
    return feed, end


def _play(feed: FilterContext, recording: Recording) -> None:
    """Push the file's sound into the graph; a damaged end is left out."""
    resampler = av.AudioResampler("fltp", "stereo", RATE)
    samples = 0
    with av.open(str(recording.path)) as source:
        try:
            for decoded in source.decode(audio=0):
                for frame in resampler.resample(decoded):
                    frame.pts = samples
                    samples += frame.samples
                    feed.push(frame)
                if samples > recording.seconds * RATE:
                    break
        except av.FFmpegError:
            if not samples:
                raise
    feed.push(None)


def _pulled(graph: av.filter.Graph) -> Iterator[av.AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return
        assert isinstance(frame, av.AudioFrame)
        yield frame
