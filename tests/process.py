"""The bot as a process, which a test can start, freeze, end and kill, between fake platforms and a
stand-in."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bots.sandbox.standin.app import StandIn
from tests import forking
from tests.backend import quick_standin
from tests.laid import laid
from tests.servers.discord import FakeDiscord
from tests.servers.telegram import FakeTelegram
from tests.world import QUICK

ROOT = Path(__file__).parent.parent
LONG = 300.0
"""Seconds until what must come counts as lost: nobody waits so long, unless the machine has much
else to do."""
FOUND = ("PATH", "SYSTEMROOT", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
"""What a process needs of the machine; everything else of the environment stays outside."""


@dataclass
class Bot:
    """`python -m bots` in a folder that holds its database and its log, `bot.log`."""

    folder: Path
    environment: Mapping[str, str]
    starts: int = 0
    _process: Process | forking.Fork | None = field(default=None, repr=False)

    @property
    def log(self) -> str:
        """All that every start has printed."""
        path = self.folder / "bot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    @property
    def running(self) -> bool:
        """Whether it has been started and not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process is not None
        return self._process.pid

    async def start(self, *arguments: str) -> None:
        """Start it; what it prints is added to the log."""
        assert self._process is None, "it runs already"
        self.starts += 1
        found = {name: os.environ[name] for name in FOUND if name in os.environ}
        environment = {
            **found,
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            **self.environment,
        }
        # the folder is not the project's: an .env of the developer's must not be read
        path = self.folder / "bot.log"
        if forking.available():
            self._process = forking.started(arguments, self.folder, environment, path)
            return
        with path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bots", *arguments),
                cwd=self.folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def signal(self, number: int) -> None:
        """Send a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    async def kill(self) -> None:
        """End it between two instructions, if it runs."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self.signal(signal.SIGKILL)
        await self.ended()

    async def ended(self, seconds: float = LONG) -> int:
        """Wait until it has ended, and return its exit code."""
        assert self._process is not None
        async with asyncio.timeout(seconds):
            code = await self._process.wait()
        self._process = None
        return code


@dataclass
class Scene:
    """A bot between a fake Telegram, where asked for a fake Discord as well, and a stand-in."""

    telegram: FakeTelegram
    standin: StandIn
    bot: Bot
    _discord: FakeDiscord | None = None
    _heard: tuple[int, int] = (0, 0)
    slowness: float = 1.0

    @property
    def discord(self) -> FakeDiscord:
        """The fake Discord of a scene that has one."""
        assert self._discord is not None, "scene(…, discord=True)"
        return self._discord

    async def up(self, seconds: float = LONG) -> None:
        """Start the bot and wait until it takes in what people say, on every platform.

        How many seconds that took is the `slowness` of this machine at present.
        """
        begun = time.monotonic()
        await self.begin()
        try:
            await until(lambda: self.listens, seconds)
        except TimeoutError:
            raise AssertionError(f"the bot did not start:\n{self.bot.log[-3000:]}") from None
        self.slowness = time.monotonic() - begun

    async def begin(self) -> None:
        """Start the bot, and see for yourself when it `listens`."""
        self._heard = self._signs
        await self.bot.start()

    @property
    def listens(self) -> bool:
        """Whether the bot, since it was last begun, has taken in what people say on every
        platform."""
        polls, logins = self._signs
        return polls > self._heard[0] and (logins > self._heard[1] or self._discord is None)

    @property
    def _signs(self) -> tuple[int, int]:
        return self.telegram.world.polls, self._discord.gateway.identified if self._discord else 0

    async def command(self, *arguments: str) -> int:
        """Run `python -m bots` with these arguments beside the bot; its exit code. What it prints
        goes to the log."""
        other = Bot(self.bot.folder, self.bot.environment)
        await other.start(*arguments)
        return await other.ended()

    @property
    def database(self) -> Path:
        """The bot's database file."""
        return self.bot.folder / "bot.sqlite"

    def look(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the database, read from beside the bot."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            return db.execute(sql).fetchall()


@asynccontextmanager
async def scene(
    folder: Path, standin: StandIn | None = None, *, discord: bool = False, **more: Any
) -> AsyncIterator[Scene]:
    """Servers that run, and a bot that does not yet; it is killed at the end if it still runs."""
    standin = standin or quick_standin(quota=False, credits=10**6)
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        other = await stack.enter_async_context(FakeDiscord()) if discord else None
        environment = {
            **QUICK,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            **(other.environment if other else {}),
            "NEMO_API_URL": await stack.enter_async_context(standin.serving()),
            "DATABASE_URL": f"sqlite:///{folder / 'bot.sqlite'}",
            **more,
        }
        bot = Bot(folder, environment)
        if "DATABASE_URL" not in more:
            laid(folder / "bot.sqlite")
        try:
            yield Scene(telegram, standin, bot, other)
        finally:
            await bot.kill()


Look = Callable[[str], list[tuple[Any, ...]]]
"""Reads a database from beside the bot."""


async def until(condition: Callable[[], object], seconds: float = LONG) -> None:
    """Wait for something that nothing announces."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - files and lists of other parts have no event
            await asyncio.sleep(0.002)
