"""The sound of a film: the music bed and recordings, mixed and faded by FFmpeg's filters, as frames for the encoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.filter.context import FilterContext

from core.standin.video.music import RATE, STYLES, Voice, bar_seconds, voices

FULL = 2.0
"""Gain at volume 1.0; the usual 0.35 then lies where speech stays easy to follow."""


@dataclass(frozen=True, slots=True)
class Music:
    """The bed over the whole film: a key of STYLES, volume 0-1."""

    style: str
    volume: float = 0.35


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file, or the sound of a film, heard from `start` for at most `seconds`; volume 0-1."""

    path: Path
    start: float
    seconds: float
    volume: float = 1.0


def frames(seconds: float, music: Music | None, recordings: tuple[Recording, ...] = ()) -> Iterator[av.AudioFrame]:
    """Exactly so many seconds (to a sample) of stereo at 48 kHz; silence where there is nothing to hear."""
    graph = av.filter.Graph()
    sources = [_silence(graph, seconds)]
    if music is not None and music.volume > 0:
        sources.append(_music(graph, music, seconds))
    feeds = []
    for recording in recordings:
        feed, end = _recording(graph, recording, seconds)
        feeds.append((feed, recording))
        sources.append(end)
    mixed = graph.add("amix", f"inputs={len(sources)}:normalize=0:duration=first")
    for number, source in enumerate(sources):
        source.link_to(mixed, 0, number)
    _chain(graph, mixed, ("alimiter", "limit=0.89:level=0"), ("aformat", _SHAPE), ("abuffersink", ""))
    graph.configure()
    for feed, recording in feeds:
        _play(feed, recording)
    yield from _pulled(graph)


_SHAPE = f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo"


def _chain(graph: av.filter.Graph, first: FilterContext, *filters: tuple[str, str]) -> FilterContext:
    last = first
    for name, options in filters:
        link = graph.add(name, options) if options else graph.add(name)
        last.link_to(link)
        last = link
    return last


def _silence(graph: av.filter.Graph, seconds: float) -> FilterContext:
    quiet = graph.add("anullsrc", f"r={RATE}:cl=stereo:d={seconds:.6f}")
    return _chain(graph, quiet, ("aformat", _SHAPE), ("atrim", f"end_sample={round(seconds * RATE)}"))


def _music(graph: av.filter.Graph, music: Music, seconds: float) -> FilterContext:
    style = STYLES.get(music.style, STYLES["soft"])
    layers = [_layer(graph, voice, 4 * bar_seconds(style), seconds) for voice in voices(style)]
    together = graph.add("amix", f"inputs={len(layers)}:normalize=0")
    for number, layer in enumerate(layers):
        layer.link_to(together, 0, number)
    rise, fall = min(0.8, seconds / 4), min(2.0, seconds / 3)
    return _chain(
        graph,
        together,
        ("aecho", "0.9:0.85:83|149|271|433:0.30|0.22|0.16|0.10"),
        ("lowpass", f"f={style.bright}"),
        ("highpass", "f=45"),
        ("volume", f"{music.volume * FULL:.4f}"),
        ("afade", f"t=in:d={rise:.3f}:curve=qsin"),
        ("afade", f"t=out:st={seconds - fall:.3f}:d={fall:.3f}:curve=qsin"),
        ("aformat", _SHAPE),
    )


def _layer(graph: av.filter.Graph, voice: Voice, turn: float, seconds: float) -> FilterContext:
    """One layer, worked out once for the four chords and then repeated."""
    once = round(turn * voice.rate)
    length = min(seconds, once / voice.rate)
    tone = graph.add("aevalsrc", f"exprs='{voice.left}|{voice.right}':s={voice.rate}:d={length:.6f}:c=stereo")
    again = ("aloop", f"loop=-1:size={once}")
    return _chain(graph, tone, again, ("atrim", f"duration={seconds:.6f}"), ("aformat", _SHAPE))


def _recording(graph: av.filter.Graph, recording: Recording, seconds: float) -> tuple[FilterContext, FilterContext]:
    heard = min(recording.seconds, seconds - recording.start)
    feed = graph.add("abuffer", f"sample_rate={RATE}:sample_fmt=fltp:channel_layout=stereo:time_base=1/{RATE}")
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
