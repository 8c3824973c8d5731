"""The long run: many people, load, SIGKILL at random instants, and a count of every promise at the end."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import typer

from core.standin.app import StandIn
from tests.kill.counting import TWICE, Tally, Wish, idle, offers, tally, untraced
from tests.process import Scene, scene, until
from tests.servers.telegram import Seen
from tests.world import photo

FIRST, SECOND = ("upload", "Just send the file here"), ("hello", "Share your still images")
"""Words that are answered at once, and how the answers begin: said before each wish, to see that order is kept."""
LOST = "The connection dropped"
"""The only words with which a wish may end without a video, since the outcome of its paid turn is unknown."""


@dataclass(frozen=True)
class Plan:
    """What to do. `plant` loses something on purpose, once: a `job`, its `words`, or all since a `copy` was made."""

    kills: int
    seed: int = 1
    people: int = 8
    patience: float = 90.0
    plant: str = ""


@dataclass
class Round:
    """What one person has said in one go, and how often they had a lost turn run again."""

    wish: Wish
    pressed: int = 0
    silent: bool = False


@dataclass
class Count:
    """The figures of a run; everything but the first row and `offered` must be nought."""

    kills: int = 0
    requests: int = 0
    offered: int = 0
    marked: int = 0
    lost: int = 0
    silent: int = 0
    turns_twice: int = 0
    exports_twice: int = 0
    photos_twice: int = 0
    videos_twice: int = 0
    out_of_order: int = 0
    other_words: int = 0
    seconds: float = 0.0
    details: list[str] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether any promise was."""
        return any(
            (self.lost, self.silent, self.turns_twice, self.exports_twice, self.photos_twice, self.videos_twice)
        ) or bool(self.out_of_order or self.other_words)

    def __str__(self) -> str:
        return "\n".join(
            (
                f"kills {self.kills} · requests {self.requests} · {self.seconds / 60:.1f} minutes",
                f"requests lost {self.lost} · people left in silence {self.silent} · out of order {self.out_of_order}",
                f"paid turns sent twice {self.turns_twice} · exports started twice {self.exports_twice}"
                f" · photos uploaded twice {self.photos_twice} · videos twice {self.videos_twice}"
                f" · other words {self.other_words}",
                f"(lost turns offered again, by a button: {self.offered};"
                f" videos once more in Telegram's gap, marked: {self.marked})",
                *self.details[:20],
            )
        )


async def run(plan: Plan, folder: Path, say: Callable[[str], None] = typer.echo) -> Count:
    """Kill the bot so often, let it finish what it has, and count."""
    standin = StandIn(video_height=90, speed=0.01, quota=False, credits=10**9)
    dice, begun, rounds = random.Random(plan.seed), time.monotonic(), list[Round]()
    async with scene(folder, standin, NEMO_RECOVERY_SECONDS="0.3", LOG_LEVEL="WARNING") as here:
        await here.up()
        over = asyncio.Event()
        people = [
            asyncio.create_task(_person(here, 3000 + number, rounds, over, plan.patience))
            for number in range(plan.people)
        ]
        try:
            await _kill(here, plan, dice, say)
            over.set()
            await asyncio.gather(*people)
            with suppress(TimeoutError):
                await until(lambda: idle(here.database), plan.patience)
        finally:
            for person in people:
                person.cancel()
        count = _counted(here, rounds)
        here.bot.signal(15)
        await here.bot.ended()
    count.kills, count.seconds = plan.kills, time.monotonic() - begun
    return count


async def _kill(here: Scene, plan: Plan, dice: random.Random, say: Callable[[str], None]) -> None:
    """At any instant, the start itself included. What is planted is planted in the second half."""
    planted = not plan.plant
    copy = here.bot.folder / "copy.sqlite"
    for number in range(1, plan.kills + 1):
        await asyncio.sleep(dice.uniform(0.3, 3.0))
        await here.bot.kill()
        if plan.plant == "copy" and not copy.exists():
            _copied(here.database, copy)
        elif not planted and 2 * number >= plan.kills:
            planted = _planted(here.database, plan.plant, copy)
        await here.bot.start()
        if number % 25 == 0:
            say(f"{number} kills")
    while not planted:  # nothing was there to be lost at that instant
        if plan.plant == "words":
            here.telegram.hang("sendMessage")
        await asyncio.sleep(dice.uniform(0.8, 2.5))
        await here.bot.kill()
        here.telegram.faults.clear()
        planted = _planted(here.database, plan.plant, copy)
        await here.bot.start()


def _copied(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def _planted(database: Path, plant: str, copy: Path) -> bool:
    """Break a promise in the bot's stead, while it is down; False if there was nothing to break."""
    with closing(sqlite3.connect(database)) as db:
        what = {
            "job": "SELECT id FROM jobs WHERE state = 'open' AND step NOT IN ('gather', 'poll', 'link') LIMIT 1",
            "words": "SELECT id FROM outbox WHERE slot = '' LIMIT 1",
            "copy": "SELECT id FROM jobs WHERE state = 'open' LIMIT 1",
        }[plant]
        found = db.execute(what).fetchone()
        if found is None:
            return False
        if plant in ("job", "words"):
            db.execute(f"DELETE FROM {'jobs' if plant == 'job' else 'outbox'} WHERE id = ?", found)
            db.commit()
    if plant == "copy":
        for end in ("-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        copy.replace(database)
    return True


async def _person(here: Scene, user: int, rounds: list[Round], over: asyncio.Event, patience: float) -> None:
    """Says two things and a wish, waits for the video, has it run again where the bot asks, and begins anew."""
    number = 0
    while not over.is_set():
        number += 1
        mine = Round(Wish(user, f"K{user}n{number}z"))
        rounds.append(mine)
        for words, _ in (FIRST, SECOND):
            here.telegram.user_sends(words, user=user)
        here.telegram.user_sends(mine.wish.words, photo=photo(), user=user)
        try:
            await _patiently(here, mine, patience)
        except TimeoutError:
            mine.silent = True
            return


async def _patiently(here: Scene, mine: Round, patience: float) -> None:
    seen = len(offers(here.telegram, mine.wish.user))
    while True:
        async with asyncio.timeout(patience):
            while not (_arrived(here, mine.wish) or len(offers(here.telegram, mine.wish.user)) > seen):
                await here.telegram.world.news.wait(0.2)
        if _arrived(here, mine.wish):
            return
        last = offers(here.telegram, mine.wish.user)[-1]
        seen, mine.pressed = len(offers(here.telegram, mine.wish.user)), mine.pressed + 1
        here.telegram.presses(last.id, "🔁 Again", chat=mine.wish.user, user=mine.wish.user)


def _arrived(here: Scene, wish: Wish) -> bool:
    return any(seen.video and wish.mark in seen.text for seen in here.telegram.said(wish.user))


def _counted(here: Scene, rounds: list[Round]) -> Count:
    count = Count(requests=3 * len(rounds))
    for one in rounds:
        _add(count, one, tally(here, one.wish))
    turns = here.standin.asked("turn")
    count.turns_twice += max(0, len(turns) - len(rounds) - count.offered) if any(map(untraced, turns)) else 0
    for user in {one.wish.user for one in rounds}:
        _in_order(count, here, user, [one for one in rounds if one.wish.user == user])
    return count


def _add(count: Count, one: Round, found: Tally) -> None:
    count.offered += one.pressed
    count.silent += one.silent
    count.lost += not found.videos
    count.marked += max(0, found.videos - 1)
    count.videos_twice += max(0, found.videos - found.marked - 1)
    count.turns_twice += max(0, found.turns - 1 - one.pressed)
    count.exports_twice += max(0, found.renders - 1 - one.pressed) + found.repeated
    count.photos_twice += max(0, found.photos - 1)
    if wrong := found.broken(one.pressed, doubtful=True):
        count.details.append(f"{one.wish.mark}: {', '.join(wrong)}")


def _in_order(count: Count, here: Scene, user: int, rounds: list[Round]) -> None:
    """Each round is answered with the two answers and the video, in this order; a marked repetition may follow."""
    said = here.telegram.said(user)
    strange = [seen.text for seen in said if "🔁 Again" in seen.labels and not seen.video and LOST not in seen.text]
    read = [(kind, TWICE in seen.text) for seen in said if (kind := _kind(seen, rounds))]
    wanted = [kind for one in rounds for kind in ("1", "2", one.wish.mark)]
    missing = sum(max(0, wanted.count(kind) - [one for one, _ in read].count(kind)) for kind in ("1", "2"))
    once = [kind for kind, marked in read if not marked]
    disorder = sorted(once) == sorted(wanted) and once != wanted
    count.lost, count.out_of_order = count.lost + missing, count.out_of_order + disorder
    count.other_words += len(strange)
    count.details += [f"{user} read {strange}"] * bool(strange) + [f"{user} read {once[-9:]}"] * bool(
        missing or disorder
    )


def _kind(seen: Seen, rounds: list[Round]) -> str:
    if seen.video:
        return next((one.wish.mark for one in rounds if one.wish.mark in seen.text), "?")
    return next((kind for kind, (_, start) in (("1", FIRST), ("2", SECOND)) if seen.text.startswith(start)), "")
