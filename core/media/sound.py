"""Voice messages and other sound that the backend does not take become M4A. Only the workshop's
process decodes."""

from pathlib import Path

from core.media import ogg
from core.media.errors import ConverterMissing, DamagedFile, SoundTooLong

BIT_RATE = 128_000
RATE = 48_000
"""Samples a second: Opus has this rate; anything else is resampled, since AAC does not take every
rate."""
LONGEST = 1800.0
"""Seconds of sound that are converted; MP3, M4A and WAV of any length need none."""
FORMAT = "ogg"
"""The one container that is opened: left to guess, the library takes lists of other files as
well."""


def check_sound_length(source: Path) -> None:
    """Raises SoundTooLong by what the file says of itself."""
    if ogg.seconds(source) > LONGEST:
        raise SoundTooLong(LONGEST)


def to_m4a(source: Path, target: Path) -> None:
    """Write the first sound track as AAC in an M4A file. Raises DamagedFile, SoundTooLong or
    ConverterMissing.

    About a second of CPU for a few minutes of speech.
    """
    try:
        import av
    except ImportError:
        raise ConverterMissing from None
    try:
        with av.open(str(source), format=FORMAT) as heard:
            if not heard.streams.audio:
                raise DamagedFile("no sound")
            voice = heard.streams.audio[0]
            with av.open(
                str(target), "w", format="ipod", options={"movflags": "faststart"}
            ) as written:
                track = written.add_stream("aac", rate=RATE, layout=_layout(voice.channels))
                track.bit_rate = BIT_RATE
                seconds = 0.0
                for frame in heard.decode(voice):
                    seconds += frame.samples / (frame.sample_rate or RATE)
                    if seconds > LONGEST:
                        raise SoundTooLong(LONGEST)
                    frame.pts = None
                    written.mux(track.encode(frame))
                written.mux(track.encode(None))
    except av.error.FFmpegError as problem:
        raise DamagedFile(type(problem).__name__) from None


def _layout(channels: int) -> str:
    return "mono" if channels == 1 else "stereo"
