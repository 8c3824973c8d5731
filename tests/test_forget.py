"""After /forget nothing of a person is left: no row, no file, no trace in the database's pages."""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.media import Occupied
from core.messages import Attachment, Command, Document
from core.runtime.engine.copies import whole
from tests.fakes import CHAT, FakeAdapter
from tests.outgoing import outgoing
from tests.process import until
from tests.test_walk import said
from tests.test_walk_telegram import There, telegram_bot
from tests.world import World, photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

WHO, OTHER = 4_242_424_242, 5_151_515_151
WORDS = "a 2-second video of my grandmother Wilhelmina"


def traces(folder: Path, *of: str) -> list[str]:
    """Files that hold one of these texts, in their names or their bytes."""
    return list(_traces(folder, of))


def _traces(folder: Path, of: tuple[str, ...]) -> Iterator[str]:
    for file in folder.rglob("*"):
        kept = file.read_bytes() if file.is_file() else b""
        yield from (
            f"{word} in {file.name}" for word in of if word.encode() in kept or word in file.name
        )


async def forgotten(there: There, user: int) -> None:
    there.telegram.user_sends("/forget", user=user)
    await there.reads("Shall I delete everything", chat_id=user)
    there.telegram.presses(
        there.telegram.last_id(user), "🗑 Yes, delete everything", chat=user, user=user
    )
    await there.reads("🗑 Done. Everything", chat_id=user)


async def test_after_forget_no_file_and_no_page_of_the_database_knows_the_person(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends(WORDS, photo=photo(), user=WHO)
        await there.video(chat_id=WHO)
        there.telegram.user_sends("add the title Wilhelmina", user=WHO)
        await there.reads('Title "Wilhelmina" added', chat_id=WHO)
        there.telegram.user_sends(photo=photo(1), user=WHO)
        await there.reads("What shall I make of it?", chat_id=WHO)
        named = [f'{file}"' for file in there.telegram.world.files if traces(tmp_path, f'{file}"')]
        mine = (str(WHO), "Wilhelmina", *named)
        assert len(named) >= 2, "the photo of the video, and the one that waits"
        there.telegram.user_sends("a 2-second video of a lake", photo=photo(), user=OTHER)
        await there.video(chat_id=OTHER)
        assert all(traces(tmp_path, word) for word in mine), "there was something to forget"
        await forgotten(there, WHO)
        await until(lambda: traces(tmp_path, *mine) == [])
        assert traces(tmp_path, str(OTHER)), "of the other all is there"
        there.telegram.user_sends("/history", user=OTHER)
        await there.reads("Your last videos", chat_id=OTHER)


async def test_a_step_that_runs_while_its_user_is_forgotten_writes_nothing_back(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:0.8")
        await here.adapter.says(WORDS, photo(), user="wilhelm-1")
        await here.adapter.until(
            lambda _: any("words" in call.facts for call in here.standin.asked("turn"))
        )
        await here.adapter.says("yes", user="wilhelm-1", command=Command.FORGET)
        await said(here, "🗑 Done.")
        shown = len(here.adapter.shown)
        await asyncio.sleep(1.2)  # the turn ends meanwhile, and has words and a project to store
        assert len(here.adapter.shown) == shown
        assert rows(tmp_path) == {"jobs": 0, "chats": 0, "accounts": 0, "outbox": 0, "posted": 0}
        await until(lambda: traces(tmp_path, "wilhelm-1", "Wilhelmina") == [])
        assert list((tmp_path / "work").iterdir()) == []


async def test_what_was_posted_in_private_beside_any_request_is_forgotten_as_well(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, FILES_PER_REQUEST="1") as here:
        await here.adapter.says("", photo(), photo(1), user="wilhelm-1")
        await said(here, "📎 A video is made of one file here")
        await until(lambda: rows(tmp_path)["posted"] > 0)
        await here.adapter.says("yes", user="wilhelm-1", command=Command.FORGET)
        await said(here, "🗑 Done.")
        await until(lambda: rows(tmp_path)["outbox"] == 0)
        assert rows(tmp_path)["posted"] == 0


def rows(folder: Path) -> dict[str, int]:
    tables = ("jobs", "chats", "accounts", "outbox", "posted")
    with sqlite3.connect(folder / "bot.sqlite") as db:
        found = {
            table: db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables
        }
    db.close()
    return found


async def gone(*files: Path) -> None:
    """Wait until all of them are."""
    await until(lambda: not any(file.exists() for file in files))


def spooled(folder: Path, name: str) -> Attachment:
    """A file that an adapter has saved for a command."""
    path = folder / CHAT.platform / "spool" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photo())
    return Attachment(f"spool:{name}", name, bytes=100)


async def kept(here: World, folder: Path, name: str, user: str) -> Path:
    """A saved photo that waits for its words."""
    file = spooled(folder, name)
    await here.adapter.tells((file,), user=user)
    ask = "What shall I make of it?"
    await here.adapter.until(
        lambda it: any(ask in seen.text and seen.outbound.user == user for seen in it.shown)
    )
    return folder / CHAT.platform / "spool" / name


async def test_saved_photos_of_a_forgotten_user_go_and_those_of_others_stay(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        mine = await kept(here, tmp_path, "7-1-mine.jpg", "user-1")
        theirs = await kept(here, tmp_path, "8-1-theirs.jpg", "user-2")
        await here.adapter.says("yes", user="user-1", command=Command.FORGET)
        await said(here, "🗑 Done.")
        assert not mine.exists()
        assert theirs.exists()
        assert traces(tmp_path, "7-1-mine") == []


async def test_files_that_a_kill_left_behind_after_forget_go_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        mine = await kept(here, tmp_path, "7-1-mine.jpg", "user-1")
        mine.rename(tmp_path / "aside")
        await here.adapter.says("yes", user="user-1", command=Command.FORGET)
        await said(here, "🗑 Done.")
    with sqlite3.connect(
        tmp_path / "bot.sqlite"
    ) as db:  # as if killed between the write and the files
        note = '{"platform": "fake", "jobs": [7], "refs": ["spool:7-1-mine.jpg"]}'
        db.execute("INSERT INTO meta VALUES ('litter:x', ?)", (note,))
    db.close()
    (tmp_path / "aside").rename(mine)
    copy = tmp_path / "work" / "7-1.jpg"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(b"x")
    async with world(tmp_path) as here:
        await gone(mine, copy)
        await until(lambda: traces(tmp_path, "7-1-mine") == [])


async def test_the_sweep_takes_old_files_that_nobody_names_and_no_other(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        waiting = await kept(here, tmp_path, "7-1-waiting.jpg", "user-1")
        orphan, fresh = (
            tmp_path / "fake/spool/9-1-orphan.jpg",
            tmp_path / "fake/spool/9-2-fresh.jpg",
        )
        copy, half = tmp_path / "work/99-1.jpg", tmp_path / "work/out-5.mp4"
        for path in (orphan, fresh, copy, half):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x")
        yesterday = time.time() - 25 * 3600
        for path in (waiting, orphan, copy, half):
            os.utime(path, (yesterday, yesterday))
    async with world(tmp_path) as here:  # it sweeps when it starts
        await gone(orphan, copy, half)
        assert [path.exists() for path in (waiting, fresh)] == [True, True]


class KeepingAdapter(FakeAdapter):
    """A platform whose adapter keeps chats by itself; its disk may be away."""

    def __init__(self) -> None:
        super().__init__()
        self.forgotten: list[str] = []
        self.away = 1

    async def copy(self, user: str) -> dict[str, list[dict[str, object]]]:
        if self.away:
            self.away -= 1
            raise OSError(5, "no disk")
        return {"chats_of_ours": [{"said": f"hello to {user}"}]}

    async def forget(self, user: str, until: float) -> None:
        if self.away:
            self.away -= 1
            raise OSError(5, "no disk")
        assert until > 0
        self.forgotten.append(user)


async def test_an_adapter_that_keeps_chats_is_told_whom_to_forget_until_it_has(
    tmp_path: Path,
) -> None:
    adapter = KeepingAdapter()
    async with world(tmp_path, adapter):
        await adapter.says("yes", user="user-1", command=Command.FORGET)
        assert adapter.forgotten == []
        assert traces(tmp_path, "user-1"), "it is known whom to forget"
        await adapter.says("yes", user="user-2", command=Command.FORGET)
        assert set(adapter.forgotten) == {"user-1", "user-2"}, "told until it has, so perhaps twice"
        await until(lambda: traces(tmp_path, "user-1", "user-2") == [])


async def test_the_copy_holds_what_an_adapter_keeps_and_waits_until_it_can_tell() -> None:
    adapter = KeepingAdapter()
    message = outgoing(CHAT, "All about you.", Document('{"jobs": []}'), user="user-1")
    with pytest.raises(Occupied):
        await whole(adapter, message)
    copy = json.loads((await whole(adapter, message)).document)
    assert copy == {"jobs": [], "chats_of_ours": [{"said": "hello to user-1"}]}
    assert await whole(FakeAdapter(), message) == message
