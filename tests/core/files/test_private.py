"""What people send lies in files that nobody else on the machine can read, however open the machine
is."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.files import copy_private, move_private, open_private, private_folder
from core.workshop import Workshop
from tests.process import until
from tests.world import photo, world


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_folders_are_closed_also_those_that_were_open(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.mkdir(0o755)
    assert mode(private_folder(earlier)) == 0o700
    assert mode(private_folder(tmp_path / "new" / "inner")) == 0o700


def test_files_are_closed_from_their_first_moment(tmp_path: Path) -> None:
    source, earlier = tmp_path / "source", tmp_path / "earlier"
    for path in (source, earlier):
        path.write_bytes(b"a photo")
    assert (mode(source), source.read_bytes()) == (0o666, b"a photo"), (
        "without this anybody could read it"
    )
    for path in (tmp_path / "new", earlier):
        with open_private(path) as file:
            assert mode(path) == 0o600
            file.write(b"another")
        assert path.read_bytes() == b"another"
    assert mode(copy_private(source, tmp_path / "copy")) == 0o600
    assert (tmp_path / "copy").read_bytes() == b"a photo"
    assert mode(move_private(source, tmp_path / "moved")) == 0o600


async def test_what_is_converted_is_closed_too(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), "red").save(bitmap := io.BytesIO(), "BMP")
    (tmp_path / "a.bmp").write_bytes(bitmap.getvalue())
    made = await Workshop().prepare(tmp_path / "a.bmp", tmp_path, "7-1")
    assert (made.name, mode(made.path)) == ("7-1.jpg", 0o600)


async def test_photos_on_their_way_to_the_service_are_closed_whatever_the_adapter_does(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:2")
        await here.adapter.says("a 2-second video", photo())
        await until(lambda: here.standin.asked("turn"))
        files = list((tmp_path / "work").iterdir())
        assert [mode(path) for path in (tmp_path / "work", *files)] == [0o700, 0o600]
        await here.adapter.result()
