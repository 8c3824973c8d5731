"""Files of one process are there for the others, until nobody needs them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from core.adapter import FileGone, TooLarge, Unavailable
from core.messages import Address, Attachment
from core.runtime.engine.shelf import MOST, TRIES, Shelf
from core.store.postgres.files import PIECE, Files
from tests import messages
from tests.process import until
from tests.servers import postgres
from tests.servers.cutting import cutting

REF = "spool:7-1.jpg"
PHOTO = Attachment(REF, "photo.jpg", "image/jpeg", 5)


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


def spooled(folder: Path, content: bytes) -> Path:
    path = folder / "fake" / "spool" / "7-1.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def shelf(url: str, folder: Path, shared: Path | None = None) -> Shelf:
    return Shelf(Files(url, 5.0), folder, shared, pause=0.01)


async def kept(one: Shelf) -> None:
    await one.keep(messages.said("m1", "u", Address("fake", "c"), "make a video", (PHOTO,)))


@pytest.mark.parametrize("size", [0, 5, PIECE, 2 * PIECE + 1])
async def test_another_process_gets_what_one_has_kept(url: str, tmp_path: Path, size: int) -> None:
    content = b"x" * size
    spooled(tmp_path / "one", content)
    await kept(shelf(url, tmp_path / "one"))
    await kept(shelf(url, tmp_path / "one"))
    path = await shelf(url, tmp_path / "other").fetch("fake", PHOTO, tmp_path)
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o077 == 0


async def test_what_is_on_this_disk_is_asked_for_nowhere_else(tmp_path: Path) -> None:
    spooled(tmp_path / "one", b"mine")
    nowhere = shelf("postgresql://127.0.0.1:1/none", tmp_path / "one")
    assert (await nowhere.fetch("fake", PHOTO, tmp_path)).read_bytes() == b"mine"
    elsewhere = shelf("postgresql://127.0.0.1:1/none", tmp_path / "other")
    with pytest.raises(Unavailable):
        await elsewhere.fetch("fake", PHOTO, tmp_path)


async def test_what_was_dropped_is_gone(url: str, tmp_path: Path) -> None:
    spooled(tmp_path / "one", b"mine")
    await kept(shelf(url, tmp_path / "one"))
    other = shelf(url, tmp_path / "other")
    await other.drop("elsewhere", [REF])
    assert await other.get("fake", REF, tmp_path / "there")
    await other.drop("fake", [REF])
    with pytest.raises(FileGone):
        await other.fetch("fake", PHOTO, tmp_path)


async def test_a_sweep_leaves_what_is_young_or_held(url: str, tmp_path: Path) -> None:
    spooled(tmp_path / "one", b"mine")
    one, other = shelf(url, tmp_path / "one"), shelf(url, tmp_path / "other")
    await kept(one)
    await other.sweep(60, ())
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("UPDATE files SET at = at - 61")
    await other.sweep(60, [REF])
    assert await other.get("fake", REF, tmp_path / "there")
    await other.sweep(60, ())
    assert not await other.get("fake", REF, tmp_path / "there")


async def test_a_large_file_needs_a_folder_that_all_share(url: str, tmp_path: Path) -> None:
    with spooled(tmp_path / "one", b"").open("r+b") as file:
        file.truncate(MOST + 1)
    large = Attachment(REF, "film.mp4", "video/mp4", MOST + 1)
    await kept(shelf(url, tmp_path / "one"))
    with pytest.raises(TooLarge):
        await shelf(url, tmp_path / "other").fetch("fake", large, tmp_path)
    share = tmp_path / "share"
    await kept(shelf(url, tmp_path / "one", share))
    other = shelf(url, tmp_path / "other", share)
    assert (await other.fetch("fake", large, tmp_path)).stat().st_size == MOST + 1
    await other.drop("fake", [REF])
    with pytest.raises(FileGone):
        await other.fetch("fake", large, tmp_path)


async def test_what_this_machine_cannot_read_is_not_waited_for_for_ever(
    url: str, tmp_path: Path
) -> None:
    spooled(tmp_path / "one", b"").unlink()
    (tmp_path / "one" / "fake" / "spool" / "7-1.jpg").mkdir()
    async with asyncio.timeout(60):
        await kept(shelf(url, tmp_path / "one"))
    with pytest.raises(FileGone):
        await shelf(url, tmp_path / "other").fetch("fake", PHOTO, tmp_path)


async def test_a_database_that_is_away_is_waited_for(url: str, tmp_path: Path) -> None:
    spooled(tmp_path / "one", b"mine")
    with TemporaryDirectory(dir="/tmp") as short, cutting(url, Path(short)) as line:
        line.down()
        keeping = asyncio.create_task(kept(shelf(line.address, tmp_path / "one")))
        await until(lambda: line.refused > TRIES)
        assert not keeping.done()
        line.up()
        await keeping
    assert await shelf(url, tmp_path / "other").get("fake", REF, tmp_path / "there")
