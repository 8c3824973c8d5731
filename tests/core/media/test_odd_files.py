"""Files whose structure lies: boxes and directories of any size, at any place, with any numbers in
them.

For longer than a test may take: `python -m tests.core.media.test_odd_files MINUTES`.
"""

import random
import struct
import sys
import time
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import targets

NAMES = (
    b"ftyp moov trak mdia minf stbl mvex mvhd tkhd hdlr stsd mehd mdat free skip wide udta uuid "
    b"meta cmov moof junk"
)
EXTREMES = (
    0,
    1,
    2,
    7,
    8,
    15,
    16,
    255,
    2**16,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**63 - 1,
    2**63,
    2**64 - 2,
    2**64 - 1,
)
BRANDS = (
    b"isom",
    b"mp42",
    b"qt  ",
    b"M4A ",
    b"heic",
    b"mif1",
    b"avif",
    b"3gp4",
    b"crx ",
    b"what",
    b"\0\0\0\0",
)
TAGS = (254, 256, 257, 258, 259, 262, 271, 273, 277, 279, 330, 330, 33421, 34665, 50706)
Choose = random.Random


def number(dice: Choose, size: int) -> bytes:
    """An integer of so many bytes, a remarkable one more often than not; among them are NaN and
    infinity as bits."""
    value = dice.choice(EXTREMES) if dice.random() < 0.7 else dice.getrandbits(8 * size)
    return int(value % 2 ** (8 * size)).to_bytes(size, "big")


def box(dice: Choose, depth: int = 0) -> bytes:
    """One that may hold others, and whose size is right half of the time."""
    name = dice.choice(NAMES.split())
    body = _body(dice, name, depth)
    if dice.random() < 0.1:
        body = body[: dice.randrange(len(body) + 1)]
    size = struct.pack(">I", min(8 + len(body), 2**32 - 1))
    match dice.random():
        case luck if luck < 0.5:
            return size + name + body
        case luck if luck < 0.7:
            return struct.pack(">I", 1) + name + number(dice, 8) + body
        case luck if luck < 0.8:
            return struct.pack(">I", 1) + name + struct.pack(">Q", 16 + len(body)) + body
    return number(dice, 4) + name + body


def _body(dice: Choose, name: bytes, depth: int) -> bytes:
    match name:
        case b"ftyp":
            return b"".join(dice.choice(BRANDS) for _ in range(dice.randrange(5)))
        case b"hdlr":
            return bytes(8) + dice.choice((b"vide", b"soun", b"text", b"pict")) + bytes(12)
        case b"mvhd" | b"tkhd" | b"mehd" | b"stsd":
            return dice.choice((b"\0", b"\1", b"\xff")) + b"".join(
                number(dice, 4) for _ in range(dice.randrange(32))
            )
    if depth < 6:
        return b"".join(box(dice, depth + 1) for _ in range(dice.randrange(4)))
    return dice.randbytes(dice.randrange(40))


def film(dice: Choose) -> bytes:
    """Some boxes, the first of them often as it should be."""
    start = (
        _box(b"ftyp", dice.choice(BRANDS) + bytes(4) + dice.choice(BRANDS))
        if dice.random() < 0.6
        else b""
    )
    return start + b"".join(box(dice) for _ in range(dice.randrange(1, 5)))


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def photo(dice: Choose) -> bytes:
    """A TIFF: directories that may follow, hold or be one another, with entries that point
    anywhere."""
    order, big = dice.choice("<>"), dice.random() < 0.3
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    head += struct.pack(order + "HHQ", 8, 0, 16) if big else struct.pack(order + "I", 8)
    return head + b"".join(_directory(dice, order, big) for _ in range(dice.randrange(1, 5)))


def _directory(dice: Choose, order: str, big: bool) -> bytes:
    width = "Q" if big else "I"
    entries = [_entry(dice, order, width) for _ in range(dice.randrange(12))]
    count = len(entries) if dice.random() < 0.8 else dice.getrandbits(16)
    after = dice.choice((0, 8, 16, dice.randrange(400), dice.getrandbits(31)))
    return (
        struct.pack(order + ("Q" if big else "H"), count)
        + b"".join(entries)
        + struct.pack(order + width, after)
    )


def _entry(dice: Choose, order: str, width: str) -> bytes:
    most = 2 ** (64 if width == "Q" else 32)
    count, value = (dice.choice((*EXTREMES, dice.randrange(400))) % most for _ in range(2))
    return struct.pack(
        order + "HH" + 2 * width, dice.choice(TAGS), dice.randrange(20), count, value
    )


def sound(dice: Choose) -> bytes:
    """An OGG with a header of some codec and any position in its pages."""
    codec = dice.choice((b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")) + dice.randbytes(
        dice.randrange(60)
    )
    return (
        b"OggS\0\2"
        + number(dice, 8)
        + bytes(14)
        + codec
        + b"OggS\0\4"
        + number(dice, 8)[: dice.randrange(9)]
    )


MAKERS: tuple[Callable[[Choose], bytes], ...] = (film, photo, sound)


@settings(max_examples=150)
@given(st.sampled_from(MAKERS), st.integers(0, 2**64))
def test_no_structure_upsets_a_reader(make: Callable[[Choose], bytes], seed: int) -> None:
    targets.file(make(random.Random(seed)))


def main(minutes: float) -> None:
    """Say how many were tried; what fails is raised with its seed noted."""
    end, seed = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        for make in MAKERS:
            try:
                targets.file(make(random.Random(seed)))
            except BaseException:
                print(make.__name__, seed)  # noqa: T201
                raise
        seed += 1
    print(f"{seed} of each kind")  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]))
