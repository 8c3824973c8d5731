"""What is looked up in a database and done to it beside a bot, on either kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from core.domain.operating import Ban, Pause, Raise, Resume
from core.store import Store, StoreAway, StoreBroken
from core.store.outside import Outside
from core.store.postgres import PostgresStore
from core.store.postgres.condition import examined
from core.store.postgres.outside import PostgresOutside
from tests.servers import postgres
from tests.stores import Place
from tests.test_store_contract import claimed, say

NOW = 1_800_000_000.0


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


async def test_an_operator_sees_and_steers_a_bot_that_runs(store: Store, place: Place) -> None:
    outside = place.outside()
    await say(store, "m1", "make a video", "fake:1", private=True)
    assert outside.is_there()
    assert outside.is_in_use()

    outside.operated(Pause(NOW, "New disk."), NOW)
    pause, seen = outside.standing(NOW)
    assert pause == Pause(NOW, "New disk.")
    assert (seen.under_way, seen.people) == (1, 1)
    assert outside.figures(NOW).paused == NOW
    outside.operated(Resume(), NOW)
    assert (await claimed(store)).job.id == 1
    assert outside.figures(NOW).steps == (("make", "gather", 1),)

    outside.operated(Raise("fake", "u", 500), NOW)
    assert outside.spent("fake", "u", NOW).raised.day == 500
    assert outside.direct_chats(["fake:u"]) == {("fake", "u"): ("chat-1", "")}
    outside.operated(Ban("fake", "u"), NOW)
    assert outside.standing(NOW)[1].banned == 1
    await store.close()
    assert not outside.is_in_use()


async def test_how_a_shared_database_stands() -> None:
    server = postgres.server()
    with postgres.database(server) as url:
        store = await PostgresStore.open(url, "gateway", host="one")
        other = await PostgresStore.open(url, "worker", host="two")
        await store.lead("telegram")
        with psycopg.connect(url) as db:
            row = db.execute("SELECT CAST(extract(epoch FROM now()) AS FLOAT8)").fetchone()
        assert row is not None
        found = examined(url, lambda: float(row[0]) + 60)
        await other.close()
        await store.close()
    assert found.schema == found.newest
    assert found.version >= 13
    assert 50 < found.skew < 70
    assert [(each.role, each.host, each.leads) for each in found.workers] == [
        ("gateway", "one", ("telegram",)),
        ("worker", "two", ()),
    ]
    assert all(each.age < 300 for each in found.workers)


def nowhere(folder: Path) -> Outside:
    return PostgresOutside(f"postgresql://bot:secret@/bot?host={folder}", 5.0)


async def test_a_database_that_is_away_is_one_sentence_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken) as told:
        nowhere(tmp_path).figures(NOW)
    assert "secret" not in str(told.value)
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://nobody:secret@/{name}?host={host}",
        "postgresql://postgres@/nowhere?host={host}",
    ],
)
async def test_an_address_that_its_server_refuses_is_a_wrong_setting_and_not_tried_again(
    address: str,
) -> None:
    with postgres.database(postgres.server()) as url:
        parts = conninfo_to_dict(url)
        wrong = address.format(name=parts["dbname"], host=parts["host"])
        with pytest.raises(StoreBroken, match="server refuses the user, the password") as told:
            await PostgresStore.open(wrong)
    assert not isinstance(told.value, StoreAway)
    assert "secret" not in str(told.value)


async def test_a_server_that_is_away_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(StoreAway):
        await PostgresStore.open(f"postgresql://bot:secret@/bot?host={tmp_path}")


async def test_a_database_of_another_version_is_told_in_our_words(place: Place) -> None:
    await (await place.open()).close()
    place.change("ALTER TABLE jobs RENAME COLUMN step TO phase")
    with pytest.raises(StoreBroken, match="of another version: start this version"):
        place.outside().figures(NOW)
    with pytest.raises(StoreBroken, match="of another version: start this version"):
        place.outside().standing(NOW)
