"""The steady load: people on both platforms ask for videos one after the other, while days pass for
what has ended."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bots.sandbox.standin.app import StandIn
from tests.kill.counting import Wish
from tests.kill.long import cast
from tests.kill.people import Person
from tests.kill.rounds import arrived
from tests.process import Scene, scene
from tests.soak.measuring import Sample, described, growth, sample

LOOK = 0.05
DAY = 24 * 3600
DAYS = 90
"""Days that pass in a run, however long it takes: three times what is kept longest."""
KEPT = 16
"""Messages that stay in a chat of the fakes, so that looking at it does not become the load."""


@dataclass(frozen=True)
class Load:
    """`people` on each platform; each asks again after a pause of `idle` seconds in the mean."""

    minutes: float
    people: int = 4
    idle: float = 6.0
    patience: float = 180.0
    seed: int = 1


@dataclass
class Figures:
    """Seconds until the first reaction and until the video of each request, by platform."""

    reactions: dict[str, list[float]] = field(default_factory=dict)
    videos: list[float] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        return [*growth(self.samples), *self.silent, *self.complaints]

    def __str__(self) -> str:
        minutes = (self.samples[-1].at - self.samples[0].at) / 60
        first = " · ".join(
            f"first reaction on {platform} {median(times):.2f} s (95 %: "
            f"{quantiles(times, n=20)[-1]:.2f} s)"
            for platform, times in sorted(self.reactions.items())
            if len(times) > 1
        )
        made = f"{len(self.videos)} videos · median {median(self.videos or [0]):.1f} s"
        return "\n".join(
            (
                f"{minutes:.0f} minutes · {made} · {first}",
                described(self.samples),
                *(self.wrong or ["nothing grew"]),
            )
        )


async def run(load: Load, folder: Path, say: Callable[[str], None]) -> Figures:
    """Serve people for so long, and look at the process now and then."""
    seconds = load.minutes * 60
    standin = StandIn(video_height=90, speed=0.01, quota=False, credits=10**9)
    more = {"LOG_LEVEL": "WARNING", "SWEEP_SECONDS": f"{max(1.0, seconds / DAYS / 2):.1f}"}
    async with scene(folder, standin, discord=True, **more) as here:
        here.discord.checks = False
        people = cast(here, load.people)
        await here.up()
        figures, over, dice = Figures(), asyncio.Event(), random.Random(load.seed)
        living = [
            asyncio.create_task(_live(here, person, load, dice, figures, over)) for person in people
        ]
        passing = asyncio.create_task(_days(here.database, seconds / DAYS))
        try:
            await _watch(here, figures, seconds, say)
            over.set()
            await asyncio.gather(*living)
        finally:
            for task in (*living, passing):
                task.cancel()
        here.bot.signal(15)
        if await here.bot.ended() != 0:
            figures.complaints.append("the bot did not end well")
        figures.complaints += ["there is a traceback in the log"] * ("Traceback" in here.bot.log)
    return figures


async def _watch(here: Scene, figures: Figures, seconds: float, say: Callable[[str], None]) -> None:
    begun, told = time.monotonic(), 0.0
    while (now := time.monotonic() - begun) < seconds or len(figures.samples) < 10:
        figures.samples.append(sample(here.bot.pid, here.database))
        if now - told > 300:
            told = now
            say(f"{now / 60:.0f} min · {len(figures.videos)} videos · {described(figures.samples)}")
        for calls in (here.telegram.requests, here.discord.requests, here.standin.calls):
            calls.clear()  # they hold every byte that was sent
        await asyncio.sleep(min(5.0, seconds / 20))


async def _days(database: Path, every: float) -> None:
    """Let a day pass for everything that has come to its end: as if the clock were advanced."""
    aged = (
        f"UPDATE jobs SET created = created - {DAY}, ended = ended - {DAY},"
        f" notified_at = notified_at - {DAY} WHERE state != 'open'",
        f"UPDATE seen SET at = at - {DAY}",
        f"UPDATE posted SET at = at - {DAY}",
    )
    while True:
        await asyncio.sleep(every)
        with closing(sqlite3.connect(database, timeout=30)) as db, db:
            for change in aged:
                db.execute(change)


async def _live(
    here: Scene,
    person: Person,
    load: Load,
    dice: random.Random,
    figures: Figures,
    over: asyncio.Event,
) -> None:
    platform, number = "Telegram" if person.id < 10**6 else "Discord", 0
    while not over.is_set():
        number += 1
        wish = Wish(person.id, f"K{person.id % 1_000_000}n{number}z")
        before, begun = len(person.reads()), time.monotonic()
        person.wishes(wish.words)
        await _until(lambda least=before: len(person.reads()) > least, load.patience)  # type: ignore[misc]
        figures.reactions.setdefault(platform, []).append(time.monotonic() - begun)
        if not await _until(lambda wish=wish: arrived(person.reads(), wish), load.patience):  # type: ignore[misc]
            figures.silent.append(f"{platform} {person.id}: no video for {wish.mark}")
            return
        figures.videos.append(time.monotonic() - begun)
        _forget(here, person)
        await asyncio.sleep(dice.uniform(0.0, 2 * load.idle))


async def _until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(LOOK)
    return True


def _forget(here: Scene, person: Person) -> None:
    """Old messages of this chat go from the fakes."""
    for old in person.reads()[:-KEPT]:
        here.telegram.world.posts.pop((person.id, old.where), None)
        here.discord.world.messages.pop(old.where, None)
