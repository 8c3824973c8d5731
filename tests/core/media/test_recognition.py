"""What a file is by all of it: raw photos in a TIFF's clothes, films by their tracks, and what only
begins like one."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image, TiffImagePlugin

from core.media import DamagedFile, MediaError, RawPhoto, prepare, recognise
from core.media.pictures import to_jpeg


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def track(handler: bytes, codec: bytes, shown: int = 1) -> bytes:
    head = box(
        b"tkhd", bytes([0, 0, 0, shown]) + bytes(72) + struct.pack(">II", 64 << 16, 48 << 16)
    )
    table = box(b"stbl", box(b"stsd", bytes(4) + struct.pack(">II", 1, 16) + codec + bytes(8)))
    return box(
        b"trak",
        head + box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13)) + box(b"minf", table)),
    )


def ftyp(*brands: bytes) -> bytes:
    return box(b"ftyp", brands[0] + bytes(4) + b"".join(brands[1:]))


FILM, VOICE, AMR, H263 = (
    track(*each)
    for each in ((b"vide", b"avc1"), (b"soun", b"mp4a"), (b"soun", b"samr"), (b"vide", b"s263"))
)
CHAPTERS = track(b"vide", b"jpeg", shown=0)
TEXT = track(b"text", b"tx3g")
MDAT = box(b"mdat", bytes(40))


def movie(*tracks: bytes) -> bytes:
    return box(b"moov", b"".join(tracks)) + MDAT


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (ftyp(b"isom") + movie(FILM, VOICE), "mp4"),
        (ftyp(b"isom") + movie(VOICE), "m4a"),
        (ftyp(b"mp42", b"M4A ") + movie(VOICE), "m4a"),
        (ftyp(b"M4A ", b"isom") + movie(VOICE, CHAPTERS), "m4a"),
        (ftyp(b"M4A ", b"isom") + movie(VOICE, FILM), "mp4"),
        (ftyp(b"qt  ") + movie(FILM), "mov"),
        (ftyp(b"qt  ", b"isom") + movie(VOICE), "mov"),
        (ftyp(b"3gp4") + movie(FILM, VOICE), "mp4"),
        (ftyp(b"3gp4") + movie(VOICE), "m4a"),
        (ftyp(b"3gp4") + movie(H263, AMR), "3gp"),
        (ftyp(b"3gp4") + movie(FILM, AMR), "3gp"),
        (ftyp(b"3gp4") + movie(TEXT), "3gp"),
        (ftyp(b"what") + movie(FILM), "mp4"),
        (ftyp(b"what") + movie(TEXT), "iso"),
        (ftyp(b"what", b"nope") + MDAT, "iso"),
        (ftyp(b"heic", b"mif1") + box(b"meta"), "heic"),
        (ftyp(b"mif1", b"avif") + box(b"meta"), "avif"),
        (ftyp(b"isom", b"heic") + box(b"meta") + MDAT, "heic"),
        (ftyp(b"mp42", b"avif", b"mif1") + box(b"meta") + MDAT, "avif"),
        (ftyp(b"isom", b"heic") + box(b"meta") + movie(FILM), "mp4"),
        *(
            (box(name, bytes(32)) + movie(FILM), "mov")
            for name in (b"skip", b"free", b"udta", b"uuid", b"wide", b"pnot")
        ),
        (MDAT + box(b"moov", FILM), "mov"),
        (movie(FILM), "mov"),
        (movie(box(b"cmov", bytes(30))), "mov"),
        (box(b"free", bytes(20_000)) + movie(FILM), "mov"),
        (
            box(b"wide") + struct.pack(">I4sQ", 1, b"mdat", 56) + bytes(40) + box(b"moov", FILM),
            "mov",
        ),
        (box(b"skip", b"not a movie at all" * 40), ""),
        (box(b"free", bytes(20_000)) + b"not a movie at all", ""),
        (b"\0\0\0\x08wide" + b"and deep is the sea" * 9, ""),
        (b"Get free samples of all that we have", ""),
        (b"\0\0\2\0moovie night is what we call it, and nothing else", ""),
        (box(b"free", bytes(9)) + box(b"junk") + movie(FILM), "mov"),
        (box(b"junk") + movie(FILM), ""),
    ],
)
def test_films_are_known_by_their_tracks(content: bytes, extension: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    assert recognise(tmp_path / "file").extension == extension


@pytest.mark.parametrize(
    "content",
    [
        ftyp(b"isom") + MDAT,
        ftyp(b"isom"),
        ftyp(b"qt  ") + box(b"moov"),
        ftyp(b"M4A ") + MDAT,
        struct.pack(">I4s", 9999, b"mdat") + bytes(100),
    ],
)
def test_a_film_without_its_table_is_damaged(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(DamagedFile):
        recognise(tmp_path / "file")


# Raw photos

Tags = dict[int, int | bytes]


def tiff(*pages: Tags, below: Tags | None = None, order: str = "<", big: bool = False) -> bytes:
    """A TIFF of directories alone, no pixels; `below` hangs under the first one."""
    width, head, entry = ("Q", 8, 20) if big else ("I", 2, 12)
    start, word = 16 if big else 8, struct.calcsize(width)
    every = [dict(page) for page in (*pages, *([below] if below else []))]
    if below:
        every[0][330] = 0
    places, at = [], start
    for page in every:
        places.append(at)
        at += head + entry * len(page) + word
    if below:
        every[0][330] = places[-1]
    out = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    out += struct.pack(order + "HHQ", 8, 0, start) if big else struct.pack(order + "I", start)
    for number, page in enumerate(every):
        out += struct.pack(order + ("Q" if big else "H"), len(page))
        for tag, value in sorted(page.items()):
            kind, count = (2, len(value)) if isinstance(value, bytes) else (4, 1)
            field = (
                value.ljust(word, b"\0")
                if isinstance(value, bytes)
                else struct.pack(order + "I", value).ljust(word, b"\0")
            )
            out += struct.pack(order + "HH" + width, tag, kind, count) + field
        out += struct.pack(order + width, places[number + 1] if number + 1 < len(pages) else 0)
    return out


def image(
    width: int, height: int, reduced: int = 0, photometric: int = 2, **more: int | bytes
) -> Tags:
    tags: Tags = {254: reduced, 256: width, 257: height, 259: 1, 262: photometric}
    return tags | {int(tag[1:]): value for tag, value in more.items()}


SMALL, MOSAIC = image(160, 120, 1), image(1600, 1200, 0, 32803)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize(
    ("pages", "below", "kind"),
    [
        ([SMALL | {271: b"NIK"}], MOSAIC, "raw"),
        ([image(256, 192, 1, t50706=0x01040000)], MOSAIC, "dng"),
        ([image(1600, 1200, 0, t50706=0x01040000)], None, "dng"),
        ([image(1600, 1200, 0, 34892)], None, "raw"),
        ([image(160, 120, 0), MOSAIC], None, "raw"),
        ([image(160, 120, 1)], image(1600, 1200, 0, 2), "raw"),
        ([image(1600, 1200, t259=34713)], None, "raw"),
        ([image(160, 120, 1)], image(1600, 1200, t259=32767), "raw"),
        ([image(1600, 1200, t33421=2)], None, "raw"),
        ([image(1600, 1200)], None, ""),
        ([image(1600, 1200)], SMALL, ""),
        ([image(800, 600), image(1600, 1200)], None, ""),
        ([SMALL, image(1600, 1200)], None, ""),
    ],
)  # fmt: skip
def test_a_raw_photo_is_no_tiff(
    pages: list[Tags],
    below: Tags | None,
    kind: str,
    order: str,
    big: bool,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_bytes(tiff(*pages, below=below, order=order, big=big))
    if not kind:
        assert recognise(tmp_path / "file").extension == "tiff"
        return
    with pytest.raises(RawPhoto) as refused:
        recognise(tmp_path / "file")
    assert refused.value.extension == kind


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (b"SONY", "arw"),
        (b"NIKON CORPORATION", "nef"),
        (b"Samsung Techwin", "srw"),
        (b"Leaf", "raw"),
    ],
)
def test_the_maker_names_the_kind(make: bytes, kind: str, tmp_path: Path) -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[271] = make.decode()
    out = io.BytesIO()
    Image.new("RGB", (16, 12)).save(out, "TIFF", tiffinfo=info)
    data = out.getvalue().replace(
        struct.pack("<HHII", 262, 3, 1, 2), struct.pack("<HHII", 262, 3, 1, 32803)
    )
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(RawPhoto) as refused:
        recognise(tmp_path / "file")
    assert refused.value.extension == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"II*\0\x10\0\0\0CR\2\0", "cr2"),
        (ftyp(b"crx ", b"crx ", b"isom"), "cr3"),
        (b"FUJIFILMCCD-RAW 0201", "raf"),
        (b"IIRO\x08\0\0\0", "orf"),
        (b"IIRS\x08\0\0\0", "orf"),
        (b"MMOR\0\0\0\x08", "orf"),
        (b"IIU\0\x18\0\0\0", "rw2"),
        (b"\0MRM\0\0\0\0", "mrw"),
        (b"FOVb\0\0\2\0", "x3f"),
        (b"II\x1a\0\0\0HEAPCCDR", "crw"),
        (b"II*\0\x08\0\0\0IIII", "iiq"),
    ],
)
def test_raw_photos_of_a_form_of_their_own_are_known(
    head: bytes, kind: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(head + bytes(200))
    with pytest.raises(RawPhoto) as refused:
        recognise(tmp_path / "file")
    assert refused.value.extension == kind


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_deflate", "jpeg", "packbits"])
def test_ordinary_tiffs_are_converted_as_before(compression: str, tmp_path: Path) -> None:
    Image.new("RGB", (160, 120), "teal").save(tmp_path / "scan.tif", compression=compression)
    assert prepare(tmp_path / "scan.tif", tmp_path, "1-1").name == "1-1.jpg"


def test_of_a_tiff_that_begins_with_its_thumbnail_the_picture_is_taken(tmp_path: Path) -> None:
    small, large = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (400, 300), "blue")
    small.encoderinfo = {"tiffinfo": {254: 1}}
    small.save(tmp_path / "two.tif", save_all=True, append_images=[large], tiffinfo={254: 1})
    data = bytearray((tmp_path / "two.tif").read_bytes())
    flag = struct.pack("<HHII", 254, 4, 1, 1)
    second = data.find(flag, data.find(flag) + 1)
    if second >= 0:
        data[second + 8] = 0
    (tmp_path / "two.tif").write_bytes(data)
    to_jpeg(tmp_path / "two.tif", tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as picture:
        assert picture.size == (400, 300)


def test_a_refusal_is_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(tiff(image(10, 10)))
    with pytest.raises(MediaError):
        prepare(tmp_path / "file", tmp_path, "1-1")
