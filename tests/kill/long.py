"""The long run: many people on both platforms, load, SIGKILL at random instants, and a count of
every promise."""

import asyncio
import random
import signal
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import typer

from bots.sandbox.standin.app import StandIn
from core.domain.tokens.accounts import FREE_GRANTS
from tests.kill.counting import idle
from tests.kill.figures import Count, counted
from tests.kill.fleet import Fleet, fleet
from tests.kill.groups import InGroup
from tests.kill.people import OnDiscord, OnTelegram, Person
from tests.kill.plants import COPY, copied, delay, hurry, plantable, planted
from tests.kill.rounds import Round, Stage, live
from tests.process import LONG, Scene, scene, until

WAYS = ("slash", "mention", "dm")
OPEN = {"HOURLY_PER_USER": "0", "HOURLY_PER_GROUP": "0", "PYTHONFAULTHANDLER": "1"}
"""Without limits: these people wish without a pause. A bot that hangs shows where, on SIGABRT."""


@dataclass(frozen=True)
class Plan:
    """What to do, in at most so many minutes: `people` on each platform.

    `plant` breaks a promise on purpose, once (tests.kill.plants).

    `caught_up`: messages that Discord delivered while no bot was there must be answered as well.
    """

    kills: int
    seed: int = 1
    people: int = 4
    patience: float = 90.0
    plant: str = ""
    caught_up: bool = False
    minutes: float = 1e6
    gateways: int = 0
    workers: int = 0
    every: float = 5.0
    lease: float = 5.0

    @property
    def shared(self) -> bool:
        """Whether several processes share a Postgres: `every` so many seconds one of them is
        struck."""
        return self.gateways + self.workers > 0


async def run(plan: Plan, folder: Path, say: Callable[[str], None] = typer.echo) -> Count:
    """Kill the bot so often, let it finish what it has, and count."""
    standin = StandIn(video_height=90, speed=0.01, quota=False, credits=10**9)
    dice, begun = random.Random(plan.seed), time.monotonic()
    async with _staged(plan, folder, standin) as here:
        here.discord.checks = (
            plan.kills < 10
        )  # each call against the API's description is much work
        people = cast(here, plan.people)
        await here.up()
        stage = Stage(here, [], asyncio.Event(), plan.patience, plan.caught_up)
        ageing = asyncio.create_task(stage.age())
        living = [asyncio.create_task(live(stage, person)) for person in people]
        try:
            kills = await (
                _strike(here, plan, dice, say)
                if isinstance(here, Fleet)
                else _kill(here, plan, dice, say)
            )
            stage.over.set()
            await asyncio.gather(*living)
            with suppress(TimeoutError):
                await until(lambda: idle(here.look), plan.patience)
        finally:
            for task in (*living, *stage.watching, ageing):
                task.cancel()
        count = counted(here, stage.rounds, caught_up=plan.caught_up)
        if isinstance(here, Fleet):
            stuck = here.stuck()
            count.hung = sum(code != 0 for code in await here.end())
            count.details = [str(here), _waited(stage.rounds), *here.wrong, *stuck, *count.details]
            count.hung += len(here.wrong)
        elif last := await _end(here):
            count.hung, count.details = 1, [*last, *count.details]
    count.kills, count.seconds = kills, time.monotonic() - begun
    return count


def _waited(rounds: Sequence[Round]) -> str:
    """How long people waited for their first answer."""
    times = sorted(one.answered for one in rounds if one.answered) or [0.0]
    return (
        f"first answers on Telegram {len(times)}: median {statistics.median(times):.1f} s,"
        f" longest {times[-1]:.1f} s"
    )


def _staged(plan: Plan, folder: Path, standin: StandIn) -> AbstractAsyncContextManager[Scene]:
    """One process on SQLite, or several on Postgres."""
    settings = {"NEMO_RECOVERY_SECONDS": "0.3", "LOG_LEVEL": "WARNING", **OPEN}
    if not plan.shared:
        return scene(folder, standin, discord=True, **settings)
    return fleet(folder, standin, plan.gateways, plan.workers, plan.lease, discord=True, **settings)


async def _strike(here: Fleet, plan: Plan, dice: random.Random, say: Callable[[str], None]) -> int:
    """One process after the other, as many as there is time for."""
    number, end = 0, time.monotonic() + plan.minutes * 60
    while number < plan.kills and time.monotonic() < end:
        number += 1
        at = time.monotonic()
        what = await here.strike(dice, plan.lease)
        if number % 10 == 0:
            say(f"{number}: {what}")
        await asyncio.sleep(max(0.0, plan.every - (time.monotonic() - at)))
    return number


async def _end(here: Scene) -> list[str]:
    """Let it end as a deploy does; what it said last, and where its threads stood, if it does
    not."""
    here.bot.signal(signal.SIGTERM)
    try:
        await here.bot.ended()
    except TimeoutError:
        here.bot.signal(signal.SIGABRT)
        await here.bot.ended()
        return [f"it did not end within {LONG:g} seconds:", here.bot.log[-6000:]]
    return []


def cast(here: Scene, number: int) -> list[Person]:
    """So many people on each platform; on Discord they use commands, mentions and direct messages
    in turn. For every two there is a group with reels, as long as each has a free start."""
    groups = min(number // 2, max(0, FREE_GRANTS - 2 * number))
    on_telegram = [OnTelegram(here, 3000 + each) for each in range(number)]
    return [
        *on_telegram,
        *(OnDiscord(here, each, WAYS[each % len(WAYS)]) for each in range(number)),
        *(InGroup(here, each) for each in range(groups)),
    ]


async def _kill(here: Scene, plan: Plan, dice: random.Random, say: Callable[[str], None]) -> int:
    """At any instant, so often. What is planted is planted in the second half."""
    done = not plan.plant
    copy = here.bot.folder / "copy.sqlite"
    number, end = 0, time.monotonic() + plan.minutes * 60
    while number < plan.kills and time.monotonic() < end:
        number += 1
        await _instant(here, dice)
        await here.bot.kill()
        if plan.plant == COPY and not copy.exists():
            copied(here.database, copy)
        elif not done and 2 * number >= plan.kills:
            done = planted(here.database, plan.plant, copy)
        await here.begin()
        if number % 25 == 0:
            say(f"{number} kills")
    while not done:  # nothing was there to be broken at that instant
        delay(here, plan.plant)
        await until(lambda: plantable(here.database, plan.plant))
        await here.bot.kill()
        hurry(here)
        done = planted(here.database, plan.plant, copy)
        await here.begin()
    return number


async def _instant(here: Scene, dice: random.Random) -> None:
    """Any moment of the start, one time in five; else any of the first seconds of work."""
    if dice.random() > 0.2:
        await until(lambda: here.listens)
    await asyncio.sleep(dice.uniform(0.0, 3.0))
