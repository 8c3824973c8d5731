"""The figures of a database, read beside the bot that writes it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.conversation import Decision
from core.domain.conversation.chat.context import Start
from core.domain.limits.capacity import BOUNDLESS
from core.domain.requests import Fail, Job, Notice, Plan, Step, Why, advance
from core.domain.spans import DAY, HOUR
from core.messages import Address
from core.store import Remembered, StoreBroken
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from core.store.statements.figures import Ended, Failed, Figures, Open, Use
from tests import messages

NOW = 1_790_000_000.0


def put(db: sqlite3.Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def job(db: sqlite3.Connection, id: int, ago: float, **more: object) -> None:
    plain: dict[str, object] = {
        "lock": f"lock {id}", "user": "1", "platform": "telegram", "chat": "1", "thread": "",
        "plan": "create", "space": "", "step": "turn", "state": "done", "due": NOW - ago,
        "notified_at": 0.0, "created": NOW - ago - 60, "ended": NOW - ago, "bundle": "{}",
        "body": "{}", "spent": 50, "payer": "operator",
    }  # fmt: skip
    put(db, "jobs", **(plain | more | {"id": id}))


async def test_an_empty_database_has_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite"
    store = await SqliteStore.open(path)
    assert SqliteOutside(path).figures(NOW) == Figures()
    await store.close()


async def test_what_is_in_the_rows_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite"
    store = await SqliteStore.open(path)
    with closing(sqlite3.connect(path)) as db:
        job(db, 1, 0.2 * HOUR)
        job(db, 2, 0.2 * HOUR, space="-100", spent=None, payer="")
        job(db, 3, 2 * DAY, state="failed", step="upload", user="2", why="upload")
        job(db, 4, 40 * DAY, user="3")
        job(db, 5, -100, state="open", ended=0.0, lock="same")
        job(db, 6, 30, state="open", ended=0.0, lock="same")
        job(db, 7, 20, state="open", ended=0.0, claimed=1)
        job(db, 8, 10, state="open", ended=0.0, plan="edit")
        put(
            db, "outbox", platform="telegram", chat="1", thread="", slot="", user="1", body="{}",
            due=NOW - 5, created=NOW - 50,
        )  # fmt: skip
        put(db, "meta", name="held/telegram/9", value=str(NOW + 60))
        put(db, "meta", name="held/telegram/8", value=str(NOW - 60))
        for each, granted in enumerate((NOW - DAY, NOW - 8 * DAY)):
            put(db, "accounts", user=str(each), platform="telegram", client_id="c", granted=granted)
        put(db, "granted", who="x", granted=NOW - DAY)
        db.commit()
    found = SqliteOutside(path).figures(NOW)
    await store.close()

    begins = NOW - 0.2 * HOUR
    assert found.minutes == (
        Ended(begins // 300 * 300, "create", "done", "", 1, 60.0, 0),
        Ended(begins // 300 * 300, "create", "done", "operator", 1, 60.0, 50),
    )
    assert sorted(hour.count for hour in found.hours) == [1, 1, 1]
    assert found.failed == (Failed(3, "telegram", "create", "upload", NOW - 2 * DAY, "upload"),)
    assert [each.id for each in found.open] == [5, 6, 7, 8]
    assert found.open[2] == Open(7, "telegram", "create", "turn", NOW - 80, NOW - 20, 1)
    assert set(found.steps) == {("create", "turn", 3), ("edit", "turn", 1)}
    assert found.people[0] == Use("telegram", "1", 6, 250)
    assert found.groups == (Use("telegram", "-100", 1, 0),)
    assert found.holds == (("telegram/9", NOW + 60),)
    assert (found.owed, found.words, found.tokens) == (1, NOW - 5, 2)
    assert found.job == NOW - 10, "one that waits for another, or is at work, is not late"


async def test_a_request_is_told_by_why_it_failed_and_a_chat_by_its_language(
    tmp_path: Path,
) -> None:
    path, here = tmp_path / "bot.sqlite", Address("fake", "chat of ann")
    store = await SqliteStore.open(path)
    asked = Job(0, "lock", "ann", here, Plan.MAKE, Step.CONNECT, due=NOW, created=NOW)

    def think(known: Remembered) -> Decision:
        return Decision(replace(known.chat, language="de"), start=(Start(asked),))

    await store.take_in(messages.said("1", "ann", here, "hello"), think, NOW)
    for claimed in await store.claim_some(NOW, BOUNDLESS, 1):
        await store.commit(advance(claimed.job, Fail(Notice("no"), why=Why.QUOTA), NOW), NOW)
    await store.close()
    assert [each.why for each in SqliteOutside(path).figures(NOW + 1).failed] == ["quota"]
    assert SqliteOutside(path).direct_chats(["ann"]) == {("fake", "ann"): ("chat of ann", "de")}
    assert SqliteOutside(path).direct_chats(["other:ann"]) == {}


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").write_text("no database, but long enough to be looked at" * 99)
    with pytest.raises(StoreBroken):
        SqliteOutside(tmp_path / "bot.sqlite").figures(NOW)
