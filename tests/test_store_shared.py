"""What several processes on one Postgres are to one another: who lives, who leads, whose work is
whose."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from core.domain.limits.capacity import BOUNDLESS
from core.domain.requests import Fail, Next, Notice, advance
from core.messages import Address, Attachment
from core.store import Buried, StoreBroken
from core.store.postgres import PostgresStore, leases, migrations
from core.store.postgres.condition import examined
from core.store.sqlite import SqliteStore
from core.store.statements.terms import Terms
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.process import until
from tests.servers import postgres
from tests.servers.cutting import Line, cutting
from tests.test_store_contract import thinking

HERE = Address("fake", "chat-1")
NOW = 1_800_000_000.0
LEASE = 0.5
FAR = 4_000_000_000.0
"""Long after the time of the machine that runs the tests: a database knows that as well."""
LONG = 60.0
"""A lease that is not over before the test is, however busy the machine."""
LATE = f"UPDATE workers SET seen = seen - {10 * LONG} WHERE id = %s"


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[PostgresStore, PostgresStore]]:
    one, other = [await PostgresStore.open(url, lease=LONG) for _ in range(2)]
    yield one, other
    for store in (one, other):
        await store.close()


def silent(url: str, store: PostgresStore) -> None:
    """It has given no sign of life for long."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(LATE, (store.worker,))


async def living(store: PostgresStore) -> None:
    with suppress(asyncio.CancelledError):
        await store.live()


async def writing(store: PostgresStore) -> None:
    """As long as it can."""
    async with asyncio.timeout(120):
        while True:
            await store.touch(1.0)
            await asyncio.sleep(LEASE / 10)


async def test_one_leads_and_another_does_once_it_is_silent(
    url: str, two: tuple[PostgresStore, PostgresStore]
) -> None:
    one, other = two
    assert await one.lead("telegram")
    assert not await other.lead("telegram")
    assert await other.lead("discord/0")
    assert await one.lead("telegram")
    silent(url, one)
    assert await other.lead("telegram")
    assert not await one.lead("telegram")
    await other.resign("telegram")
    assert await one.lead("telegram")


async def test_each_is_judged_by_its_own_lease(url: str) -> None:
    hasty = await PostgresStore.open(url, lease=LEASE)
    patient = await PostgresStore.open(url, lease=100 * LONG)
    silent(url, patient)
    assert await hasty._writer.run(lambda db: leases.bury(db, contact=LEASE)) == 0
    await patient.touch(1.0)
    for store in (hasty, patient):
        await store.close()


async def test_whose_clock_is_behind_moves_nothing_while_another_lives(url: str) -> None:
    one = await PostgresStore.open(url, lease=LONG)
    await one.post(outgoing(HERE, "words"), FAR)
    other = await PostgresStore.open(url, lease=LONG, now=NOW)
    assert (await one.post_due(), await other.post_due()) == (FAR, FAR)
    await one.close()
    await other.close()
    last = await PostgresStore.open(url, lease=LONG, now=FAR - 60)
    assert await last.post_due() == FAR - 60
    await last.close()


async def test_who_ends_as_planned_leaves_its_place_at_once(
    two: tuple[PostgresStore, PostgresStore],
) -> None:
    one, other = two
    assert await one.lead("telegram")
    await one.close()
    assert await other.lead("telegram")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ("CREATE TABLE migrations (id INT, batch INT)", "names in it: migrations. Give the bot"),
        ("CREATE TABLE jobs (id INT); CREATE TABLE meta (x INT)", "names in it: jobs, meta. Give"),
        ("CREATE TABLE procrastinate_jobs (id INT)", "names in it: procrastinate_jobs. Give"),
        ("", "its encoding is LATIN1"),
    ],
)
async def test_a_database_that_is_not_ours_is_left_as_it_is(made: str, told: str) -> None:
    server, name = postgres.server(), f"other_{uuid4().hex}"
    coded = "" if made else " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name} TEMPLATE template0{coded}")
        with psycopg.connect(postgres.address(server, name), autocommit=True) as other:
            other.execute(made)
            with pytest.raises(StoreBroken, match=told):
                await PostgresStore.open(postgres.address(server, name))
            with pytest.raises(StoreBroken, match=told):
                examined(postgres.address(server, name), lambda: NOW)
            tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"
            assert other.execute(tables).fetchone() == (made.count("TABLE"),)
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")


NO_FENCE = (
    "CREATE OR REPLACE FUNCTION begun(me BIGINT) RETURNS TEXT LANGUAGE sql AS"
    " 'SELECT pg_advisory_xact_lock(1886351202); SELECT CAST(pg_current_xact_id() AS TEXT)'"
)


@pytest.mark.parametrize("planted", [False, True])
async def test_who_is_buried_cannot_write_unless_the_fence_is_taken_away(
    url: str, two: tuple[PostgresStore, PostgresStore], planted: bool
) -> None:
    one, other = two
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DELETE FROM workers WHERE id = %s", (one.worker,))
        if planted:
            db.execute(NO_FENCE)
    wrote = True
    try:
        await one.post(outgoing(HERE, "from the dead"), NOW)
    except Buried:
        wrote = False
    assert wrote is planted
    assert len(await other.claim_posts(NOW, "fake", 9)) == planted


async def test_who_is_taken_for_dead_writes_nothing_more(url: str) -> None:
    one, other = [await PostgresStore.open(url, lease=LEASE) for _ in range(2)]
    silent(url, one)
    watch = asyncio.create_task(living(other))
    with pytest.raises(Buried):
        await writing(one)
    watch.cancel()
    with pytest.raises(Buried):
        await one.live()
    await other.touch(2.0)
    for store in (one, other):
        await store.close()


@pytest.fixture
def line(url: str) -> Iterator[Line]:
    with TemporaryDirectory(dir="/tmp") as short, cutting(url, Path(short)) as made:
        yield made


async def test_a_commit_whose_answer_is_lost_has_happened_once(url: str, line: Line) -> None:
    store = await PostgresStore.open(line.address)
    for number in range(3):
        line.cut_after = b"COMMIT"
        await store.post(outgoing(HERE, f"words {number}"), NOW)
    assert line.cuts == 3
    await store.close()
    with psycopg.connect(url) as db:
        assert db.execute("SELECT COUNT(*) FROM outbox").fetchone() == (3,)


async def test_a_commit_is_asked_for_until_the_database_is_back(url: str, line: Line) -> None:
    store = await PostgresStore.open(line.address)
    line.cut_after, line.stays = b"COMMIT", True
    words = [store.post(outgoing(HERE, f"words {number}"), NOW) for number in range(2)]
    posted = asyncio.gather(*words)
    await until(lambda: line.refused > 3)
    assert not posted.done()
    line.up()
    await posted
    await store.close()
    with psycopg.connect(url) as db:
        assert db.execute("SELECT COUNT(*) FROM outbox").fetchone() == (2,)


async def test_who_ends_does_not_wait_for_a_database_that_is_away(line: Line) -> None:
    store = await PostgresStore.open(line.address, lease=LEASE)
    line.cut_after, line.stays = b"COMMIT", True
    posted = asyncio.ensure_future(store.post(outgoing(HERE, "words"), NOW))
    await until(lambda: line.refused)
    async with asyncio.timeout(60):
        await store.close()
        with pytest.raises(StoreBroken):
            await posted


@pytest.mark.parametrize("word", [b"BEGIN", b"INSERT INTO outbox"])
async def test_what_was_cut_off_before_its_commit_is_done_again(
    url: str, line: Line, word: bytes
) -> None:
    store = await PostgresStore.open(line.address)
    line.cut_after = word
    await store.post(outgoing(HERE, "words"), NOW)
    assert line.cuts == 1
    await store.close()
    with psycopg.connect(url) as db:
        assert db.execute("SELECT COUNT(*) FROM outbox").fetchone() == (1,)


async def test_nobody_is_buried_because_the_database_was_away(url: str, line: Line) -> None:
    at = [0.0]
    other = await PostgresStore.open(url, lease=LONG)
    store = await PostgresStore.open(line.address, lease=LONG, steady=lambda: at[0])
    at[0] = 2 * LONG
    alive = asyncio.create_task(living(store))
    await until(lambda: store.contact.may_bury(at[0]))
    line.down()
    burial = asyncio.create_task(store._writer.run(store._bury))  # as it may be under way then
    silent(url, other)
    alive.cancel()
    store.contact = store.contact.lost()
    line.up()
    assert await burial == 0
    await other.touch(1.0)
    for each in (store, other):
        await each.close()


async def test_a_line_that_is_lost_is_the_end_of_contact(line: Line) -> None:
    store = await PostgresStore.open(line.address, lease=LEASE)
    alive = asyncio.create_task(living(store))
    line.down()
    await until(lambda: not store.contact.unbroken)
    line.up()
    await until(lambda: store.contact.unbroken)
    alive.cancel()
    await store.close()


async def test_who_stands_still_in_a_transaction_holds_up_nobody_for_long(
    url: str, two: tuple[PostgresStore, PostgresStore]
) -> None:
    one, other = two
    frozen = psycopg.connect(url)
    frozen.execute("SELECT set_config('idle_in_transaction_session_timeout', '500', false)")
    frozen.execute("SELECT begun(0)")
    await one.touch(1.0)
    await other.touch(2.0)
    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        frozen.execute("SELECT 1")
    frozen.close()


async def test_both_databases_have_the_same_tables_and_columns(url: str, tmp_path: Path) -> None:
    await (await SqliteStore.open(tmp_path / "bot.sqlite")).close()
    with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        expected = {
            name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
            for name in tables
            if not name.startswith("sqlite_")
        }
    with psycopg.connect(url) as there:
        found: dict[str, set[str]] = {}
        sql = "SELECT table_name, column_name FROM information_schema.columns"
        for table, column in there.execute(f"{sql} WHERE table_schema = 'public'"):
            found.setdefault(table, set()).add(column)
    alone = {name: columns - {"worker"} for name, columns in found.items() if name in expected}
    assert alone == expected
    others = {name for name in found if name not in expected}
    assert {name for name in others if not re.match("procrastinate_", name)} == {
        "files", "leaders", "migrations", "steps", "workers",
    }  # fmt: skip


async def test_free_tokens_are_counted_for_the_address_that_asked_for_them(url: str) -> None:
    here = await PostgresStore.open(url, terms=Terms("frankfurt"))
    there = await PostgresStore.open(url, terms=Terms("helsinki"))
    for number, store in enumerate((here, here, there), 1):
        said = messages.said(
            f"m{number}", f"u{number}", Address("fake", f"chat-{number}"), "make a video",
            (Attachment(f"fake:{number}"),),
        )  # fmt: skip
        await store.take_in(said, thinking(said), NOW)
        (gathered,) = await store.claim_some(NOW + 10, BOUNDLESS, 1)
        await store.commit(advance(gathered.job, Next(knowing(gathered.job.progress)), NOW), NOW)
        (claimed,) = await store.claim_some(NOW + 10, BOUNDLESS, 1)
        account = replace(claimed.account, token="sealed", granted=NOW + number)
        until = NOW + 99 if store is there else 0.0
        end = Fail(Notice("no", final=True), closed_until=until)
        await store.commit(replace(advance(claimed.job, end, NOW), account=account), NOW)
    said = messages.said("m9", "u9", HERE, "make a video", (Attachment("fake:9"),))
    await there.take_in(said, thinking(said), NOW)
    (claimed,) = await there.claim_some(NOW + 10, BOUNDLESS, 1)
    assert (claimed.grants, claimed.closed_until) == ((NOW + 3,), NOW + 99)
    await there.release(claimed.job)
    (claimed,) = await here.claim_some(NOW + 10, BOUNDLESS, 1)
    assert (claimed.grants, claimed.closed_until) == ((NOW + 1, NOW + 2), 0.0)
    for store in (here, there):
        await store.close()


async def test_those_who_stand_for_many_places_share_them(
    two: tuple[PostgresStore, PostgresStore],
) -> None:
    one, other = two
    names = [f"discord/{number}" for number in range(3)]

    async def led(store: PostgresStore) -> list[bool]:
        return [await store.lead(name, len(names)) for name in names]

    assert await led(one) == [True, True, True], "alone, all of them"
    assert await led(other) == [False, False, False]
    assert await led(one) == [False, True, True]
    assert await led(other) == [True, False, False]
    assert await led(one) == [False, True, True], "and that stays"
    await one.close()
    assert await led(other) == [True, True, True]


@pytest.mark.parametrize(("needs", "refused"), [("", False), ("-- needs 9999\n", True)])
async def test_code_runs_on_a_newer_schema_unless_that_needs_newer_code(
    url: str, tmp_path: Path, needs: str, refused: bool
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(migrations.FOLDER, newer, ignore=shutil.ignore_patterns("*.py", "__*"))
    (newer / "9999_next.sql").write_text(f"{needs}ALTER TABLE jobs ADD COLUMN next TEXT;\n")
    with psycopg.connect(url, autocommit=True) as db:
        migrations.migrate(db, newer)
    opening = PostgresStore.open(url)
    if refused:
        with pytest.raises(StoreBroken, match="newer version"):
            await opening
        return
    store = await opening
    await store.post(outgoing(HERE, "words"), NOW)
    assert [post.message.text for post in await store.claim_posts(NOW, "fake", 9)] == ["words"]
    await store.close()


async def test_many_that_start_at_once_bring_the_schema_up_once(tmp_path: Path) -> None:
    with postgres.database(postgres.server(), template="template1") as empty:
        stores = await asyncio.gather(*(PostgresStore.open(empty) for _ in range(4)))
        assert len({store.worker for store in stores}) == 4
        assert len({store.id for store in stores}) == 1
        for store in stores:
            await store.close()
