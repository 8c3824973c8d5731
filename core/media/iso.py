"""ISO base media files and QuickTime movies by their first bytes: brands, and the atoms that a
movie begins with."""

from core.media.boxes import BEGINNINGS

HEAD = 8192
"""Bytes that are enough to tell."""
HEIF = frozenset(
    {
        b"heic",
        b"heix",
        b"heim",
        b"heis",
        b"hevc",
        b"hevx",
        b"hevm",
        b"hevs",
        b"mif1",
        b"msf1",
        b"mif2",
    }
)
AVIF = frozenset({b"avif", b"avis"})
M4A = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A "})
MP4 = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"dash",
        b"mmp4",
    }
)
CANON_RAW = b"crx "
MAJOR = (
    (HEIF, "heic"),
    (M4A, "m4a"),
    (frozenset({b"qt  "}), "mov"),
    (MP4, "mp4"),
    (frozenset({CANON_RAW}), "cr3"),
)
PADDING = BEGINNINGS - {b"ftyp", b"moov", b"mdat"}
LARGEST_PADDING = 2**28
"""Bytes; beyond it the four letters stand in a text, whose first letters would be the size."""
IN_MOVIE = frozenset(
    b"mvhd trak udta iods cmov rmra mvex meta clip ctab prfl wide free skip uuid".split()
)


def recognised(head: bytes) -> str:
    """`mov`, `mp4`, `m4a`, `heic`, `avif`, `3gp`, `cr3`, or `iso` for a brand that is none of
    these; else ""."""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp":
        return "mov" if _movie(head) else ""
    if size < 12:
        return ""
    major, compatible = brands(head)
    if major in AVIF or (major in HEIF and AVIF & compatible):
        return "avif"
    found = next((extension for names, extension in MAJOR if major in names), "")
    if found:
        return found
    if compatible & MP4:
        return "mp4"
    return "3gp" if major[:2] == b"3g" else "iso"


def brands(head: bytes) -> tuple[bytes, set[bytes]]:
    """The major brand, and those that the file says to be compatible with."""
    body = head[8 : int.from_bytes(head[:4], "big")]
    return body[:4], {body[at : at + 4] for at in range(8, len(body) - 3, 4)}


def _movie(head: bytes) -> bool:
    """QuickTime before there were brands: legal atoms up to the movie or its data, as far as the
    head reaches."""
    at = 0
    while at + 8 <= len(head):
        size, name = int.from_bytes(head[at : at + 4], "big"), head[at + 4 : at + 8]
        if name == b"mdat":
            return size >= 8 or size in (0, 1)
        if name == b"moov":
            child = head[at + 12 : at + 16]
            return (size >= 16 or size in (0, 1)) and (
                len(child) < 4 or child in IN_MOVIE or size == 1
            )
        if name not in PADDING or not 8 <= size < LARGEST_PADDING:
            return False
        at += size
    return at > len(head) >= HEAD
