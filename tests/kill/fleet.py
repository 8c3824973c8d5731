"""Several processes of the bot on one Postgres, each started again when it ends, as a supervisor
does; any of them may be killed or stand still at any time."""

import asyncio
import os
import random
import signal
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from bots.sandbox.standin.app import StandIn
from tests.process import Bot, Scene, scene, until
from tests.servers import postgres
from tests.servers.cutting import Line, cutting

AGAIN_SECONDS = 1.0
"""Until a supervisor starts a process again."""
BEYOND = 2.0
"""Seconds for which one that is taken for dead stays away."""
BURIED = 3
"""The exit code of who was taken for dead."""


@dataclass
class Member:
    """A process and its part."""

    role: str
    bot: Bot
    line: Line
    codes: list[int] = field(default_factory=list)
    over: bool = False

    async def keep(self) -> None:
        """Start it again whenever it ends."""
        while not self.over:
            await self.bot.start()
            self.codes.append(await self.bot.ended(1e9))
            await asyncio.sleep(AGAIN_SECONDS)

    @property
    def runs(self) -> bool:
        """Whether there is a process to be killed."""
        return self.bot.running


@dataclass
class Fleet(Scene):
    """A scene whose bot is several processes. `takeovers` are the seconds from a death until
    nothing was held by the dead any more."""

    url: str = ""
    members: list[Member] = field(default_factory=list)
    takeovers: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    keepers: list[asyncio.Task[None]] = field(default_factory=list)

    def look(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with psycopg.connect(self.url) as db:
            return db.execute(sql.replace(" user ", ' "user" ')).fetchall()

    async def begin(self) -> None:
        """Start all of them."""
        self.keepers = [asyncio.create_task(member.keep()) for member in self.members]

    @property
    def listens(self) -> bool:
        """Whether somebody takes in what people say; Telegram keeps it until somebody does."""
        return self._discord is None or any(
            one.socket is not None and not one.socket.closed
            for one in self._discord.gateway.sessions
        )

    async def strike(self, dice: random.Random, lease: float) -> str:
        """One of them is killed, or stands still or is cut off from the database for longer than a
        lease; or the database is away for all, for a short or a long while; what it was."""
        how = dice.choices(("kill", "freeze", "cut", "away"), (12, 3, 3, 2))[0]
        running = [each for each in self.members if each.runs and self._lives(each.bot.pid)]
        if not running:
            return "none lived"
        if how == "away":
            return await self._away(dice.choice((lease / 2, lease + 2)))
        member = dice.choice(running)
        pid, at, before = member.bot.pid, time.monotonic(), len(member.codes)
        match how:
            case "kill":
                member.bot.signal(signal.SIGKILL)
            case "freeze":
                member.bot.signal(signal.SIGSTOP)
            case _:
                member.line.down()
        with suppress(TimeoutError):
            await until(lambda: not self._lives(pid), lease + 20)
            self.takeovers.append(time.monotonic() - at)
        if how != "kill":
            await self._back(member, how, before)
        return f"{member.role}: {how}"

    async def _back(self, member: Member, how: str, before: int) -> None:
        """It goes on, finds that it was taken for dead, and ends."""
        await asyncio.sleep(BEYOND)
        if how == "freeze":
            member.bot.signal(signal.SIGCONT)
        member.line.up()
        with suppress(TimeoutError):
            await until(lambda: len(member.codes) > before, 60)
        ends = member.codes[before:]
        if ends[:1] != [BURIED]:
            self.wrong.append(f"a {member.role} ended with {ends} after a {how}")

    async def _away(self, seconds: float) -> str:
        """The database is away: nobody ends, and nobody is taken for dead."""
        there = {each.bot.pid: each for each in self.members if each.runs}
        living = {pid: each for pid, each in there.items() if self._lives(pid)}
        for member in self.members:
            member.line.down()
        await asyncio.sleep(seconds)
        for member in self.members:
            member.line.up()
        await asyncio.sleep(seconds)
        for pid, member in living.items():
            if not member.runs or member.bot.pid != pid:
                self.wrong.append(f"a {member.role} ended: the database was away {seconds:g} s")
        return f"the database away for {seconds:g} s"

    def _lives(self, pid: int) -> bool:
        """Whether this process is still in the list of the living."""
        return bool(self.look(f"SELECT 1 FROM workers WHERE host LIKE '%:{pid}'"))

    def stuck(self) -> list[str]:
        """What is still under way, and who has it."""
        now = time.time()
        jobs = self.look(
            "SELECT id, step, claimed, claims, worker, waits, due, version FROM jobs"
            " WHERE state = 'open'"
        )
        tasks = self.look(
            "SELECT id, status, queue_name, queueing_lock, scheduled_at FROM procrastinate_jobs"
        )
        return [
            *(
                f"job {id} at {step}: claimed {claimed} by {worker}, claims {claims},"
                f" waits {waits}, due in {due - now:.0f} s, version {version}"
                for id, step, claimed, claims, worker, waits, due, version in jobs
            ),
            *(f"task {task}" for task in tasks),
            *(f"worker {row}" for row in self.look("SELECT id, role, host FROM workers")),
        ]

    async def end(self) -> list[int]:
        """Tell all of them to end, as a deploy does; their codes."""
        for member in self.members:
            member.over = True
            if member.runs:
                member.bot.signal(signal.SIGTERM)
        await asyncio.gather(*self.keepers)
        return [member.codes[-1] for member in self.members]

    def __str__(self) -> str:
        times = sorted(self.takeovers)
        codes = [code for member in self.members for code in member.codes]
        return (
            f"takeovers {len(times)}: median {statistics.median(times or [0]):.1f} s, longest"
            f" {max(times, default=0):.1f} s · ended as buried {codes.count(BURIED)}"
        )


@asynccontextmanager
async def fleet(
    folder: Path, standin: StandIn, gateways: int, workers: int, lease: float, **more: Any
) -> AsyncIterator[Fleet]:
    """So many of each role on a database of their own."""
    async with AsyncExitStack() as stack:
        alone_here = None if postgres.FOLDER in os.environ else folder / "postgres"
        url = stack.enter_context(postgres.database(postgres.server(alone_here)))
        settings: dict[str, Any] = {
            "DATABASE_URL": url,
            "SECRETS_KEY": "one for all",
            "LEASE_SECONDS": str(lease),
        }
        alone = await stack.enter_async_context(scene(folder, standin, **settings, **more))
        roles = ["gateway"] * gateways + ["worker"] * workers
        short = Path(
            stack.enter_context(TemporaryDirectory(dir="/tmp"))
        )  # a socket's name is short
        members = []
        for number, role in enumerate(roles):
            home = folder / f"{role}-{number}"
            home.mkdir()
            (place := short / str(number)).mkdir()
            line = stack.enter_context(cutting(url, place))
            own = {"ROLE": role, "DATA_FOLDER": str(home), "DATABASE_URL": line.address}
            members.append(Member(role, Bot(home, {**alone.bot.environment, **own}), line))
        made = Fleet(
            alone.telegram, standin, members[0].bot, alone._discord, url=url, members=members
        )
        try:
            yield made
        finally:
            for member in members:
                member.over = True
                if member.runs:
                    member.bot.signal(signal.SIGKILL)
            await asyncio.gather(*made.keepers, return_exceptions=True)
