"""A start with the right time after a run whose clock was far ahead: nobody waits for times that
are long in coming."""

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.conversation import Context, Decision, decide
from core.domain.requests import Job, Kept, Next, Notice, Payer, Project, advance
from core.messages import Address, Attachment, Command
from core.settings import Settings
from core.skills import load
from core.store import Remembered
from core.store.sqlite import SqliteStore
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing

HERE, SKILLS, NOW, WEEK = Address("fake", "chat-1"), load(), 1_800_000_000.0, 7 * 86_400.0
TIMES = (
    "at",
    "created",
    "updated",
    "notified_at",
    "ended",
    "due",
    "granted",
    "kept_at",
    "wish_at",
    "renewed",
    "kept_since",
)


@asynccontextmanager
async def opened(path: Path, now: float) -> AsyncIterator[SqliteStore]:
    store = await SqliteStore.open(path, now)
    try:
        yield store
    finally:
        await store.close()


async def say(store: SqliteStore, now: float, words: str, **more: object) -> None:
    inbound = messages.asked(f"m{now}", "u", HERE, words, **more)  # type: ignore[arg-type]

    def think(known: Remembered) -> Decision:
        return decide(
            Context(known.chat, SKILLS, Settings(), known.open, known.named),
            inbound,
            now,
        )

    await store.take_in(inbound, think, now)


async def run(store: SqliteStore, now: float) -> Job:
    """A request that is made, posted, and has used up the last free start."""
    await say(store, now, "make a video", attachments=(Attachment("fake:1"),))
    claimed = await store.claim(now + 60)
    assert claimed is not None
    project = Project("s-1", payer=Payer.ANONYMOUS, made=True)
    end = Next(
        knowing(fingerprint="m"),
        Notice("done", final=True),
        last=True,
        project=project,
        keep=Kept((Attachment("fake:2"),)),
    )
    account = replace(claimed.account, token="sealed", granted=now, expires=now + WEEK)
    advanced = replace(
        advance(claimed.job, replace(end, account=account), now), closed_until=now + WEEK
    )
    await store.commit(advanced, now + 60)
    post = await store.claim_post(now + 60)
    assert post is not None
    await store.posted(post, "p", now + 60)
    return advanced.job


def times(path: Path) -> Iterator[tuple[str, float]]:
    """Every time that is stored, in columns and in bodies."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            for row in db.execute(f"SELECT * FROM {table}"):
                found = {name: row[name] for name in row.keys()}  # noqa: SIM118
                body = json.loads(found.get("body") or "{}")
                for name, value in [
                    *found.items(),
                    *body.items(),
                    (str(found.get("name")), found.get("value")),
                ]:
                    for each in value if isinstance(value, list) else [value]:
                        if name in (*TIMES, "closed_until") and each not in (None, "", []):
                            yield f"{table}.{name}", float(each)


@pytest.mark.parametrize("ahead", [3600.0, 365 * 86_400.0])
async def test_after_a_clock_that_was_ahead_nothing_is_of_the_future(
    tmp_path: Path, ahead: float
) -> None:
    path = tmp_path / "bot.sqlite"
    async with opened(path, NOW + ahead) as store:
        await run(store, NOW + ahead)
        await say(
            store, NOW + ahead + 70, "yes", command=Command.FORGET
        )  # leaves when free tokens were given
        await run(store, NOW + ahead + 80)
        await say(store, NOW + ahead + 150, "", command=Command.NEW)
        await say(store, NOW + ahead + 160, "make another", attachments=(Attachment("fake:3"),))
        await store.post(outgoing(HERE, "owed"), NOW + ahead + 160)
    assert max(at for _, at in times(path)) > NOW + ahead
    async with opened(path, NOW):
        pass
    late = {
        name: at - NOW
        for name, at in times(path)
        if at > NOW + 60 and not name.endswith("closed_until")
    }
    assert late == {}
    assert max(at for name, at in times(path) if name.endswith("closed_until")) <= NOW + WEEK


async def test_a_video_made_after_it_is_the_project_at_hand(tmp_path: Path) -> None:
    async with opened(tmp_path / "bot.sqlite", NOW + 86_400) as store:
        await say(store, NOW + 86_400, "", command=Command.NEW)
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    async with opened(tmp_path / "bot.sqlite", NOW) as store:
        await run(store, NOW + 10)
        await store.take_in(messages.said("m", "u", HERE, "hello"), think, NOW + 100)
    assert seen[0].chat.project is not None
