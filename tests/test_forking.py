"""A bot that is forked is started, waited for and killed as one that was started for itself."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests import forking
from tests.process import Bot, until

pytestmark = pytest.mark.skipif(not forking.available(), reason="there are no such handles here")


async def test_its_end_is_heard_of_by_who_waits_and_by_who_asks(tmp_path: Path) -> None:
    """Others ask whether it still runs while somebody waits for its end."""
    bot = Bot(tmp_path, {"NEMO_RENDER_POLL_SECONDS": "soon"})
    await bot.start()
    waiting = asyncio.create_task(bot.ended())
    await until(lambda: not bot.running)
    assert await waiting == 2
    assert bot.log.startswith("NEMO_RENDER_POLL_SECONDS cannot be used")
    assert not bot.running


async def test_it_is_killed_between_two_instructions(tmp_path: Path) -> None:
    bot = Bot(tmp_path, {"NEMO_API_URL": "http://127.0.0.1:9"})
    await bot.start("--version")
    bot.signal(signal.SIGKILL)
    assert await bot.ended() in (-signal.SIGKILL, 0)
    await bot.start("--version")
    assert await bot.ended() == 0
    assert bot.starts == 2
    await bot.kill()
