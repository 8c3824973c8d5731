"""The unmodified library against the fake Discord: an adapter that runs, and what it has taken
in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bots.discord.run import Discord, Pace
from bots.discord.settings import Settings
from core import skills
from core.adapter import Heard
from core.messages import Address, Inbound, Outbound
from core.settings import read
from tests.outgoing import altered, outgoing
from tests.servers.discord import Channel, FakeDiscord

PACE = Pace(look=0.02, identify=0.05, first_pause=0.05, longest_pause=0.2, download=0.01, drain=2.0)
"""Pauses short enough for a test."""

PROFILES = skills.load()
DEFAULT = next(iter(PROFILES))


@dataclass
class Taken:
    """A `receive` that remembers; while `open` is not set it does not return, as a store that is
    stuck."""

    inbounds: list[Inbound] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: Exception | None = None

    async def receive(self, inbound: Inbound) -> None:
        await self.open.wait()
        if self.trouble is not None:
            raise self.trouble
        self.inbounds.append(inbound)

    async def recall(self) -> Mapping[Address, Heard]:
        """As the store remembers it."""
        spoken = [said for said in self.inbounds if said.message]
        return {
            said.address: Heard(said.order, 0.0)
            for said in sorted(spoken, key=lambda said: said.order)
        }

    @property
    def last(self) -> Inbound:
        return self.inbounds[-1]


@pytest.fixture
def taken() -> Taken:
    here = Taken()
    here.open.set()
    return here


@pytest.fixture
async def dc() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake


def connected(fake: FakeDiscord, folder: Path, pace: Pace = PACE, **more: Any) -> Discord:
    settings = read(Settings, fake.environment | more)
    return Discord(settings, folder, PROFILES, DEFAULT, pace, fake.clock)


@contextlib.asynccontextmanager
async def running(fake: FakeDiscord, adapter: Discord, taken: Taken) -> AsyncIterator[Discord]:
    """The adapter takes in while the block lasts; it is connected when the block begins."""
    before = fake.gateway.identified
    adapter.recall = taken.recall
    task = asyncio.create_task(adapter.run(taken.receive))
    try:
        await fake.wait_for(lambda: fake.gateway.identified > before or task.done())
        yield adapter
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def bot(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> AsyncIterator[Discord]:
    """An adapter that runs."""
    async with running(dc, connected(dc, tmp_path), taken) as adapter:
        yield adapter


def address(channel: Channel) -> Address:
    return Address("discord", str(channel.id), str(channel.guild.id) if channel.guild else "")


def answer(inbound: Inbound, text: str, **more: Any) -> Outbound:
    """What the core would post in answer to this."""
    reply_to = "" if inbound.place.private else inbound.message
    words = outgoing(
        inbound.address, text, reply_to=reply_to, ticket=inbound.ticket, user=inbound.user
    )
    return altered(words, **more)
