"""A start with the right time after a run whose clock was far ahead: nobody waits for times that
are long in coming."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from core.domain.conversation import Context, Decision, decide
from core.domain.requests import Job, Kept, Next, Notice, Payer, Project, advance
from core.messages import Address, Attachment, Command
from core.settings import Settings
from core.skills import load
from core.store import Remembered, Store
from core.store.statements.personal import TABLES
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.stores import Place

HERE, SKILLS, WEEK = Address("fake", "chat-1"), load(), 7 * 86_400.0
NOW = 4_000_000_000.0
"""Long after the time of the machine that runs the tests: a database knows that as well."""
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
async def opened(place: Place, now: float) -> AsyncIterator[Store]:
    store = await place.open(now)
    try:
        yield store
    finally:
        await store.close()


async def say(store: Store, now: float, words: str, **more: object) -> None:
    inbound = messages.asked(f"m{now}", "u", HERE, words, **more)  # type: ignore[arg-type]

    def think(known: Remembered) -> Decision:
        return decide(
            Context(known.chat, SKILLS, Settings(), known.open, known.named),
            inbound,
            now,
        )

    await store.take_in(inbound, think, now)


async def run(store: Store, now: float) -> Job:
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


def times(place: Place) -> Iterator[tuple[str, float]]:
    """Every time that is stored, in columns and in bodies."""
    for table, kept in TABLES.items():
        names = [name for name in kept.columns if name in (*TIMES, "body", "name", "value")]
        for row in place.rows(f"SELECT {', '.join(names)} FROM {table}") if names else ():
            found = dict(zip(names, row, strict=True))
            body = json.loads(found.pop("body", None) or "{}")
            single = (str(found.get("name")), found.get("value"))
            for name, value in [*found.items(), *body.items(), single]:
                for each in value if isinstance(value, list) else [value]:
                    if name in (*TIMES, "closed_until") and each not in (None, "", []):
                        yield f"{table}.{name}", float(each)


@pytest.mark.parametrize("ahead", [3600.0, 365 * 86_400.0])
async def test_after_a_clock_that_was_ahead_nothing_is_of_the_future(
    place: Place, ahead: float
) -> None:
    async with opened(place, NOW + ahead) as store:
        await run(store, NOW + ahead)
        await say(
            store, NOW + ahead + 70, "yes", command=Command.FORGET
        )  # leaves when free tokens were given
        await run(store, NOW + ahead + 80)
        await say(store, NOW + ahead + 150, "", command=Command.NEW)
        await say(store, NOW + ahead + 160, "make another", attachments=(Attachment("fake:3"),))
        await store.post(outgoing(HERE, "owed"), NOW + ahead + 160)
    assert max(at for _, at in times(place)) > NOW + ahead
    async with opened(place, NOW):
        pass
    late = {
        name: at - NOW
        for name, at in times(place)
        if at > NOW + 60 and not name.endswith("closed_until")
    }
    assert late == {}
    assert max(at for name, at in times(place) if name.endswith("closed_until")) <= NOW + WEEK


async def test_a_video_made_after_it_is_the_project_at_hand(place: Place) -> None:
    async with opened(place, NOW + 86_400) as store:
        await say(store, NOW + 86_400, "", command=Command.NEW)
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    async with opened(place, NOW) as store:
        await run(store, NOW + 10)
        await store.take_in(messages.said("m", "u", HERE, "hello"), think, NOW + 100)
    assert seen[0].chat.project is not None
