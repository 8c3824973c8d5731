"""What has to be decoded is decoded elsewhere: limits of time and memory, crashes, and a bot that goes on serving."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest
from PIL import Image

from core.media import DamagedFile, MediaError, PictureTooLarge, UnsupportedMedia
from core.media.workshop import Workshop
from tests.process import until
from tests.test_walk import MAKE, said
from tests.world import photo, world


def huge_heic(path: Path) -> Path:
    """Two hundred megapixels, says the file; there is no need to have them."""
    Image.new("RGB", (64, 64), "teal").save(path, "HEIF")
    data = path.read_bytes()
    at = data.index(b"ispe") + 8
    path.write_bytes(data[:at] + (20_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big") + data[at + 8 :])
    return path


def large(path: Path, side: int) -> Path:
    """A picture that is small on disk and large once decoded."""
    Image.new("RGB", (side, side)).save(path, "TIFF", compression="tiff_deflate")
    return path


async def prepared(source: Path, workshop: Workshop | None = None) -> str:
    return (await (workshop or Workshop()).prepare(source, source.parent, "7-1")).name


async def test_a_phone_photo_becomes_a_jpeg(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "teal").save(tmp_path / "a.heic", "HEIF")
    made = await Workshop().prepare(tmp_path / "a.heic", tmp_path, "7-1")
    assert (made.name, made.mime, made.bytes) == ("7-1.jpg", "image/jpeg", made.path.stat().st_size)
    with Image.open(made.path) as picture:
        assert picture.size == (64, 48)


async def test_what_is_taken_as_it_is_needs_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(photo())
    began = time.monotonic()
    assert await prepared(tmp_path / "a.jpg", Workshop(seconds=0)) == "7-1.jpg"
    assert time.monotonic() - began < 0.2


async def test_two_hundred_megapixels_are_refused_by_their_number(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(PictureTooLarge):
        await prepared(huge_heic(tmp_path / "bomb.heic"), Workshop(megabytes=400))
    assert time.monotonic() - began < 10


async def test_a_decoder_that_eats_memory_is_stopped_by_the_limit_of_its_process(tmp_path: Path) -> None:
    source = large(tmp_path / "a.tiff", 6000)
    with pytest.raises(DamagedFile):
        await prepared(source, Workshop(megabytes=300))
    assert await prepared(source) == "7-1.jpg"


async def test_a_decoder_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    source = large(tmp_path / "a.tiff", 9000)
    began = time.monotonic()
    with pytest.raises(DamagedFile, match="too long"):
        await prepared(source, Workshop(seconds=0.4))
    assert time.monotonic() - began < 2
    assert children() == []


async def test_a_decoder_that_crashes_takes_only_itself_down(tmp_path: Path) -> None:
    working = asyncio.create_task(prepared(large(tmp_path / "a.tiff", 9000)))
    await until(children)
    os.kill(children()[0], signal.SIGSEGV)
    with pytest.raises(DamagedFile, match="crashed"):
        await working


async def test_a_conversion_that_is_called_off_leaves_no_process(tmp_path: Path) -> None:
    working = asyncio.create_task(prepared(large(tmp_path / "a.tiff", 9000)))
    await until(lambda: any(os.getpriority(os.PRIO_PROCESS, child) for child in children()))  # it works, it is nice
    os.kill(children()[0], signal.SIGSTOP)  # so that it never comes to its own end
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(10):
            await working
    assert children() == []


def children() -> list[int]:
    """The processes that convert for this one."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            line, status = (entry / "cmdline").read_bytes(), (entry / "stat").read_text()
        except (OSError, ValueError):
            continue
        if b"core.media.workshop" in line and int(status.rpartition(")")[2].split()[1]) == os.getpid():
            found.append(int(entry.name))
    return found


async def test_the_process_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret-of-the-operator")
    working = asyncio.create_task(prepared(large(tmp_path / "a.tiff", 9000)))
    await until(children)
    known = (Path("/proc") / str(children()[0]) / "environ").read_bytes()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert b"PYTHONPATH" in known
    assert b"secret" not in known


@pytest.mark.parametrize(
    ("content", "kind"), [(b"", DamagedFile), (b"%PDF-1.4", UnsupportedMedia), (b"BM" + bytes(60), MediaError)]
)
async def test_the_errors_are_those_of_the_conversion(tmp_path: Path, content: bytes, kind: type[MediaError]) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(kind):
        await prepared(tmp_path / "a")


async def test_a_bomb_is_told_and_everybody_else_is_served(tmp_path: Path) -> None:
    bomb = huge_heic(tmp_path / "bomb.heic").read_bytes()
    async with world(tmp_path / "data") as here:
        await here.adapter.says(MAKE, bomb, user="bomber")
        await here.adapter.says(MAKE, photo(), user="guest")
        await said(here, "📎 The picture photo-1.jpg has too many pixels.")
        assert (await here.adapter.result()).outbound.user == "guest"
