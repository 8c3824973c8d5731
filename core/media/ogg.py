"""How long a sound in an OGG container is, by its first and last page, without decoding
anything."""

from pathlib import Path

PAGE = 65_307
"""Bytes of the largest page."""
OPUS_RATE = 48_000
"""Opus counts in this rate, whatever was recorded."""


def seconds(path: Path) -> float:
    """0 where it cannot be told. Never raises for what a file may contain; what it says may be a
    lie."""
    with path.open("rb") as file:
        head = file.read(PAGE)
        end = file.seek(0, 2)
        file.seek(max(0, end - PAGE))
        tail = file.read(PAGE)
    last = tail.rfind(b"OggS")
    samples = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True) if last >= 0 else 0
    rate = _rate(head)
    return max(0.0, samples / rate) if rate else 0.0


def _rate(head: bytes) -> int:
    """Samples a second, by the header of the codec; 0 for an unknown one."""
    for mark, offset in ((b"\x01vorbis", 12), (b"Speex   ", 36)):
        if (at := head.find(mark)) >= 0:
            return int.from_bytes(head[at + offset : at + offset + 4], "little")
    if (at := head.find(b"\x7fFLAC")) >= 0:
        return int.from_bytes(head[at + 27 : at + 30], "big") >> 4
    return OPUS_RATE if b"OpusHead" in head else 0
