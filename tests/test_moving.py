"""A bot is moved to Postgres and back, with requests under way: what was begun goes on there, and
nothing is paid for twice."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bots.moving import moved
from core import vault
from core.settings import Environment, WrongSetting
from core.store.moving import NotMoved
from core.store.sqlite import SqliteStore
from tests.backend import quick_standin
from tests.fakes import FakeAdapter
from tests.servers import postgres
from tests.test_walk import MAKE
from tests.world import bot, photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time
SENTENCE = "a long sentence that nobody guesses"


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


def spool(folder: Path) -> Path:
    """A file that Discord hands out only once."""
    return folder / "discord" / "spool" / "photo.jpg"


async def test_a_bot_goes_on_in_another_database_and_back(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, data = tmp_path / "first", tmp_path / "data"
    first.mkdir()
    shared = {"DATABASE_URL": url, "SECRETS_KEY": SENTENCE, "DATA_FOLDER": str(data)}
    adapter, standin = FakeAdapter(), quick_standin(quota=False)
    async with standin.serving() as address:
        standin.faults.set("turn", "silence:0.5", None)
        async with bot(first, address, adapter):
            await adapter.says(MAKE, photo())
            await adapter.until(lambda _: bool(standin.asked("turn")))
        spool(first).parent.mkdir(parents=True)
        spool(first).write_bytes(b"only once")
        before = {**shared, "DATABASE_URL": f"sqlite:///{first / 'bot.sqlite'}"}
        assert await asyncio.to_thread(moved, before, url) == 0
        assert spool(data).read_bytes() == b"only once"
        with psycopg.connect(url) as db:
            found = db.execute("SELECT ref, bytes FROM files WHERE ref LIKE '%spool%'").fetchall()
            db.execute("UPDATE files SET ref = ref || '2'")
        assert found == [("discord/spool:photo.jpg", b"only once")]
        async with bot(first, address, adapter, **shared):
            await adapter.result()
            await adapter.says(MAKE, photo(1), user="user-2")
            await adapter.until(lambda _: len(standin.asked("turn")) == 2)
        back = f"sqlite:///{tmp_path / 'last' / 'bot.sqlite'}"
        assert await asyncio.to_thread(moved, shared, back) == 0
        async with bot(first, address, adapter, **{**shared, "DATABASE_URL": back}):
            assert spool(data).with_suffix(".jpg2").read_bytes() == b"only once"
            await adapter.result(2)
    assert len(standin.asked("turn")) == 2
    told = capsys.readouterr().out
    assert told.count("1 of them under way") == 2
    assert SENTENCE not in told
    assert not (data / "secrets.key").exists()


@pytest.mark.parametrize(
    ("environment", "to", "words"),
    [
        ({}, "postgresql://127.0.0.1/bot", "SECRETS_KEY is needed"),
        ({}, "mysql://there", "--to cannot be used"),
        ({}, "", "it is the database that all is in"),
        ({"SECRETS_KEY": SENTENCE}, "sqlite:///other.sqlite", "do not open the tokens"),
    ],
)
async def test_what_the_operator_has_to_say_first_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: Environment,
    to: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    store = await SqliteStore.open(tmp_path / "bot.sqlite")
    await store.close()
    with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db:
        sealed = vault.load("another", None).seal("nmv_token")
        columns = "INSERT INTO accounts (user, platform, client_id, token)"
        db.execute(f"{columns} VALUES ('u', 'fake', 'client', ?)", (sealed,))
        db.commit()
    here = f"sqlite:///{tmp_path / 'bot.sqlite'}"
    with pytest.raises((WrongSetting, NotMoved), match=words):
        moved({**environment, "DATABASE_URL": here}, to or here)
    assert not (tmp_path / "other.sqlite").exists()


def test_what_was_sealed_by_a_key_file_is_sealed_anew_wherever_it_stands(tmp_path: Path) -> None:
    old, new = vault.load(None, tmp_path / "key"), vault.load(SENTENCE, None)
    both = vault.load(SENTENCE, tmp_path / "key")
    text = f'{{"claim": "{old.seal("a")}", "own": "{new.seal("b")}", "words": "gAAAAB is a word"}}'
    found = vault.resealed(text, both, new)
    parts = [new.open(part) for part in found.split('"') if part.startswith("gAAAAAB")]
    assert parts == ["a", "b"]
    assert found.endswith('"words": "gAAAAB is a word"}')
    assert vault.resealed(found, both, new) == found
