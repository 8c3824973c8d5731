"""Before an update changes the database a copy is kept, for a week at most, and not beyond the wish
of anybody to be forgotten."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from core.domain.conversation import Chat, Decision
from core.domain.spans import DAY
from core.messages import Address, Command
from core.store.sqlite import SqliteStore, updating
from tests import messages
from tests.test_store_files import NOW, SCHEMAS, earlier, newest, version


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "bot.sqlite"
    earlier(SCHEMAS / "0018.sql", found)
    return found


def jobs(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT COUNT(*) FROM jobs").fetchone()[0])


async def test_the_database_is_kept_as_it_was_before_an_update_for_a_week(path: Path) -> None:
    before, copy = jobs(path), updating.place(path)
    copy.write_text("of the update before")
    store = await SqliteStore.open(path, NOW)
    assert (version(path), version(copy), jobs(copy)) == (newest(), 18, before)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    await store.sweep(NOW + 7 * DAY)
    assert copy.exists()
    await store.sweep(NOW + 7 * DAY + 1)
    assert not copy.exists()
    await store.close()
    await (await SqliteStore.open(path, NOW)).close()
    assert not copy.exists(), "where nothing is changed nothing is kept"


async def test_it_goes_as_soon_as_anybody_is_forgotten_also_after_a_kill(path: Path) -> None:
    store, copy = await SqliteStore.open(path, NOW), updating.place(path)
    half = copy.with_name(f"{copy.name}.part")
    half.write_text("half of one")
    here = Address("fake", "chat-1")
    file = messages.said("m", "user-4", here, "hello")
    await store.take_in(file, lambda known: Decision(known.chat), NOW)
    for litter in await store.litter():
        await store.cleared(litter)
    assert copy.exists()
    forget = messages.called("f", "user-1", here, Command.FORGET, "yes")
    await store.take_in(forget, lambda known: Decision(Chat("user-1", here), erase=True), NOW)
    await store.close()
    store = await SqliteStore.open(path, NOW)  # killed before it was deleted
    (litter,) = await store.litter()
    await store.cleared(litter)
    assert not copy.exists()
    assert not half.exists()
    assert await store.litter() == ()
    await store.close()


async def test_a_copy_that_cannot_be_deleted_is_tried_again(path: Path) -> None:
    store, copy = await SqliteStore.open(path, NOW), updating.place(path)
    copy.unlink()
    copy.mkdir()  # no file can be deleted there
    here = Address("fake", "chat-1")
    forget = messages.called("f", "user-1", here, Command.FORGET, "yes")
    await store.take_in(forget, lambda known: Decision(Chat("user-1", here), erase=True), NOW)
    (litter,) = await store.litter()
    await store.cleared(litter)
    assert await store.litter() == (litter,)
    copy.rmdir()
    await store.cleared(litter)
    assert await store.litter() == ()
    await store.close()


async def test_an_update_waits_for_no_copy(path: Path) -> None:
    copy = updating.place(path)
    updating.keep(path, 18, NOW, free=lambda folder: updating.ROOM)
    assert not copy.exists()
    copy.mkdir()
    await (await SqliteStore.open(path, NOW)).close()
    assert version(path) == newest()


async def test_a_new_database_is_not_copied(tmp_path: Path) -> None:
    await (await SqliteStore.open(tmp_path / "new.sqlite", NOW)).close()
    assert not updating.place(tmp_path / "new.sqlite").exists()
