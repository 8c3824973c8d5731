"""Handing out, message by message and with a clock set by hand: what each trouble means, and that it has an end."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from core import skills, vault
from core.adapter import Flooded, Reach
from core.engine.delivering import ALL_PAUSE, CHAT_PAUSE, deliver
from core.engine.tools import Tools
from core.messages import Address, Outbound
from core.nemo.client import NemoClient
from core.store.sqlite import SqliteStore
from tests.fakes import CHAT, Clock, FakeAdapter
from tests.world import settings_for

OTHER = Address("fake", "chat-2")


@dataclass
class Hands:
    """One platform's hands, which take a message only when the test says so."""

    tools: Tools
    clock: Clock
    adapter: FakeAdapter
    folder: Path

    async def one(self) -> bool:
        """Hand out the next message that is due; False where none is."""
        post = await self.tools.store.claim_post(self.clock())
        if post is not None:
            await deliver(self.tools, post)
        return post is not None

    async def all(self, most: int = 1000) -> int:
        """Everything that is owed, waiting as long as it takes; how many tries that were."""
        tries = 0
        while (due := await self.tools.store.post_due()) is not None and tries < most:
            self.clock.now = max(self.clock.now, due)
            tries += await self.one()
        return tries

    def owed(self) -> int:
        with closing(sqlite3.connect(f"file:{self.folder / 'bot.sqlite'}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT COUNT(*) FROM outbox").fetchone()[0])

    @property
    def said(self) -> list[str]:
        return [shown.text for shown in self.adapter.shown]


@pytest.fixture
async def hands(tmp_path: Path) -> AsyncIterator[Hands]:
    clock, adapter = Clock(), FakeAdapter()
    store, nemo = await SqliteStore.open(tmp_path / "bot.sqlite", clock()), NemoClient("http://127.0.0.1:9")
    yield Hands(
        Tools(
            store=store,
            nemo=nemo,
            vault=vault.load(None, tmp_path / "secrets.key"),
            settings=settings_for(tmp_path, "http://127.0.0.1:9"),
            skills=skills.available(None),
            skill_platform="test",
            adapters={adapter.platform: adapter},
            folder=tmp_path,
            clock=clock,
            identifier=lambda: "id",
            luck=lambda: 1.0,
        ),
        clock,
        adapter,
        tmp_path,
    )
    await nemo.close()
    await store.close()


@pytest.mark.parametrize(("reach", "most"), [(Reach.EVERYWHERE, ALL_PAUSE), (Reach.CHAT, CHAT_PAUSE)])
@pytest.mark.parametrize("asked", [1e12, float("inf"), float("nan"), 3600.0, 0.0, -5.0])
async def test_a_pause_has_a_sensible_length_whatever_is_asked_for(
    hands: Hands, reach: Reach, most: float, asked: float
) -> None:
    hands.adapter.failures += [Flooded(asked, reach)]
    await hands.tools.store.post(Outbound(CHAT, "words"), hands.clock())
    begun = hands.clock()
    assert await hands.all() == 2
    assert hands.said == ["words"]
    assert hands.clock() - begun == min(max(0.0, asked), most)


async def test_a_pause_of_one_chat_is_nothing_to_the_others(hands: Hands) -> None:
    hands.adapter.failures += [Flooded(3600.0)]
    for address, words in ((CHAT, "waits"), (OTHER, "comes")):
        await hands.tools.store.post(Outbound(address, words), hands.clock())
    assert [await hands.one(), await hands.one(), await hands.one()] == [True, True, False]
    assert hands.said == ["comes"]
