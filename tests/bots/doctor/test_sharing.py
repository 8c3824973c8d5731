"""What the doctor tells of a database that several processes share."""

from typing import Any

import psycopg
import pytest

from bots.doctor import sharing
from core.ops.findings import Sign
from core.settings import Settings, read
from core.store import SharedCondition, Worker
from core.store.postgres import PostgresStore
from tests.servers import postgres

SENTENCE = "a sentence"
GATEWAY = Worker("gateway", "one:1", 0.5, ("discord", "telegram"))


def settings(url: str = "postgresql://bot:hidden@127.0.0.1:9/bot", key: str = SENTENCE) -> Settings:
    return read(Settings, {"DATABASE_URL": url, "SECRETS_KEY": key})


def condition(**more: Any) -> SharedCondition:
    plain: dict[str, Any] = {"version": 17, "schema": 4, "newest": 4, "skew": 0.1}
    return SharedCondition(**{**plain, "workers": (GATEWAY,), "open_jobs": 3, **more})


@pytest.mark.parametrize(
    ("found", "code", "sign", "words"),
    [
        (condition(), "database", Sign.WELL, "Postgres 17, 3 requests under way"),
        (condition(), "process", Sign.WELL, 'gateway on "one:1", leads discord, telegram: last'),
        (condition(), "database-clock", Sign.WELL, "agree"),
        (condition(), "keys", Sign.WELL, "all 0 tokens"),
        (condition(version=12), "version", Sign.WRONG, "Postgres 12 is too old"),
        (condition(schema=0, workers=()), "empty", Sign.WELL, "made at the first start"),
        (condition(schema=3), "schema", Sign.NOTE, "schema 3 is brought up to 4"),
        (condition(workers=()), "no-process", Sign.NOTE, "none runs"),
        (condition(workers=(Worker("worker", "b", 9),)), "silent-process", Sign.NOTE, "9 seconds"),
        (condition(), "no-worker", Sign.NOTE, "requests wait"),
        (condition(workers=(Worker("worker", "b", 1),)), "no-gateway", Sign.NOTE, "nobody is"),
        (condition(skew=2.5), "database-clock", Sign.NOTE, "2 seconds ahead of"),
        (condition(skew=-90.0), "database-clock", Sign.NOTE, "90 seconds behind"),
        (condition(paused=True), "paused", Sign.NOTE, "kept and wait"),
        (condition(writable=False), "read-only", Sign.WRONG, "only reads"),
        (condition(moved_to="sqlite:///x"), "moved", Sign.WRONG, "moved to sqlite:///x"),
        (condition(sealed=("not ours",)), "keys", Sign.WRONG, "cannot be opened"),
    ],
)
def test_what_a_shared_database_is_like_is_told(
    found: SharedCondition, code: str, sign: Sign, words: str
) -> None:
    told = {finding.code: finding for finding in sharing.told(found, settings())}
    assert told[code].sign is sign
    assert words in told[code].said


def test_without_a_sentence_nothing_can_be_opened() -> None:
    told = {finding.code: finding for finding in sharing.told(condition(), settings(key=""))}
    assert told["keys"].sign is Sign.WRONG
    assert "SECRETS_KEY is not set" in told["keys"].said


def test_a_server_that_is_away_is_told_without_its_password() -> None:
    (found,) = sharing.findings(settings(), lambda: 0.0)
    assert (found.sign, found.code) == (Sign.WRONG, "broken")
    assert "postgresql://bot@127.0.0.1:9/bot" in found.said
    assert "hidden" not in found.line


async def test_a_real_one_is_looked_at_beside_a_bot() -> None:
    with postgres.database(postgres.server()) as url:
        here = settings(url)
        store = await PostgresStore.open(url, "worker", host="one")
        found = {finding.code for finding in sharing.findings(here, lambda: 0.0)}
        await store.close()
    assert found == {"database", "process", "no-gateway", "database-clock", "keys"}


@pytest.mark.parametrize(
    "workers",
    [
        (GATEWAY, Worker("worker", "b", 1.0)),
        (Worker("all", "a", 1.0),),
        (Worker("gateway", "a", 9.0),),
    ],
)
def test_nothing_is_lacking_where_all_parts_are_there_or_nobody_lives(
    workers: tuple[Worker, ...],
) -> None:
    told = {finding.code for finding in sharing.told(condition(workers=workers), settings())}
    assert not told & {"no-worker", "no-gateway"}


async def test_a_real_one_that_only_reads_is_told() -> None:
    with postgres.database(postgres.server()) as url:
        await (await PostgresStore.open(url)).close()
        with psycopg.connect(url, autocommit=True) as db:
            (name,) = db.execute("SELECT current_database()").fetchone() or ("",)
            db.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        found = {finding.code for finding in sharing.findings(settings(url), lambda: 0.0)}
    assert "read-only" in found
