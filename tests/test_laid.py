"""A database that is laid down for a test is what a first start would have made there."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from core.store.sqlite import SqliteStore
from tests.laid import laid

OWN = ("id", "secret")
"""What each database has for itself."""


def content(path: Path) -> str:
    with closing(sqlite3.connect(path)) as db:
        kept = [line for line in db.iterdump() if not any(f"'{name}'," in line for name in OWN)]
        return "\n".join([*kept, str(db.execute("PRAGMA user_version").fetchone())])


def own(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        return {name: value for name, value in db.execute("SELECT * FROM meta") if name in OWN}


async def test_it_is_what_a_first_start_makes_with_a_secret_of_its_own(tmp_path: Path) -> None:
    fresh, one, other = (tmp_path / name for name in ("fresh", "one", "other"))
    for path in (fresh, laid(one), laid(other)):
        await (await SqliteStore.open(path)).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert content(one) == content(other) == content(fresh)
    found = [own(path) for path in (fresh, one, other)]
    for name in OWN:
        assert len({each[name] for each in found}) == 3, name
    assert {len(each["secret"]) for each in found} == {64}


def test_where_there_is_a_file_it_stays(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").write_text("mine")
    assert laid(tmp_path / "bot.sqlite").read_text() == "mine"
