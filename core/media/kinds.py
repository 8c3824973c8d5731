"""What kind of file it is, by its first bytes alone: names and declared types are never believed
(D10)."""

from dataclasses import dataclass
from typing import Literal

import filetype

from core.media.boxes import BEGINNINGS

HEAD = 8192
"""Bytes that are enough to tell."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`accepted`: the backend takes it byte for byte. `convert`: what it becomes first. Neither: it
    is refused."""

    extension: str
    mime: str
    accepted: bool
    convert: Literal["jpeg", "m4a", ""] = ""

    @property
    def becomes(self) -> "Kind":
        """What it is converted to."""
        return KINDS["jpg" if self.convert == "jpeg" else "m4a"]


# Accepted kinds and their types: docs/backend.md 6.2.
KINDS: dict[str, Kind] = {
    kind.extension: kind
    for kind in (
        Kind("jpg", "image/jpeg", True),
        Kind("png", "image/png", True),
        Kind("gif", "image/gif", True),
        Kind("webp", "image/webp", True),
        Kind("heic", "image/heic", False, "jpeg"),
        Kind("avif", "image/avif", False, "jpeg"),
        Kind("bmp", "image/bmp", False, "jpeg"),
        Kind("tiff", "image/tiff", False, "jpeg"),
        Kind("mp4", "video/mp4", True),
        Kind("mov", "video/quicktime", True),
        Kind("avi", "video/x-msvideo", True),
        Kind("webm", "video/webm", True),
        Kind("mkv", "video/x-matroska", True),
        Kind("mp3", "audio/mpeg", True),
        Kind("wav", "audio/wav", True),
        Kind("m4a", "audio/mp4", True),
        Kind("aac", "audio/aac", True),
        Kind("ogg", "audio/ogg", False, "m4a"),
    )
}
SPELLED = {"jpg": ("jpeg",)}
ACCEPTED = tuple(
    name
    for kind in KINDS.values()
    if kind.accepted
    for name in (kind.extension, *SPELLED.get(kind.extension, ()))
)
"""Extensions of what the backend takes, for people to read as well."""
UNKNOWN = Kind("", "application/octet-stream", False)
ALSO = {"apng": "png", "tif": "tiff", "m4v": "mp4"}

RAW = {
    "cr2", "cr3", "crw", "raf", "orf", "rw2", "mrw", "x3f", "iiq", "dng",
    "nef", "arw", "pef", "srw", "raw",
}  # fmt: skip
"""What cameras write of what their sensors saw: it is developed by a program of its own, not
decoded."""
BITMAP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
OGG_PICTURES = (b"\x80theora", b"fishead", b"BBCD\x00", b"\x01video")


def sniff(head: bytes) -> Kind:
    """The kind of a file from its first bytes (HEAD of them are enough). Never raises."""
    head = head[:HEAD]
    for recognise in (_iso, _matroska, _ogg, _sound, _raw, _picture):
        extension = recognise(head)
        if extension:
            return KINDS.get(extension, Kind(extension, "application/octet-stream", False))
    guess = filetype.guess(head) if head else None
    if guess is None or guess.extension in MISTAKEN:
        return UNKNOWN
    extension = ALSO.get(guess.extension, guess.extension)
    return KINDS.get(extension) or Kind(extension, guess.mime, False)


# What the library takes on two bytes or one byte's word; our own reading has already said no.
MISTAKEN = {
    "bmp", "aac", "mp3", "heic", "avif", "mp4", "m4v", "mov", "m4a", "mkv",
    "webm", "ogg", "tif",
}  # fmt: skip


def _matroska(head: bytes) -> str:
    """WebM is a Matroska file whose DocType (element 4282) says so."""
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return ""
    at = head.find(b"\x42\x82", 4, 96)
    if at < 0 or at + 3 > len(head):
        return ""
    name = head[at + 3 : at + 3 + (head[at + 2] & 0x7F)].rstrip(b"\0")
    return {b"webm": "webm", b"matroska": "mkv"}.get(name, "ebml")


def _ogg(head: bytes) -> str:
    if not head.startswith(b"OggS"):
        return ""
    if any(mark in head for mark in OGG_PICTURES):
        return "ogv"
    return "ogg" if any(mark in head for mark in OGG_SOUND) else "ogx"


def _sound(head: bytes) -> str:
    """MP3 and AAC frames begin with 11 or 12 set bits; the layer bits, zero in AAC alone, tell them
    apart."""
    if head.startswith(b"ID3"):
        return _sound_after_tag(head)
    return _frame(head)


def _sound_after_tag(head: bytes) -> str:
    if len(head) < 10:
        return ""
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return _frame(head[10 + size :]) or "mp3"


def _frame(head: bytes) -> str:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    layer, version = head[1] & 0x06, head[1] & 0x18
    if layer == 0:
        return "aac" if head[1] & 0xF0 == 0xF0 and head[2] >> 2 & 0x0F < 13 else ""
    bit_rate, sample_rate = head[2] >> 4, head[2] & 0x0C
    return "mp3" if version != 0x08 and bit_rate != 15 and sample_rate != 0x0C else ""


def _raw(head: bytes) -> str:
    """Raw photos with a beginning of their own; those that begin like any TIFF are told apart by
    core.media.tiff."""
    if head[:4] in (b"II*\0", b"MM\0*") and head[8:12] in (b"CR\2\0", b"IIII", b"MMMM"):
        return "cr2" if head[8:10] == b"CR" else "iiq"
    return next((extension for start, extension in RAW_STARTS if head.startswith(start)), "")


RAW_STARTS = (
    (b"FUJIFILMCCD-RAW", "raf"),
    (b"IIRO", "orf"),
    (b"IIRS", "orf"),
    (b"MMOR", "orf"),
    (b"IIU\0", "rw2"),
    (b"\0MRM", "mrw"),
    (b"FOVb", "x3f"),
    (b"II\x1a\0\0\0HEAPCCDR", "crw"),
)


def _picture(head: bytes) -> str:
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in BITMAP_HEADERS:
        return "bmp"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "tiff"
    return ""


HEIF = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 mif2".split())
AVIF = frozenset({b"avif", b"avis"})
M4A = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A "})
MP4 = frozenset(b"isom iso2 iso4 iso5 iso6 mp41 mp42 avc1 MSNV dash mmp4".split()) | {b"M4V "}
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


def _iso(head: bytes) -> str:
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
