"""Everything from SQLite to Postgres and back: all rows, the numbers behind them, and nothing where
something stands in the way."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core.store import StoreBroken, moving
from core.store.moving import Moved, NotMoved
from core.store.postgres import PostgresStore
from core.store.postgres import moving as servers
from core.store.sqlite import SqliteStore, StoreBusy, back_up, restore
from core.store.sqlite import moving as files
from tests.servers import postgres
from tests.test_store_files import SCHEMAS, earlier

LEASE = 5.0
DERIVED = {"jobs": {"waits"}, "outbox": {"first", "ready_at"}}
"""What is found out anew wherever it is needed."""
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database of an earlier time, brought up to date; a row in every table."""
    path = tmp_path / "bot.sqlite"
    earlier(SCHEMAS / "0024.sql", path)
    await (await SqliteStore.open(path)).close()
    with closing(sqlite3.connect(path)) as db:
        for (table,) in db.execute(files.TABLES).fetchall():
            empty = not db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            if empty and table not in moving.SUMS:
                kinds = [row[2] for row in db.execute(f"PRAGMA table_info({table})")]
                values = [{"TEXT": "ü'\"%s ?", "REAL": 1.25}.get(kind, 3) for kind in kinds]
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(kinds))})", values)
        db.execute("UPDATE jobs SET claimed = 1, claims = 0 WHERE state = 'open'")
        db.execute("UPDATE outbox SET claimed = 1, claims = 0")
        db.execute("UPDATE sqlite_sequence SET seq = seq + 5")  # those with higher ones are erased
        db.commit()
    return path


def told(text: str) -> str:
    return text


def to_server(path: Path, url: str, **more: Any) -> Moved:
    with files.source_of_move(path) as one, servers.target_of_move(url, LEASE) as other:
        return moving.move(one, other, told, **more)


def to_file(url: str, path: Path) -> Moved:
    with servers.source_of_move(url, LEASE) as one, files.target_of_move(path) as other:
        return moving.move(one, other, told)


def all_of(path: Path) -> Rows:
    """Every row of every table, sorted, without what is found out anew."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        names = [name for (name,) in db.execute(files.TABLES)]
        return {
            name: sorted(
                (
                    {key: value for key, value in row.items() if key not in DERIVED.get(name, ())}
                    for row in map(dict, db.execute(f"SELECT * FROM {name}"))
                ),
                key=repr,
            )
            for name in names
        }


def in_use(rows: Rows) -> Rows:
    """The same after a move: what was under way looks before it acts."""
    for row in rows["jobs"] + rows["outbox"]:
        row["claimed"] = 0
        row["claims"] = max(row["claims"], 1 if row.get("state", "open") == "open" else 0)
    return rows


async def test_everything_arrives_there_and_back(path: Path, url: str, tmp_path: Path) -> None:
    before, back = all_of(path), tmp_path / "back" / "bot.sqlite"
    moved = to_server(path, url)
    assert to_file(url, back) == moved
    assert all_of(back) == in_use(before)
    copied = (found for name, found in before.items() if name not in moving.SUMS)
    assert moved.rows == sum(map(len, copied))
    assert all(before.values()), "something of each kind was there"
    assert moved.open_jobs > 0
    assert moved.owed == len(before["outbox"])
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(back)) as new:
        numbers = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
        assert new.execute(numbers).fetchall() == old.execute(numbers).fetchall()


async def test_the_next_request_there_has_a_new_number(path: Path, url: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        (last,) = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'").fetchone()
    to_server(path, url)
    with psycopg.connect(url) as db:
        row = db.execute("SELECT nextval(pg_get_serial_sequence('jobs', 'id'))").fetchone()
    assert row == (last + 1,)


async def test_no_bot_runs_on_what_was_moved_until_a_copy_of_it_is_put_back(
    path: Path, url: str, tmp_path: Path
) -> None:
    to_server(path, url)
    with pytest.raises(StoreBroken, match="all of it was moved to postgresql://"):
        await SqliteStore.open(path)
    with (
        pytest.raises(NotMoved, match="is out of use"),
        files.source_of_move(path) as one,
        files.target_of_move(tmp_path / "third") as other,
    ):
        moving.move(one, other, told)
    assert not (tmp_path / "third").exists()
    back_up(path, tmp_path / "copy")
    restore(tmp_path / "copy", path)
    await (await SqliteStore.open(path)).close()
    to_file(url, tmp_path / "back")
    with pytest.raises(StoreBroken, match=f"all of it was moved to sqlite:///{tmp_path}/back"):
        await PostgresStore.open(url)


def spoiled(side: servers.ServerSide) -> servers.ServerSide:
    """Its transaction fails at the very end."""
    side.raw.execute(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'gone'; END $$"
    )
    side.raw.execute(
        "CREATE CONSTRAINT TRIGGER no AFTER INSERT ON jobs"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()"
    )
    return side


async def test_a_move_that_broke_off_at_its_last_moment_is_done_again(path: Path, url: str) -> None:
    with (
        pytest.raises(StoreBroken, match="gone"),
        files.source_of_move(path) as one,
        servers.target_of_move(url, LEASE) as other,
    ):
        moving.move(one, spoiled(other), told)
    with pytest.raises(StoreBroken, match="moved to"):
        await SqliteStore.open(path)
    assert to_server(path, url).open_jobs > 0


def occupied(path: Path, url: str) -> None:
    with psycopg.connect(url) as db:
        db.execute("INSERT INTO seen (id, at) VALUES ('x', 1)")


def alive(path: Path, url: str) -> None:
    with psycopg.connect(url) as db:
        db.execute("INSERT INTO workers (role, host) VALUES ('all', 'here')")


def newer(path: Path, url: str) -> None:
    with psycopg.connect(url) as db:
        db.execute("INSERT INTO migrations VALUES (999, 999)")


def old(path: Path, url: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 22")


def different(path: Path, url: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE more (id INTEGER)")


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        (occupied, "is not empty, and nothing was moved"),
        (alive, r"A bot runs on postgresql://.+ \(processes: 1\)"),
        (newer, "made by a newer version"),
        (old, "of another version"),
        (different, "not of the same version"),
    ],
)
async def test_what_stands_in_the_way_is_one_sentence_and_changes_nothing(
    path: Path, url: str, planted: Callable[[Path, str], None], words: str
) -> None:
    planted(path, url)
    before = all_of(path)
    with pytest.raises((NotMoved, StoreBroken), match=words):
        to_server(path, url)
    assert all_of(path) == before
    with psycopg.connect(url) as db:
        assert db.execute("SELECT COUNT(*) FROM jobs").fetchone() == (0,)


async def test_nobody_moves_what_a_bot_runs_on_or_what_is_not_there(
    path: Path, url: str, tmp_path: Path
) -> None:
    store = await SqliteStore.open(path)
    with pytest.raises(StoreBusy):
        to_server(path, url)
    await store.close()
    with pytest.raises(NotMoved, match="There is no database"):
        to_server(tmp_path / "nowhere.sqlite", url)
    with pytest.raises(StoreBroken, match="cannot be read"):
        to_server(path, "postgresql://%zz")
    assert not (tmp_path / "nowhere.sqlite").exists()
