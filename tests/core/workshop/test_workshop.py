"""What has to be decoded is decoded elsewhere: limits of time and memory, crashes, and a bot that
goes on serving."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from core.media import (
    ConverterMissing,
    DamagedFile,
    MediaError,
    Occupied,
    PictureTooLarge,
    SoundTooLong,
    TooSlow,
    UnsupportedMedia,
)
from core.workshop import FORKING, Workshop
from tests.process import until
from tests.test_walk import MAKE, said
from tests.world import photo, world

both = pytest.mark.parametrize("forking", [False, *[True] * FORKING])
"""Forked, and where none can be forked."""


def huge_heic(path: Path) -> Path:
    """Two hundred megapixels, says the file; there is no need to have them."""
    Image.new("RGB", (64, 64), "teal").save(path, "HEIF")
    data = path.read_bytes()
    at = data.index(b"ispe") + 8
    path.write_bytes(
        data[:at] + (20_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big") + data[at + 8 :]
    )
    return path


def large(path: Path, side: int) -> Path:
    """A picture that is small on disk and large once decoded."""
    Image.new("RGB", (side, side)).save(path, "TIFF", compression="tiff_deflate")
    return path


async def prepared(source: Path, workshop: Workshop | None = None) -> str:
    return (await (workshop or Workshop()).prepare(source, source.parent, "7-1")).name


@both
async def test_a_phone_photo_becomes_a_jpeg(tmp_path: Path, *, forking: bool) -> None:
    Image.new("RGB", (64, 48), "teal").save(tmp_path / "a.heic", "HEIF")
    made = await Workshop(forking=forking).prepare(tmp_path / "a.heic", tmp_path, "7-1")
    assert (made.name, made.mime, made.bytes) == ("7-1.jpg", "image/jpeg", made.path.stat().st_size)
    with Image.open(made.path) as picture:
        assert picture.size == (64, 48)


async def test_what_is_taken_as_it_is_needs_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photo())
    assert await prepared(tmp_path / "a.jpg", Workshop(seconds=0)) == "7-1.jpg"


async def test_two_hundred_megapixels_are_refused_by_their_number(tmp_path: Path) -> None:
    with pytest.raises(PictureTooLarge):  # there would be room for it
        await prepared(huge_heic(tmp_path / "bomb.heic"), Workshop())


async def test_a_decoder_that_eats_memory_is_stopped_by_the_limit_of_its_process(
    tmp_path: Path,
) -> None:
    source = large(tmp_path / "a.tiff", 6000)
    with pytest.raises(PictureTooLarge):
        await prepared(source, Workshop(megabytes=300))
    assert await prepared(source) == "7-1.jpg"


@both
async def test_a_decoder_that_takes_too_long_is_ended(slow: Path, *, forking: bool) -> None:
    with pytest.raises(DamagedFile, match="too long"):
        await prepared(slow, Workshop(seconds=0.4, forking=forking))
    assert children() == []


@both
async def test_a_decoder_that_crashes_takes_only_itself_down(slow: Path, *, forking: bool) -> None:
    working = asyncio.create_task(prepared(slow, Workshop(forking=forking)))
    await until(children)
    os.kill(children()[0], signal.SIGSEGV)
    with pytest.raises(DamagedFile, match="crashed"):
        await working


@both
async def test_a_conversion_that_is_called_off_leaves_no_process(
    slow: Path, *, forking: bool
) -> None:
    working = asyncio.create_task(prepared(slow, Workshop(forking=forking)))
    await until(lambda: any(map(decoding, children())))  # it works, it is nice
    os.kill(children()[0], signal.SIGSTOP)  # so that it never comes to its own end
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(300):
            await working
    assert children() == []


def processes() -> dict[int, tuple[int, bytes]]:
    """The number of each, that of its parent, and its command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line, status = (entry / "cmdline").read_bytes(), (entry / "stat").read_text()
        except OSError:
            continue
        found[int(entry.name)] = int(status.rpartition(")")[2].split()[1]), line
    return found


def origins() -> list[int]:
    """The processes that this one has others forked from."""
    known = processes().items()
    return [it for it, (of, line) in known if of == os.getpid() and b"core.media.origin" in line]


def decoding(process: int) -> bool:
    """Whether it has come as far as its limits; the process that it is forked from has none."""
    try:
        return os.getpriority(os.PRIO_PROCESS, process) != os.getpriority(os.PRIO_PROCESS, 0)
    except ProcessLookupError:
        return False


def children() -> list[int]:
    """The processes that convert for this one."""
    known, forked_from = processes().items(), origins()
    alone = [it for it, (of, line) in known if of == os.getpid() and b"media.decoding" in line]
    return alone + [it for it, (of, _) in known if of in forked_from]


async def test_the_process_knows_no_secret(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret-of-the-operator")
    working = asyncio.create_task(prepared(slow))
    await until(children)
    known = (Path("/proc") / str(children()[0]) / "environ").read_bytes()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert b"MALLOC_ARENA_MAX" in known
    assert b"secret" not in known


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"", DamagedFile), (b"%PDF-1.4", UnsupportedMedia), (b"BM" + bytes(60), MediaError)],
)
async def test_the_errors_are_those_of_the_conversion(
    tmp_path: Path, content: bytes, kind: type[MediaError]
) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(kind):
        await prepared(tmp_path / "a")


def recording(seconds: float) -> bytes:
    """The first and the last page of a sound of this length; nothing between them can be
    decoded."""
    last = round(seconds * 48_000).to_bytes(8, "little")
    return b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(60) + b"OggS\0\4" + last + bytes(14)


async def test_the_length_of_a_sound_is_looked_at_before_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "hours.ogg").write_bytes(recording(1801))
    with pytest.raises(SoundTooLong):
        await prepared(tmp_path / "hours.ogg", Workshop(seconds=0))
    (tmp_path / "fits.ogg").write_bytes(recording(1799))
    with pytest.raises(TooSlow):
        await prepared(tmp_path / "fits.ogg", Workshop(seconds=0))


async def test_who_finds_the_place_taken_is_told_at_once_and_holds_nothing(
    tmp_path: Path, slow: Path
) -> None:
    workshop = Workshop()
    first = asyncio.create_task(workshop.prepare(slow, tmp_path, "1-1", "ann"))
    await until(children)
    (tmp_path / "b.ogg").write_bytes(recording(1))
    for source, person in ((slow, "bob"), (tmp_path / "b.ogg", "ann")):
        with pytest.raises(Occupied):
            await workshop.prepare(source, tmp_path, "1-2", person)
    with pytest.raises(
        DamagedFile
    ):  # there is nothing in it: other sorts of work have places of their own
        await workshop.prepare(tmp_path / "b.ogg", tmp_path, "1-2", "bob")
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    Image.new("RGB", (8, 8)).save(tmp_path / "c.bmp")
    assert (await workshop.prepare(tmp_path / "c.bmp", tmp_path, "1-3", "bob")).name == "1-3.jpg"


async def test_what_the_process_writes_is_for_its_user_alone(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.bmp")
    made = await Workshop().prepare(tmp_path / "a.bmp", tmp_path, "7-1")
    assert made.path.stat().st_mode & 0o777 == 0o600


async def test_small_pictures_are_made_in_the_process_as_well(tmp_path: Path) -> None:
    Image.new("RGB", (900, 600), "teal").save(tmp_path / "a.png")
    workshop = Workshop()
    for made, size in (
        (await workshop.thumbnail(tmp_path / "a.png"), (320, 213)),
        (await workshop.tile(tmp_path / "a.png", 100, 200), (160, 320)),
    ):
        with Image.open(io.BytesIO(made)) as picture:
            assert (picture.format, picture.size) == ("JPEG", size)


@pytest.mark.parametrize(
    "content",
    [
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 40 40\n%%EndComments\nshowpage\n",
        b"8BPS\0\1" + bytes(60),
        b"icns" + bytes(60),
        b"\xd7\xcd\xc6\x9a" + bytes(60),
        b"P6 4 4 255\n" + bytes(48),
    ],
)
async def test_no_decoder_but_those_of_the_kinds_that_are_taken_sees_a_file(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "photo.png").write_bytes(content)
    with pytest.raises(UnsupportedMedia):
        await Workshop().thumbnail(tmp_path / "photo.png")


def test_the_bot_itself_loads_no_decoder() -> None:
    decoders = "{'PIL', 'pillow_heif', 'av'}"
    script = (
        f"import bots.telegram, bots.discord, core.runtime.engine, sys; print({decoders} & "
        f"{{*sys.modules}})"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "set()"


async def test_libraries_are_found_in_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "with a : in it").mkdir()
    monkeypatch.syspath_prepend(str(folder))
    (folder / "pillow_heif.py").write_text(
        f"open({str(tmp_path / 'found')!r}, 'w').close()\nraise ImportError"
    )
    Image.new("RGB", (8, 8)).save(tmp_path / "a.heic", "HEIF")
    with pytest.raises(ConverterMissing):
        await prepared(tmp_path / "a.heic")
    assert (tmp_path / "found").exists()


async def test_a_bomb_is_told_and_everybody_else_is_served(tmp_path: Path) -> None:
    bomb = huge_heic(tmp_path / "bomb.heic").read_bytes()
    async with world(tmp_path / "data") as here:
        await here.adapter.says(MAKE, bomb, user="bomber")
        await here.adapter.says(MAKE, photo(), user="guest")
        await said(here, "📎 The picture photo-1.jpg has too many pixels.")
        assert (await here.adapter.result()).outbound.user == "guest"


WITHOUT_HANDLES = """
import importlib, os, resource, sys
from core.workshop import FORKING, Workshop
workshop = Workshop()
importlib.invalidate_caches()
sys.path_importer_cache.clear()
resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
try:
    while True:
        os.open(os.devnull, os.O_RDONLY)
except OSError:
    print(workshop.copies)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_that_films_can_be_copied_is_known_where_open_files_have_run_out() -> None:
    program = [sys.executable, "-c", WITHOUT_HANDLES]
    said = subprocess.run(program, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True"]
