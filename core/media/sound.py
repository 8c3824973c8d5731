"""Voice messages and other sound that the backend does not take become M4A."""

from pathlib import Path

from core.media.errors import ConverterMissing, DamagedFile

BIT_RATE = 128_000
RATE = 48_000
"""Samples a second: Opus has this rate; anything else is resampled, since AAC does not take every rate."""


def to_m4a(source: Path, target: Path) -> None:
    """Write the first sound track as AAC in an M4A file. Raises DamagedFile or ConverterMissing.

    About a second of CPU for a few minutes of speech: call it in a thread.
    """
    try:
        import av
    except ImportError:
        raise ConverterMissing from None
    try:
        with av.open(str(source)) as heard:
            if not heard.streams.audio:
                raise DamagedFile("no sound")
            voice = heard.streams.audio[0]
            with av.open(str(target), "w", format="ipod", options={"movflags": "faststart"}) as written:
                track = written.add_stream("aac", rate=RATE, layout=_layout(voice.channels))
                track.bit_rate = BIT_RATE
                for frame in heard.decode(voice):
                    frame.pts = None
                    written.mux(track.encode(frame))
                written.mux(track.encode(None))
    except av.error.FFmpegError as problem:
        raise DamagedFile(type(problem).__name__) from None


def _layout(channels: int) -> str:
    return "mono" if channels == 1 else "stereo"
