"""Media with real files of every kind: recognised by their bytes, converted upright, refused in the
right way."""

import math
import struct
import subprocess
import sys
from array import array
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from core.media import (
    ACCEPTED,
    KINDS,
    DamagedFile,
    Geometry,
    Kind,
    PictureTooLarge,
    Prepared,
    UnsupportedMedia,
    clean_name,
    condition,
    geometry,
    prepare,
)
from core.media.kinds import HEAD, sniff
from core.media.pictures import to_jpeg
from core.media.sound import to_m4a

RED, WHITE = (255, 0, 0), (255, 255, 255)


def photo(path: Path, form: str, size: tuple[int, int] = (64, 48), **options: Any) -> Path:
    """Red, with a blue left upper corner, so that a turned picture shows."""
    picture = Image.new("RGB", size, RED)
    picture.paste((0, 0, 255), (0, 0, size[0] // 4, size[1] // 4))
    picture.save(path, form, **options)
    return path


def clip(
    path: Path, form: str, codec: str, size: tuple[int, int] = (64, 48), **options: str
) -> Path:
    """Two seconds of colour."""
    with av.open(str(path), "w", format=form, options=options) as file:
        track: Any = file.add_stream(codec, rate=10)
        track.width, track.height, track.pix_fmt = *size, "yuv420p"
        for n in range(20):
            file.mux(track.encode(av.VideoFrame.from_image(Image.new("RGB", size, (n * 12, 0, 0)))))
        file.mux(track.encode(None))
    return path


def tone(path: Path, form: str, codec: str, rate: int = 48_000, seconds: float = 1.0) -> Path:
    """A note of 440 Hz."""
    with av.open(str(path), "w", format=form) as file:
        track: Any = file.add_stream(codec, rate=rate, layout="mono")
        for begin in range(0, int(rate * seconds), 960):
            wave = array(
                "h",
                (int(20_000 * math.sin(math.tau * 440 * (begin + n) / rate)) for n in range(960)),
            )
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.sample_rate, frame.pts, frame.time_base = rate, begin, Fraction(1, rate)
            frame.planes[0].update(wave.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
            file.mux(track.encode(frame))
        file.mux(track.encode(None))
    return path


FILES: dict[str, tuple[Any, ...]] = {
    "jpg": (photo, "JPEG"),
    "png": (photo, "PNG"),
    "gif": (photo, "GIF"),
    "webp": (photo, "WEBP"),
    "heic": (photo, "HEIF"),
    "avif": (photo, "AVIF"),
    "bmp": (photo, "BMP"),
    "tiff": (photo, "TIFF"),
    "mp4": (clip, "mp4", "libx264"),
    "mov": (clip, "mov", "libx264"),
    "avi": (clip, "avi", "mpeg4"),
    "webm": (clip, "webm", "libvpx"),
    "mkv": (clip, "matroska", "libx264"),
    "mp3": (tone, "mp3", "libmp3lame"),
    "wav": (tone, "wav", "pcm_s16le"),
    "m4a": (tone, "ipod", "aac"),
    "aac": (tone, "adts", "aac"),
    "ogg": (tone, "ogg", "libopus"),
}
REFUSED: dict[str, tuple[Any, ...]] = {
    "flv": (clip, "flv", "flv"),
    "wmv": (clip, "asf", "wmv2"),
    "flac": (tone, "flac", "flac"),
    "aiff": (tone, "aiff", "pcm_s16be"),
    "amr": (tone, "amr", "libopencore_amrnb", 8000),
    "ico": (photo, "ICO"),
    "pdf": (photo, "PDF"),
}


def made(kind: str, folder: Path) -> Path:
    make, *arguments = {**FILES, **REFUSED}[kind]
    path: Path = make(folder / f"misleading-{kind}.txt", *arguments)
    return path


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One real file of every kind."""
    folder = tmp_path_factory.mktemp("shelf")
    for kind in (*FILES, *REFUSED):
        made(kind, folder)
    return folder


def test_every_kind_has_its_file() -> None:
    assert set(FILES) == set(KINDS)


@pytest.mark.parametrize("kind", FILES)
def test_a_kind_is_recognised_by_its_bytes(kind: str, shelf: Path) -> None:
    assert sniff((shelf / f"misleading-{kind}.txt").read_bytes()[:HEAD]) == KINDS[kind]


@pytest.mark.parametrize("kind", REFUSED)
def test_other_kinds_are_named_and_refused(kind: str, shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedMedia) as refused:
        prepare(shelf / f"misleading-{kind}.txt", tmp_path, "1-1")
    assert refused.value.extension == kind


def _ftyp(major: str, *compatible: str) -> bytes:
    body = major.encode() + b"\0\0\2\0" + b"".join(brand.encode() for brand in compatible)
    return struct.pack(">I4s", 8 + len(body), b"ftyp") + body + b"\0\0\0\x08free"


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (_ftyp("heic", "mif1", "heic"), "heic"),
        (_ftyp("heix"), "heic"),
        (_ftyp("mif1", "heic", "mif1"), "heic"),
        (_ftyp("mif1", "avif", "miaf"), "avif"),
        (_ftyp("msf1", "hevc"), "heic"),
        (_ftyp("avis", "avif"), "avif"),
        (_ftyp("M4A ", "isom", "mp42"), "m4a"),
        (_ftyp("M4B "), "m4a"),
        (_ftyp("M4V ", "M4V ", "M4A "), "mp4"),
        (_ftyp("mp42", "isom", "mp42"), "mp4"),
        (_ftyp("iso5", "iso6"), "mp4"),
        (_ftyp("3gp4", "isom", "3gp4"), "mp4"),
        (_ftyp("3gp4", "3gp4"), "3gp"),
        (_ftyp("XAVC", "mp42"), "mp4"),
        (_ftyp("qt  "), "mov"),
        (_ftyp("crx "), "cr3"),
        (b"\0\0\0\x08wide\0\0\1\0mdat", "mov"),
        (b"\0\0\1\0moov\0\0\0\x6cmvhd", "mov"),
        (
            b"\0\0\x40\0free" + bytes(HEAD),
            "mov",
        ),  # what comes behind it decides, where the whole file is at hand
        (b"\0\0\x40\0free" + bytes(HEAD - 9), ""),
        (b"Get free" + bytes(HEAD), ""),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska", "mkv"),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm", "webm"),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82\x84divx", "ebml"),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82", ""),
        (b"OggS\0\2" + bytes(22) + b"OpusHead\1\1", "ogg"),
        (b"OggS\0\2" + bytes(22) + b"\x01vorbis", "ogg"),
        (b"OggS\0\2" + bytes(22) + b"\x80theora", "ogv"),
        (b"OggS\0\2" + bytes(22) + b"mystery", "ogx"),
        (b"ID3\4\0\0\0\0\0\5title\xff\xfb\x90\x00", "mp3"),
        (b"ID3\4\0\0\0\0\0\5title\xff\xf1\x50\x80", "aac"),
        (b"ID3\4\0\0\0\0\x7f\x7f" + bytes(50), "mp3"),
        (b"ID3\4", ""),
        (b"\xff\xf3\x90\x00", "mp3"),
        (b"\xff\xf9\x50\x80", "aac"),
        (b"\xff\xfb\xf0\x00", ""),
        (b"\xff\xff\xff\xff", ""),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "bmp"),
        (b"BMW is a car maker, and this is a text", ""),
        (b"II*\0\x10\0\0\0CR\2\0", "cr2"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"MZ\x90", "exe"),
        (b"#!/bin/sh\nrm -rf", ""),
        (b"<svg xmlns=''>", ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_containers_are_told_apart(head: bytes, extension: str) -> None:
    kind = sniff(head)
    assert kind.extension == extension
    assert (kind.accepted or bool(kind.convert)) == (extension in KINDS)


MIME = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
}
"""The type that a part of each extension carries (docs/backend.md 6.2)."""


def test_accepted_kinds_are_those_that_the_backend_names() -> None:
    accepted = {kind.extension: kind.mime for kind in KINDS.values() if kind.accepted}
    assert accepted | {"jpeg": accepted["jpg"]} == MIME
    # as all five skills put it
    listed = "mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"
    assert set(ACCEPTED) == {*listed.split(", "), "jpeg"}


@given(st.binary(max_size=200))
def test_any_bytes_have_a_kind(head: bytes) -> None:
    assert isinstance(sniff(head), Kind)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 400), st.binary(min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_file_with_broken_bytes_never_surprises(
    shelf: Path, tmp_path: Path, kind: str, at: int, rubbish: bytes
) -> None:
    whole = (shelf / f"misleading-{kind}.txt").read_bytes()
    broken = tmp_path / "broken"
    broken.write_bytes(whole[:at] + rubbish + whole[at + len(rubbish) :])
    geometry(broken)
    try:
        part = prepare(broken, tmp_path, "1-1")
    except (UnsupportedMedia, DamagedFile, PictureTooLarge):
        assert not list(tmp_path.glob("*.part"))
    else:
        assert part.bytes == part.path.stat().st_size


# What goes to the backend


@pytest.mark.parametrize("kind", [name for name in FILES if KINDS[name].accepted])
def test_an_accepted_file_goes_through_byte_for_byte(
    kind: str, shelf: Path, tmp_path: Path
) -> None:
    source = shelf / f"misleading-{kind}.txt"
    part = prepare(source, tmp_path, "7-2")
    assert part == Prepared(source, f"7-2.{kind}", KINDS[kind].mime, source.stat().st_size)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["heic", "avif", "bmp", "tiff"])
def test_a_picture_that_the_backend_refuses_becomes_a_jpeg(
    kind: str, shelf: Path, tmp_path: Path
) -> None:
    source = shelf / f"misleading-{kind}.txt"
    before = source.read_bytes()
    part = prepare(source, tmp_path, "7-2")
    assert (part.path, part.name, part.mime) == (tmp_path / "7-2.jpg", "7-2.jpg", "image/jpeg")
    assert part.bytes == part.path.stat().st_size
    assert source.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["7-2.jpg"]
    with Image.open(part.path) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (64, 48))
        assert near(picture.getpixel((50, 40)), RED)


def test_a_voice_message_becomes_an_m4a_of_the_same_length_and_note(
    shelf: Path, tmp_path: Path
) -> None:
    part = prepare(shelf / "misleading-ogg.txt", tmp_path, "7-3")
    assert (part.name, part.mime) == ("7-3.m4a", "audio/mp4")
    assert sniff(part.path.read_bytes()[:HEAD]).extension == "m4a"
    seconds, crossings = heard(part.path)
    assert seconds == pytest.approx(1.0, abs=0.1)
    assert crossings / 2 / seconds == pytest.approx(440, rel=0.05)
    assert geometry(part.path).seconds == pytest.approx(1.0, abs=0.1)


def heard(path: Path) -> tuple[float, int]:
    """Seconds of sound, and how often it crosses zero; what is near silence (the start) does not
    count."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
        wave = array("h")
        for frame in file.decode(audio=0):
            for piece in resampler.resample(frame):
                wave.frombytes(bytes(piece.planes[0])[: 2 * piece.samples])
    loud = [sample for sample in wave if abs(sample) > NEAR_SILENCE]
    return len(wave) / 48_000, sum((one < 0) != (next_one < 0) for one, next_one in pairwise(loud))


NEAR_SILENCE = 2_000
"""Of 32,767."""


@pytest.mark.parametrize(
    ("codec", "rate"), [("flac", 11_025), ("flac", 10_000), ("flac", 96_000), ("libopus", 48_000)]
)
def test_other_sound_in_ogg_is_converted_too(codec: str, rate: int, tmp_path: Path) -> None:
    part = prepare(tone(tmp_path / "memo", "ogg", codec, rate), tmp_path, "1-1")
    seconds, crossings = heard(part.path)
    assert seconds == pytest.approx(1.0, abs=0.15)
    assert crossings / 2 / seconds == pytest.approx(440, rel=0.05)


def test_an_mp4_that_holds_only_sound_goes_as_m4a(tmp_path: Path) -> None:
    part = prepare(tone(tmp_path / "memo.mp4", "mp4", "aac"), tmp_path, "1-1")
    assert (part.name, part.mime) == ("1-1.m4a", "audio/mp4")


def test_a_file_may_bear_the_name_of_its_own_result(tmp_path: Path) -> None:
    source = photo(tmp_path / "7-2.jpg", "HEIF")
    part = prepare(source, tmp_path, "7-2")
    assert part.path == source
    assert sniff(source.read_bytes()).extension == "jpg"


@pytest.mark.parametrize(
    ("extension", "name"),
    [
        ("jpg", "7-2.jpg"),
        ("JPEG", "7-2.jpg"),
        (".jfif", "7-2.jpg"),
        ("mp4", "7-2.mp4"),
        ("../é", "7-2.bin"),
        ("", "7-2.bin"),
    ],
)
def test_names_are_our_own(extension: str, name: str) -> None:
    assert clean_name(7, 2, extension) == name


# Pictures


def near(one: Any, other: tuple[int, int, int], within: int = 12) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def converted(source: Path) -> Image.Image:
    target = source.with_name("converted.jpg")
    to_jpeg(source, target)
    with Image.open(target) as picture:
        picture.load()
        return picture


@pytest.mark.parametrize("form", ["TIFF", "AVIF", "JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "nw"), (2, "ne"), (3, "se"), (4, "sw"), (5, "nw"), (6, "ne"), (7, "se"), (8, "sw")],
)
def test_a_picture_is_turned_upright_exactly_once(
    form: str, orientation: int, corner: str, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    # as bytes: then the encoder also writes the rotation that HEIF keeps outside EXIF, as cameras
    # do
    picture = converted(photo(tmp_path / "turned", form, exif=exif.tobytes()))
    assert picture.size == ((64, 48) if orientation < 5 else (48, 64))
    x = 4 if "w" in corner else picture.width - 5
    y = 4 if "n" in corner else picture.height - 5
    red, _, blue = picture.getpixel((x, y))  # type: ignore[misc]
    assert blue > 150 > red
    assert picture.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
@pytest.mark.parametrize("form", ["TIFF", "PNG"])
def test_transparency_becomes_white(mode: str, form: str, tmp_path: Path) -> None:
    if mode == "P":
        clear, options = Image.new("P", (32, 32), 0), {"transparency": 0}
        clear.putpalette([0, 0, 0] * 256)
        if form == "TIFF":
            clear, options = clear.convert("RGBA"), {}
            clear.putalpha(0)
    else:
        clear, options = Image.new(mode, (32, 32), (0,) * len(mode)), {}
    clear.save(tmp_path / "clear", form, **options)
    assert near(converted(tmp_path / "clear").getpixel((16, 16)), WHITE)


@pytest.mark.parametrize(
    ("mode", "value", "grey"),
    [
        ("I;16", 32896, 128),
        ("I;16", 200, 1),
        ("I", 32896, 128),
        ("I", 128, 128),
        ("F", 0.5, 128),
        ("F", 128.0, 128),
    ],
)
def test_grey_with_many_bits_is_scaled_not_cut_off(
    mode: str, value: float, grey: int, tmp_path: Path
) -> None:
    deep = Image.new(mode, (32, 32), value)
    deep.save(tmp_path / "deep", "TIFF")
    assert near(converted(tmp_path / "deep").getpixel((16, 16)), (grey,) * 3, within=2)


@pytest.mark.parametrize("mode", ["1", "L", "CMYK", "YCbCr", "P"])
def test_every_colour_mode_becomes_rgb(mode: str, tmp_path: Path) -> None:
    Image.new("RGB", (32, 32), WHITE).convert(mode).save(tmp_path / "mode", "TIFF")
    assert near(converted(tmp_path / "mode").getpixel((16, 16)), WHITE)


def test_colours_of_print_and_of_lab_become_what_one_sees(tmp_path: Path) -> None:
    red = ImageCms.profileToProfile(
        Image.new("RGB", (8, 8), RED),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert red is not None
    red.save(tmp_path / "lab.tif")
    assert near(converted(tmp_path / "lab.tif").getpixel((4, 4)), RED)
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(
        tmp_path / "print.tif", icc_profile=b"no profile at all"
    )
    assert near(converted(tmp_path / "print.tif").getpixel((4, 4)), RED)


def test_a_picture_wider_than_a_jpeg_can_be_is_made_smaller(tmp_path: Path) -> None:
    Image.new("1", (70_000, 40)).save(tmp_path / "banner.tif")
    assert converted(tmp_path / "banner.tif").width == 65_500


def test_an_exif_that_is_rubbish_costs_no_picture(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), RED).save(tmp_path / "odd.png", exif=b"Exif\0\0XX*\0rubbish")
    assert near(converted(tmp_path / "odd.png").getpixel((4, 4)), RED)


def test_a_tiff_of_a_sort_that_is_not_known_is_not_called_damaged(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.tif")
    whole = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(
        whole.replace(
            struct.pack("<HHIHH", 259, 3, 1, 1, 0), struct.pack("<HHIHH", 259, 3, 1, 34712, 0)
        )
    )
    with pytest.raises(UnsupportedMedia):
        prepare(tmp_path / "a.tif", tmp_path, "1-1")


def test_only_the_first_frame_of_several_is_taken(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (32, 32), colour) for colour in (RED, WHITE)]
    pages[0].save(tmp_path / "pages", "TIFF", save_all=True, append_images=pages[1:])
    assert near(converted(tmp_path / "pages").getpixel((16, 16)), RED)


def test_what_the_camera_wrote_beside_the_picture_is_left_behind(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Camera"
    assert not converted(photo(tmp_path / "tagged", "HEIF", exif=exif)).getexif()


def _bomb(width: int, height: int) -> bytes:
    """A BMP head that announces pixels which are not there."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 1, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 62, 0, 0, 62) + head + bytes(8)


@pytest.mark.parametrize(("width", "height"), [(20_000, 10_000), (10_000, 9_000), (65_000, 65_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    width: int, height: int, tmp_path: Path
) -> None:
    (tmp_path / "bomb").write_bytes(_bomb(width, height))
    with pytest.raises(PictureTooLarge):
        prepare(tmp_path / "bomb", tmp_path, "1-1")


def test_the_limit_of_pixels_can_be_lower(tmp_path: Path) -> None:
    with pytest.raises(PictureTooLarge) as refused:
        to_jpeg(photo(tmp_path / "small", "TIFF"), tmp_path / "out.jpg", max_pixels=64 * 48 - 1)
    assert (refused.value.pixels, refused.value.limit) == (64 * 48, 64 * 48 - 1)
    to_jpeg(tmp_path / "small", tmp_path / "out.jpg", max_pixels=64 * 48)


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        *((kind, share) for kind in ("heic", "avif", "bmp", "tiff") for share in (0.1, 0.5, 0.9)),
        ("ogg", 0.05),
    ],
)
def test_a_cut_off_file_is_damaged(kind: str, share: float, shelf: Path, tmp_path: Path) -> None:
    whole = (shelf / f"misleading-{kind}.txt").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedFile):
        prepare(tmp_path / "cut", tmp_path, "1-1")
    assert [file.name for file in tmp_path.iterdir()] == ["cut"]


def test_an_empty_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(DamagedFile):
        prepare(tmp_path / "empty", tmp_path, "1-1")


def test_a_file_that_is_not_there_is_no_damaged_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        prepare(tmp_path / "nowhere", tmp_path, "1-1")
    with pytest.raises(FileNotFoundError):
        to_jpeg(tmp_path / "nowhere", tmp_path / "x.jpg")


def test_a_film_without_sound_cannot_become_sound(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        to_m4a(shelf / "misleading-mp4.txt", tmp_path / "x.m4a")


def test_without_the_converter_only_sound_is_refused(shelf: Path, tmp_path: Path) -> None:
    """In a process of its own, in which PyAV cannot be imported."""
    script = """
import sys
sys.modules["av"] = None
from pathlib import Path
from core.media import ConverterMissing, prepare
shelf, folder = map(Path, sys.argv[1:])
print(prepare(shelf / "misleading-heic.txt", folder, "1-1").name)
try:
    prepare(shelf / "misleading-ogg.txt", folder, "1-2")
except ConverterMissing:
    print("converter missing")
"""
    command = [sys.executable, "-c", script, str(shelf), str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.split("\n")[:2] == ["1-1.jpg", "converter missing"]


# Geometry


@pytest.mark.parametrize("form", ["mp4", "mov"])
@pytest.mark.parametrize("flags", ["", "faststart", "frag_keyframe+empty_moov+delay_moov"])
def test_size_and_length_are_read_from_the_boxes(form: str, flags: str, tmp_path: Path) -> None:
    film = clip(
        tmp_path / "film", form, "libx264", size=(128, 72), **({"movflags": flags} if flags else {})
    )
    found = geometry(film)
    assert (found.width, found.height) == (128, 72)
    if "frag" not in flags:
        assert found.seconds == pytest.approx(2.0, abs=0.01)


def _box(name: str, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name.encode()) + body


def _trak(
    handler: bytes, width: int, height: int, a: int = 1, b: int = 0, version: int = 0
) -> bytes:
    head = bytes([version, 0, 0, 3]) + bytes(32 if version else 20)
    matrix = struct.pack(">9i", a << 16, b << 16, 0, -b << 16, a << 16, 0, 0, 0, 1 << 30)
    tkhd = _box("tkhd", head + bytes(16) + matrix + struct.pack(">II", width << 16, height << 16))
    return _box("trak", tkhd + _box("mdia", _box("hdlr", bytes(8) + handler + bytes(13))))


def _mvhd(scale: int, duration: int, version: int = 0) -> bytes:
    if version:
        return _box(
            "mvhd", b"\1\0\0\0" + bytes(16) + struct.pack(">IQ", scale, duration) + bytes(80)
        )
    return _box("mvhd", bytes(12) + struct.pack(">II", scale, duration) + bytes(80))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (_box("moov", _mvhd(600, 6300) + _trak(b"vide", 1920, 1080)), Geometry(1920, 1080, 10.5)),
        (
            _box("moov", _mvhd(600, 6300, 1) + _trak(b"vide", 1920, 1080, version=1)),
            Geometry(1920, 1080, 10.5),
        ),
        (
            _box("moov", _mvhd(600, 6300) + _trak(b"vide", 1920, 1080, a=0, b=1)),
            Geometry(1080, 1920, 10.5),
        ),
        (
            _box("moov", _mvhd(600, 6300) + _trak(b"vide", 1920, 1080, a=0, b=-1)),
            Geometry(1080, 1920, 10.5),
        ),
        (
            _box("moov", _mvhd(600, 6300) + _trak(b"vide", 1920, 1080, a=-1)),
            Geometry(1920, 1080, 10.5),
        ),
        (
            _box(
                "moov",
                _mvhd(1000, 4000)
                + _trak(b"soun", 0, 0)
                + _trak(b"vide", 1080, 1920)
                + _trak(b"text", 9, 9),
            ),
            Geometry(1080, 1920, 4.0),
        ),
        (_box("moov", _mvhd(1000, 4000) + _trak(b"soun", 0, 0)), Geometry(0, 0, 4.0)),
        (_box("moov", _mvhd(0, 4000) + _trak(b"vide", 16, 9)), Geometry(16, 9, 0.0)),
        (_box("moov", _mvhd(600, 0xFFFFFFFF) + _trak(b"vide", 16, 9)), Geometry(16, 9, 0.0)),
        (
            _box(
                "moov",
                _mvhd(1000, 0)
                + _trak(b"vide", 16, 9)
                + _box("mvex", _box("mehd", struct.pack(">II", 0, 2500))),
            ),
            Geometry(16, 9, 2.5),
        ),
        (
            struct.pack(">I4sQ", 1, b"mdat", 24) + bytes(8) + _box("moov", _mvhd(1, 3)),
            Geometry(0, 0, 3.0),
        ),
        (struct.pack(">I4s", 0, b"moov") + _mvhd(1, 3) + _trak(b"vide", 4, 3), Geometry(4, 3, 3.0)),
        (b"", Geometry()),
        (b"\0\0\0\x04moov", Geometry()),
        (b"not a film at all, but long enough to look like one", Geometry()),
        (_box("moov", _box("trak", _box("tkhd", bytes(10)))), Geometry()),
        (struct.pack(">I4sQ", 1, b"free", 2**64 - 1) + bytes(64), Geometry()),
        (
            _box("moov", struct.pack(">I4sQ", 1, b"trak", 2**63) + _trak(b"vide", 4, 3)[8:]),
            Geometry(4, 3),
        ),
        (_box("moov", _mvhd(1, 2**64 - 2, 1) + _trak(b"vide", 4, 3)), Geometry(4, 3)),
        (_box("moov", _mvhd(1, 86_400) + _trak(b"vide", 4, 3)), Geometry(4, 3, 86_400.0)),
        (_box("moov", _mvhd(1, 86_401) + _trak(b"vide", 4, 3)), Geometry(4, 3)),
        (_box("moov", struct.pack(">I4s", 3, b"free") + _trak(b"vide", 4, 3)), Geometry()),
        # a box ends where its parent does, whatever it claims, and the next one is read from there
        (
            _box("moov", struct.pack(">I4s", 999, b"free")) + _box("moov", _mvhd(1, 3)),
            Geometry(0, 0, 3.0),
        ),
    ],
)
def test_boxes_of_every_shape_are_read(content: bytes, expected: Geometry, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    assert geometry(tmp_path / "film.mp4") == expected


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_upset_the_reader_of_boxes(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(_box("moov", _mvhd(600, 600) + content) + content)
    assert geometry(tmp_path / "film.mp4").seconds >= 0


FTYP = _box("ftyp", b"isom\0\0\0\0mp42")
MOOV = _box("moov", _mvhd(1, 3) + _trak(b"vide", 4, 3))
MDAT = _box("mdat", bytes(50))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FTYP + MOOV + MDAT, "whole"),
        (FTYP + MDAT + MOOV, "whole"),
        (_box("skip", bytes(9)) + MDAT + MOOV, "whole"),
        (FTYP + MOOV + struct.pack(">I4s", 0, b"mdat") + bytes(50), "whole"),
        (FTYP + MOOV + MDAT + b"added by a proxy", "whole"),
        (FTYP + MOOV + MDAT[:-1], "broken"),
        (FTYP + MDAT + MOOV[:-1], "broken"),
        (FTYP + MOOV, "broken"),
        (FTYP + MDAT, "broken"),
        (FTYP + MDAT + _box("moov", _mvhd(1, 3) + _trak(b"soun", 0, 0)), "broken"),
        (FTYP, "broken"),
        (FTYP + struct.pack(">I4sQ", 1, b"free", 2**64 - 1) + bytes(64), "broken"),
        (FTYP + _box("moov", _box("mvhd", b"\1" + bytes(19) + b"\xff" * 12)), "broken"),
        (b"<!doctype html><html><head><title>Just a moment...</title></head></html>", "other"),
        (b'{"success": false, "error": "expired"}', "other"),
        (b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm", "other"),
        (_box("what", bytes(8)) + MOOV + MDAT, "other"),
        (b"\0" * 40, "other"),
        (b"", "other"),
    ],
)
def test_a_finished_film_is_judged_by_its_boxes(
    content: bytes, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    assert condition(tmp_path / "film.mp4") == expected


@pytest.mark.parametrize(
    "flags", ["", "faststart", "frag_keyframe+empty_moov", "frag_keyframe+empty_moov+delay_moov"]
)
def test_films_as_programs_write_them_are_whole(flags: str, tmp_path: Path) -> None:
    film = clip(tmp_path / "film", "mp4", "libx264", **({"movflags": flags} if flags else {}))  # type: ignore[arg-type]
    assert condition(film) == "whole"
