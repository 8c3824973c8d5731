"""A whole bot around a fake platform: the real engine, store and client against the stand-in, over
real sockets."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bots.compose import running
from bots.sandbox.samples import sample_photo
from bots.sandbox.standin.app import StandIn
from core.adapter import Adapter
from core.runtime.engine import Engine
from core.settings import Settings, read
from tests.backend import quick_standin
from tests.fakes import FakeAdapter
from tests.laid import laid

QUICK = {
    "GATHER_SECONDS": "0.05",
    "NEMO_RENDER_POLL_SECONDS": "0.05",
    "NEMO_BUSY_SECONDS": "0.05",
    "NEMO_RETRY_SECONDS": "0.05",
    "NEMO_RECOVERY_FIRST_SECONDS": "0.05",
    "NEMO_RECOVERY_SECONDS": "0.05",
}
"""The pauses of the real thing, made short: no test needs patience."""


@dataclass
class World:
    """What a test needs at hand."""

    engine: Engine
    adapter: FakeAdapter
    standin: StandIn


def settings_for(folder: Path, url: str, more: Mapping[str, str] | None = None) -> Settings:
    """Settings for a bot whose everything lies in `folder`."""
    database = {"DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite'}", "NEMO_API_URL": url}
    return read(Settings, {**QUICK, **database, **(more or {})})


@asynccontextmanager
async def bot(folder: Path, url: str, adapter: Adapter, **more: str) -> AsyncIterator[Engine]:
    """One bot process's inside, running; leaving it stops the bot as a signal would."""
    if "DATABASE_URL" not in more:
        laid(folder / "bot.sqlite")
    async with running(settings_for(folder, url, more), {adapter.platform: adapter}) as engine:
        serving = asyncio.create_task(engine.serve())
        try:
            yield engine
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


@asynccontextmanager
async def world(
    folder: Path, adapter: FakeAdapter | None = None, **more: str
) -> AsyncIterator[World]:
    """A bot, a fake platform and a stand-in that makes small videos without waiting."""
    standin, adapter = quick_standin(), adapter or FakeAdapter()
    async with standin.serving() as url, bot(folder, url, adapter, **more) as engine:
        yield World(engine, adapter, standin)


@cache
def photo(variant: int = 0) -> bytes:
    """A small picture to send."""
    return sample_photo(variant, (480, 320))
