"""The database as a file: earlier schemas, damage, trouble while writing, copies, a clock that was
set back."""

import asyncio
import json
import os
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from core.domain.limits.capacity import BOUNDLESS
from core.domain.requests import Step
from core.messages import (
    Address,
    Button,
    Card,
    Command,
    Document,
    Form,
    Outbound,
    Recipient,
    Single,
    Span,
    Status,
    Style,
    Subject,
    Ticket,
    Toast,
    Video,
    Words,
)
from core.store import StoreBroken
from core.store.database import Database
from core.store.sqlite import CopyFailed, SqliteStore, StoreBusy, back_up, files, restore
from core.store.sqlite.connection import Connection
from core.store.sqlite.owners import is_root
from core.store.statements.versions import LARGE
from core.store.writer import AT_ONCE, BATCH, Writer
from tests.outgoing import outgoing

SCHEMAS = Path(__file__).parent / "schemas"
HERE = Address("fake", "chat-1")
NOW = 1_800_000_000.0
SOMEBODY = 65_533
Change = Callable[[sqlite3.Connection], None]


def earlier(schema: Path, path: Path) -> None:
    """A database as an earlier version has left it, with a job, words and photos under way."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(schema.read_text(encoding="utf-8"))
        db.execute(f"PRAGMA user_version = {int(schema.stem)}")


def newest() -> int:
    return max(int(file.name[:4]) for file in files.MIGRATIONS.glob("[0-9]*.sql"))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite"


@asynccontextmanager
async def opened(path: Path, now: float | None = None) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(path, now)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def writing(path: Path) -> AsyncIterator[tuple[Writer, sqlite3.Connection]]:
    """A writer on a database of its own, and the connection that it writes on."""
    connection = files.opened(path)
    connection.execute("CREATE TABLE lines (line)")
    line = await Connection.to(lambda: connection)
    writer = Writer(line)
    try:
        yield writer, connection
    finally:
        await writer.close()


async def words(path: Path, *said: str) -> None:
    """A database that owes these words."""
    async with opened(path) as store:
        for text in said:
            await store.post(outgoing(HERE, text), NOW)


async def owed(path: Path) -> list[str]:
    found = []
    async with opened(path) as store:
        while post := await store.claim_post(NOW):
            found.append(post.message.text)
            await store.drop(post)
    return found


# Earlier schemas


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("*.sql")), ids=lambda file: file.stem)
async def test_a_database_of_an_earlier_version_goes_on_where_it_was(
    schema: Path, path: Path
) -> None:
    earlier(schema, path)
    async with opened(path) as store:
        found = await store.claim_some(NOW, BOUNDLESS, 99)
        greeting, status = await store.claim_post(NOW), await store.claim_post(NOW)
    claimed = next(each for each in found if each.job.step is Step.POLL)
    assert claimed.job.bundle.files[0].name == "photo-1.jpg"
    assert claimed.account.token
    assert greeting is not None
    assert greeting.message.text.startswith("Share your still images")
    assert status is not None
    assert status.edit, "the message that is to be edited is still known"
    assert version(path) == newest()


async def test_a_large_draft_of_an_earlier_version_is_kept_apart_and_there(path: Path) -> None:
    earlier(SCHEMAS / "0005.sql", path)
    before = '{"t":[' + " " * LARGE + "]}"
    with closing(sqlite3.connect(path)) as db:
        for name in ("before", "draft"):
            db.execute("UPDATE jobs SET body = json_set(body, ?, ?)", (f"$.facts.{name}", before))
        db.commit()
    async with opened(path) as store:
        claimed = await store.claim(NOW)
    assert claimed is not None
    progress = claimed.job.progress
    assert (progress.snapshot.draft, progress.export.draft) == (before, before)
    with closing(sqlite3.connect(path)) as db:
        (largest, many) = db.execute("SELECT MAX(length(body)), COUNT(*) FROM jobs").fetchone()
        kept = dict(db.execute("SELECT name, COUNT(*) FROM drafts GROUP BY name"))
        (running,) = db.execute("SELECT COUNT(*) FROM jobs WHERE state = 'open'").fetchone()
    assert largest < LARGE
    assert kept == {"snapshot": many, "export": running}


@pytest.mark.parametrize(("confirmed", "past"), [(False, 1), (True, 0)])
async def test_who_waits_for_a_yes_in_an_earlier_version_lets_others_past(
    path: Path, confirmed: bool, past: int
) -> None:
    earlier(SCHEMAS / "0007.sql", path)
    price = json.dumps({"asked": True, "confirmed": confirmed})
    with closing(sqlite3.connect(path)) as db:
        body = "json_set(body, '$.progress.price', json(?))"
        db.execute(f"UPDATE jobs SET step = 'price', body = {body} WHERE state = 'open'", (price,))
        db.commit()
    async with opened(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        found = {row[0] for row in db.execute("SELECT lets_past FROM jobs WHERE state = 'open'")}
    assert found == {past}


async def test_what_an_earlier_version_owed_comes_with_its_file(path: Path) -> None:
    earlier(SCHEMAS / "0008.sql", path)
    owed = (
        ("Here it is!", {"video": {"url": "https://x.example/v.mp4", "form": "link", "bytes": 0}}),
        ("All of it", {"video": None, "document": '{"jobs": []}'}),
        ("hello", {"video": None, "document": ""}),
    )
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM outbox")
        for words, media in owed:
            body = {"address": {"platform": "fake", "chat": "9"}, "text": words, **media}
            db.execute(
                "INSERT INTO outbox (platform, chat, thread, slot, user, body, due, created)"
                " VALUES ('fake', '9', '', '', 'u', ?, 0, 0)",
                (json.dumps(body),),
            )
        db.commit()
    found = []
    async with opened(path) as store:
        while post := await store.claim_post(NOW):
            found.append((post.message.text, post.message.media))
            await store.drop(post)
    assert found == [
        ("Here it is!", Video("https://x.example/v.mp4", form=Form.LINK)),
        ("All of it", Document('{"jobs": []}')),
        ("hello", None),
    ]


async def test_what_an_earlier_version_owed_comes_to_whom_and_as_it_should(path: Path) -> None:
    place = {"platform": "fake", "chat": "9", "thread": ""}
    there, ticket = Address("fake", "9"), {"value": "v", "expires": 9.0, "secret": "sealed"}
    card = {"phase": "Creating", "stages": ["a", "b"], "reached": 1}
    opened_by = Ticket("v", 9.0, "sealed")
    cases: list[tuple[dict[str, object], Outbound]] = [
        ({}, Outbound(Recipient(there), Words("hi"))),
        (
            {"silent": True, "slot": "", "toast": False, "job": None, "card": None},
            Outbound(Recipient(there), Words("hi"), manner=Single(silent=True)),
        ),
        (
            {"slot": "job-7", "silent": True, "working": True, "card": card, "job": 7},
            Outbound(
                Recipient(there), Words("hi"), about=Subject(7),
                manner=Status("job-7", working=True, card=Card("Creating", ("a", "b"), 1)),
            ),
        ),
        (
            {"slot": "slowly-1", "silent": False, "working": False, "card": None},
            Outbound(Recipient(there), Words("hi"), manner=Status("slowly-1", silent=False)),
        ),
        (
            {"toast": True, "discreet": True, "ticket": ticket, "user": "u"},
            Outbound(
                Recipient(there, "u", ticket=opened_by, discreet=True), Words("hi"), manner=Toast()
            ),
        ),
        (
            {"reply_to": "m1", "language": "de", "user": "u", "job": 7, "last": True},
            Outbound(
                Recipient(there, "u", "de", reply_to="m1"), Words("hi"), about=Subject(7, last=True)
            ),
        ),
    ]  # fmt: skip
    earlier(SCHEMAS / "0010.sql", path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM outbox")
        for known, _ in cases:
            db.execute(
                "INSERT INTO outbox (platform, chat, thread, slot, user, body, due, created)"
                " VALUES ('fake', '9', '', '', 'u', ?, 0, 0)",
                (json.dumps({"address": place, "text": "hi", "media": None} | known),),
            )
        db.commit()
    found = []
    async with opened(path) as store:
        while post := await store.claim_post(NOW):
            found.append(post.message)
            await store.drop(post)
    assert found == [message for _, message in cases]


async def test_what_an_earlier_version_owed_says_what_it_said(path: Path) -> None:
    button = {"label": "Go", "command": "video", "job": 7, "text": "s0", "url": ""}
    opens = {"label": "Open", "command": None, "job": None, "text": "", "url": "https://x.example"}
    rows = ((Button("Go", Command.VIDEO, 7, "s0"),), (Button("Open", url="https://x.example"),))
    cases: list[tuple[dict[str, object], Words]] = [
        ({"text": "hi"}, Words("hi")),
        ({"text": "", "buttons": [], "again": True, "spans": []}, Words("")),
        (
            {"text": "a word", "spans": [{"start": 2, "stop": 6, "style": "bold"}]},
            Words("a word", spans=(Span(2, 6, Style.BOLD),)),
        ),
        ({"text": "Which?", "buttons": [[button], [opens]]}, Words("Which?", rows)),
    ]
    earlier(SCHEMAS / "0011.sql", path)
    address = {"platform": "fake", "chat": "9", "thread": ""}
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM outbox")
        for known, _ in cases:
            body = {"to": {"address": address}, "manner": {"silent": False}, "about": None}
            db.execute(
                "INSERT INTO outbox (platform, chat, thread, slot, user, body, due, created)"
                " VALUES ('fake', '9', '', '', 'u', ?, 0, 0)",
                (json.dumps(body | known),),
            )
        db.commit()
    found = []
    async with opened(path) as store:
        while post := await store.claim_post(NOW):
            found.append(post.message)
            await store.drop(post)
    to = Recipient(Address("fake", "9"))
    assert found == [Outbound(to, said) for _, said in cases]
    with closing(sqlite3.connect(path)) as db:
        assert not db.execute("SELECT body FROM outbox").fetchall()


async def test_a_request_that_was_being_settled_goes_on_with_the_look_at_what_came_of_it(
    path: Path,
) -> None:
    earlier(SCHEMAS / "0012.sql", path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE jobs SET step = 'settle', body = json_set(body, '$.step', 'settle')")
        db.commit()
    async with opened(path) as store:
        claimed = await store.claim(NOW)
    assert claimed is not None
    assert claimed.job.step is Step.CHECK


async def test_what_is_counted_and_held_in_an_earlier_version_stands_beside_it(path: Path) -> None:
    earlier(SCHEMAS / "0013.sql", path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE chats SET body = json_remove(body, '$.kept') WHERE user = 'user-1'")
        db.commit()
    async with opened(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        jobs = db.execute("SELECT body, sent, spent FROM jobs").fetchall()
        chats = db.execute("SELECT body, holds FROM chats").fetchall()
    assert len({spent for _, _, spent in jobs}) > 1
    for body, sent, spent in jobs:
        progress = json.loads(body)["progress"]
        assert (bool(sent), spent) == (
            bool(progress["turn"]["snapshot"]),
            progress["price"]["spent"],
        )
    assert {sent for _, sent, _ in jobs} == {0, 1}
    assert {holds for _, holds in chats} == {0, 1}
    for body, holds in chats:
        chat = json.loads(body)
        assert bool(holds) == bool(chat.get("kept") or chat["wish"])


async def test_who_waits_behind_another_in_an_earlier_version_does_so_still(path: Path) -> None:
    earlier(SCHEMAS / "0013.sql", path)
    columns = "lock, user, platform, chat, thread, plan, space, state, due, notified_at, created"
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            f"INSERT INTO jobs ({columns}, step, body, bundle)"
            f" SELECT {columns}, 'connect', body, bundle FROM jobs"
            " WHERE state = 'open' AND step = 'poll' LIMIT 1"
        )
        db.executescript((files.MIGRATIONS / "0014_ready.sql").read_text(encoding="utf-8"))
        waits = [waits for (waits,) in db.execute("SELECT waits FROM jobs ORDER BY id")]
    assert waits == [*[0] * (len(waits) - 1), 1]


async def test_what_an_earlier_version_kept_in_bodies_alone_stands_beside_them(path: Path) -> None:
    earlier(SCHEMAS / "0022.sql", path)
    told = {"private": False, "language": "de", "news": False, "away": True}
    progress = {"connection": {"payer": "operator"}, "wish": {"reel": 7}}
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM chats WHERE user NOT IN ('user-1', 'user-4')")
        db.execute("UPDATE chats SET body = ? WHERE user = 'user-4'", (json.dumps(told),))
        db.execute("DELETE FROM jobs WHERE id NOT IN (1, 3)")
        failed = json.dumps({"progress": progress, "why": "upload"})
        db.execute("UPDATE jobs SET state = 'failed', body = ? WHERE id = 3", (failed,))
        db.commit()
        files.migrate(db)
        chats = "SELECT private, language, news, away FROM chats ORDER BY user"
        jobs = "SELECT payer, why, reel FROM jobs ORDER BY id"
        assert db.execute(chats).fetchall() == [(1, "", 1, 0), (0, "de", 0, 1)]
        assert db.execute(jobs).fetchall() == [("anonymous", "", 0), ("operator", "upload", 7)]


def test_every_schema_but_the_newest_has_a_copy_to_come_from() -> None:
    assert {int(file.stem) for file in SCHEMAS.glob("*.sql")} >= set(range(1, newest()))


def test_every_migration_has_a_number_of_its_own() -> None:
    numbers = [int(file.name[:4]) for file in sorted(files.MIGRATIONS.glob("[0-9]*.sql"))]
    assert numbers == [*range(1, len(numbers) + 1)]


async def test_a_migration_that_fails_changes_nothing(path: Path, tmp_path: Path) -> None:
    await words(path, "kept")
    shutil.copytree(
        files.MIGRATIONS, tmp_path / "next", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    (tmp_path / "next" / "9001_half.sql").write_text(
        "CREATE TABLE half (a); DROP TABLE outbox; CREATE TABLE half (a);"
    )
    with closing(files.opened(path)) as connection, pytest.raises(sqlite3.Error):
        files.migrate(connection, tmp_path / "next")
    assert version(path) == newest()
    assert await owed(path) == ["kept"]


async def test_a_database_of_a_newer_version_is_left_alone(path: Path) -> None:
    await words(path, "kept")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 9001")
    with pytest.raises(StoreBroken, match="newer version of the bot"):
        await SqliteStore.open(path)
    assert version(path) == 9001


# Damage


async def test_a_damaged_file_is_noticed_at_the_start_and_left_as_it_is(path: Path) -> None:
    await words(path, *(f"{number} " * 9000 for number in range(10)))
    damaged = bytearray(path.read_bytes())
    damaged[-16384:] = (
        bytes(range(256)) * 64
    )  # in the middle of long words, which nothing reads at a start
    path.write_bytes(damaged)
    with pytest.raises(StoreBroken, match=r"bot\.sqlite"):
        await SqliteStore.open(path)
    assert path.read_bytes() == damaged


async def test_nobody_else_reads_what_people_said(path: Path) -> None:
    await words(path, "private")
    assert path.stat().st_mode & 0o077 == 0


# Trouble while writing


def add(connection: Database) -> None:
    connection.execute("INSERT INTO lines VALUES (zeroblob(100000))")


def full(connection: Database) -> None:
    connection.execute("PRAGMA max_page_count = 3")


def not_full(connection: Database) -> None:
    connection.execute("PRAGMA max_page_count = 100000")


def only_read(connection: Database) -> None:
    connection.execute("PRAGMA query_only = ON")


def writable(connection: Database) -> None:
    connection.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize(("trouble", "mended"), [(full, not_full), (only_read, writable)])
async def test_what_cannot_be_written_waits_until_it_can(
    trouble: Change, mended: Change, path: Path
) -> None:
    async with writing(path) as (writer, connection):
        trouble(connection)
        waiting = [asyncio.create_task(writer.run(add)) for _ in range(3)]
        done, _ = await asyncio.wait(waiting, timeout=0.8)
        assert not done, "acknowledged, and not on disk"
        mended(connection)
        await asyncio.wait_for(asyncio.gather(*waiting), 300)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT COUNT(*) FROM lines").fetchone() == (3,)


async def test_a_lock_of_somebody_else_is_waited_for(path: Path) -> None:
    async with writing(path) as (writer, connection):
        connection.execute("PRAGMA busy_timeout = 50")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            waiting = asyncio.create_task(writer.run(add))
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
            other.execute("ROLLBACK")
        await asyncio.wait_for(waiting, 300)


async def test_closing_gives_up_at_once_what_still_cannot_be_written(path: Path) -> None:
    async with writing(path) as (writer, connection):
        only_read(connection)
        waiting = [asyncio.create_task(writer.run(add)) for _ in range(3)]
        await asyncio.wait(waiting, timeout=0.1)
        await asyncio.wait_for(asyncio.shield(writer.close()), 30)
    assert all(isinstance(task.exception(), sqlite3.Error) for task in waiting)


async def test_a_mistake_of_ours_is_not_tried_again(path: Path) -> None:
    async with writing(path) as (writer, _):
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await asyncio.wait_for(
                writer.run(lambda db: db.execute("INSERT INTO nowhere VALUES (1)")), 300
            )


@asynccontextmanager
async def busy(writer: Writer) -> AsyncIterator[None]:
    """While this lasts, the writer is at work on something else."""
    begun, free = threading.Event(), threading.Event()

    def work(_: Database) -> None:
        begun.set()
        free.wait()

    working = asyncio.create_task(writer.run(work))
    await asyncio.to_thread(begun.wait)
    try:
        yield
        await asyncio.sleep(0)  # what was asked for meanwhile stands in the queue
    finally:
        free.set()
        await working


def saying(said: list[str], name: str) -> Callable[[Database], None]:
    return lambda _: said.append(name)


async def test_what_people_say_is_written_before_what_can_wait(path: Path) -> None:
    said: list[str] = []
    async with writing(path) as (writer, _):
        async with busy(writer):
            waiting = [
                asyncio.create_task(writer.run(saying(said, name), urgent=urgent))
                for name, urgent in (("step", False), ("words", True), ("post", False))
            ]
        await asyncio.gather(*waiting)
    assert said == ["words", "step", "post"]


async def test_a_flood_of_words_does_not_stop_what_was_begun(path: Path) -> None:
    said: list[str] = []
    async with writing(path) as (writer, _):
        async with busy(writer):
            waiting = [
                asyncio.create_task(writer.run(saying(said, name), urgent=urgent))
                for name, urgent in [("words", True)] * 1_000 + [("step", False)]
            ]
        await asyncio.gather(*waiting)
    assert said.index("step") < BATCH


async def test_others_have_their_turn_while_the_results_of_a_batch_are_handed_over(
    path: Path,
) -> None:
    turns = 0
    came = Counter[int]()

    async def turning() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with writing(path) as (writer, _):

        async def asking() -> None:
            await writer.run(lambda db: None)
            came[turns] += 1

        other = asyncio.create_task(turning())
        await asyncio.gather(*(asking() for _ in range(3 * AT_ONCE)))
        other.cancel()
    assert came.total() == 3 * AT_ONCE
    assert max(came.values()) <= AT_ONCE


async def test_a_batch_is_one_transaction(path: Path) -> None:
    told: list[str] = []
    async with writing(path) as (writer, connection):
        connection.set_trace_callback(told.append)
        async with busy(writer):
            waiting = [asyncio.create_task(writer.run(add)) for _ in range(5)]
        await asyncio.gather(*waiting)
    assert [sql for sql in told if sql.startswith("BEGIN")] == ["BEGIN IMMEDIATE"] * 2


async def test_damage_that_shows_later_is_told_as_such(path: Path) -> None:
    def look(db: Database) -> None:
        db.execute("PRAGMA cache_size = 0")
        db.execute("SELECT SUM(LENGTH(line)) FROM lines WHERE line > 'a'").fetchall()

    async with writing(path) as (writer, connection):
        for _ in range(5):
            add(connection)
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
        with pytest.raises(StoreBroken):
            await asyncio.wait_for(writer.run(look), 300)


# Copies


async def test_a_copy_is_made_while_the_bot_runs_and_put_back_later(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "monday.sqlite"
    async with opened(path) as store:
        await store.post(outgoing(HERE, "before"), NOW)
        back_up(path, copy)
        await store.post(outgoing(HERE, "after"), NOW)
        with pytest.raises(StoreBusy):
            restore(copy, path)
    assert copy.stat().st_mode & 0o077 == 0
    aside = restore(copy, path)
    assert aside is not None
    assert await owed(path) == ["before"]
    assert await owed(aside) == ["before", "after"], "what was there is kept aside"
    assert copy.exists()


@pytest.mark.parametrize("today", [False, True])
async def test_what_was_under_way_in_a_copy_looks_before_it_acts(
    path: Path, tmp_path: Path, today: bool
) -> None:
    earlier(SCHEMAS / "0001.sql", tmp_path / "copy.sqlite")
    if today:
        async with opened(tmp_path / "copy.sqlite"):
            pass
    assert restore(tmp_path / "copy.sqlite", path) is None
    async with opened(path) as store:
        claimed, post = await store.claim(NOW), await store.claim_post(NOW)
    assert claimed is not None
    assert claimed.job.claims > 1, "a paid request would be sent once more"
    assert post is not None
    assert post.claims > 1, "a video would come once more, unmarked"


@pytest.mark.skipif(not is_root(), reason="nobody else can make a file of another user")
async def test_who_restores_as_root_leaves_every_file_to_its_user(
    path: Path, tmp_path: Path
) -> None:
    await words(path, "kept")
    for file in (tmp_path, *tmp_path.glob("bot.sqlite*")):
        os.chown(file, SOMEBODY, SOMEBODY + 1)
    path.chmod(0o640)
    back_up(path, tmp_path / "copy")
    restore(tmp_path / "copy", path)
    found = {file.name: file.stat() for file in tmp_path.glob("*")}
    assert {(seen.st_uid, seen.st_gid) for seen in found.values()} == {(SOMEBODY, SOMEBODY + 1)}
    assert oct(found[path.name].st_mode & 0o777) == "0o640"
    assert oct(found["copy"].st_mode & 0o777) == "0o600"
    path.unlink()
    restore(tmp_path / "copy", path)
    assert (path.stat().st_uid, oct(path.stat().st_mode & 0o777)) == (SOMEBODY, "0o600")


def _folder(place: Path) -> None:
    place.mkdir()


def _pipe(place: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize(
    ("name", "made"), [("bot.sqlite", _folder), ("bot.sqlite", _pipe), ("bot.sqlite.lock", _folder)]
)
async def test_what_stands_in_place_of_the_database_is_named(
    path: Path, name: str, made: Callable[[Path], None]
) -> None:
    made(path.with_name(name))
    with pytest.raises(StoreBroken, match=f"{name}: it is a folder"):
        await SqliteStore.open(path)
    for call in (
        lambda: back_up(path, path.with_name("copy")),
        lambda: restore(path.with_name(name), path),
    ):
        with pytest.raises((CopyFailed, StoreBroken)):
            call()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreBroken, match="file: a file stands where a folder is needed"):
        await SqliteStore.open(tmp_path / "file" / "bot.sqlite")
    with pytest.raises(StoreBroken, match="file: a file stands where a folder is needed"):
        restore(tmp_path / "none", tmp_path / "file" / "bot.sqlite")


async def test_nothing_is_overwritten_by_a_copy(path: Path, tmp_path: Path) -> None:
    await words(path, "kept")
    notes = tmp_path / "notes.txt"
    notes.write_text("my notes")
    with pytest.raises(CopyFailed, match="nothing was overwritten"):
        back_up(path, notes)
    with pytest.raises(CopyFailed, match="no database"):
        back_up(tmp_path / "nowhere.sqlite", tmp_path / "copy.sqlite")
    with pytest.raises(CopyFailed):
        restore(notes, path)
    assert notes.read_text() == "my notes"
    assert await owed(path) == ["kept"]
    assert {file.name for file in tmp_path.iterdir()} <= {
        "bot.sqlite",
        "bot.sqlite.lock",
        "notes.txt",
    }


# The clock


async def waiting_until(path: Path, due: float) -> None:
    """A database in which words wait until then, written at NOW."""
    async with opened(path, NOW) as store:
        await store.post(outgoing(HERE, "later"), NOW)
        post = await store.claim_post(NOW)
        assert post is not None
        await store.postpone(post, due)


async def test_what_waits_goes_on_waiting_as_long_when_the_clock_was_set_back(path: Path) -> None:
    await waiting_until(path, NOW + 30)
    day_before = NOW - 86_400
    async with opened(path, day_before) as store:
        assert await store.claim_post(day_before + 29) is None
        assert await store.claim_post(day_before + 31) is not None


async def test_a_clock_that_went_on_changes_nothing(path: Path) -> None:
    await waiting_until(path, NOW + 300)
    async with opened(path, NOW + 100) as store:
        assert await store.claim_post(NOW + 299) is None
        assert await store.claim_post(NOW + 300) is not None


async def test_traces_that_earlier_versions_left_go_with_the_newest_schema(path: Path) -> None:
    earlier(SCHEMAS / "0004.sql", path)
    async with opened(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        bodies = {
            number: json.loads(body) for number, body in db.execute("SELECT id, body FROM jobs")
        }
        bundles = dict(db.execute("SELECT id, bundle FROM jobs"))
        (wish,) = db.execute(
            "SELECT json_extract(body, '$.wish') FROM chats WHERE user = 'user-6'"
        ).fetchone()
        chats, accounts = (
            [user for (user,) in db.execute(f"SELECT user FROM {it}")]
            for it in ("chats", "accounts")
        )
        granted = db.execute("SELECT COUNT(*) FROM granted").fetchone()
    asked = {number: body["progress"]["wish"]["words"] for number, body in bodies.items()}
    assert (bodies[5]["secret"], asked[5]) == (None, ""), "tried, and refused"
    assert bodies[6]["secret"]["sealed"].startswith("gAAAA"), "still to be tried"
    assert asked[6] == ""
    assert (asked[7], wish) == ("***", "***")
    assert json.loads(bundles[7])["lines"][0]["text"] == '***\nplease "now"'
    export = bodies[8]["progress"]["export"]
    assert export["url"] == ""
    assert export["registration"] == "https://nemovideo.com/register?bind=anon_3d"
    assert 9 not in bodies, "nobody's, and over"
    assert 10 in bodies, "what runs comes to its end"
    assert [user for user in chats if user.startswith("-")] == []
    assert [user for user in accounts if user.startswith("-")] == ["-1000000000701"]
    assert granted == (1,), "the free token counts against those of the week all the same"
    assert b"nmv_usr_pasted" not in b"".join(
        file.read_bytes() for file in path.parent.glob("bot.sqlite*")
    )
