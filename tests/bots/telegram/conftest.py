"""The unmodified library against the fake Telegram: an adapter that polls, and what it has taken
in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bots.telegram.run import Telegram
from bots.telegram.run.polling import Pace
from bots.telegram.settings import Settings
from core.i18n import ENGLISH
from core.messages import Address, Inbound, Outbound
from core.settings import read
from tests.outgoing import outgoing
from tests.servers.telegram import USER, FakeTelegram

PACE = Pace(
    poll=5,
    stalled=10,
    first_pause=0.01,
    longest_pause=0.05,
    conflict=0.05,
    action=0.05,
    answer=0.15,
    apart=0.0,
)
"""Pauses short enough for a test."""

NOW = 1_790_000_000.0
HERE = Address("telegram", str(USER))


@dataclass
class Taken:
    """A `receive` that remembers; while `closed` it does not return, as a store that is stuck."""

    inbounds: list[Inbound] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, inbound: Inbound) -> None:
        await self.open.wait()
        self.inbounds.append(inbound)


@pytest.fixture
def taken() -> Taken:
    here = Taken()
    here.open.set()
    return here


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


def settings(fake: FakeTelegram, **more: str) -> Settings:
    return read(Settings, {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": fake.url} | more)


def connected(
    fake: FakeTelegram,
    folder: Path,
    pace: Pace = PACE,
    clock: Callable[[], float] = lambda: NOW,
    **more: Any,
) -> Telegram:
    made = Telegram(settings(fake, **more), folder, pace, clock)
    made.menus = (ENGLISH, "zh-Hans")  # two are as good as all, and each takes ten calls
    return made


@pytest.fixture
async def adapter(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Telegram]:
    """An adapter that only sends and fetches."""
    made = connected(telegram, tmp_path)
    yield made
    await made.close()


@contextlib.asynccontextmanager
async def running(adapter: Telegram, taken: Taken) -> AsyncIterator[Telegram]:
    """The adapter takes messages in while the block lasts."""
    task = asyncio.create_task(adapter.run(taken.receive))
    try:
        yield adapter
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def bot(adapter: Telegram, taken: Taken) -> AsyncIterator[Telegram]:
    """An adapter that runs."""
    async with running(adapter, taken):
        yield adapter


def words(text: str, **more: Any) -> Outbound:
    return outgoing(HERE, text, **more)
