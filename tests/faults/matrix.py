"""One trouble at one moment of two wishes, one on each platform, and what must come of it all the
same."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from bots.sandbox.standin.app import StandIn
from tests.faults.line import Line, State
from tests.kill.counting import Wish, idle, offered, tally
from tests.kill.people import OnDiscord, OnTelegram, Person, Read
from tests.process import Scene, scene, until
from tests.soak.measuring import MEGABYTE, sample

WHO = ("backend", "telegram", "discord")
HOW = (State.SLOW, State.RESETTING, State.REFUSING, State.NONSENSE, State.AWAY)
WHEN = {"upload": "upload", "stream": "turn", "render": "poll", "delivery": "file"}
"""A moment, and the request to the backend during which it is."""
SECONDS = 4.0
HOUR = 18.0
"""Seconds that are an hour to a bot whose first pause is `NEMO_RETRY_SECONDS` = 0.005 instead of
1."""
PATIENCE = 300.0

MOST_ASKED = 60
"""Connections and pieces of requests in an outage: a loop without pauses would make thousands."""
MOST_MEMORY = 40 * MEGABYTE
TROUBLE = "😕"


@dataclass(frozen=True)
class Cell:
    """One trouble. `hour`: as long as an hour, by settings."""

    who: str
    how: State
    when: str
    hour: bool = False

    def __str__(self) -> str:
        return f"{self.who} {self.how}{' for an hour' * self.hour}, mid-{self.when}"


CELLS = (
    *(Cell(*each) for each in product(WHO, HOW, WHEN)),
    *(
        Cell(who, State.REFUSING, when, hour=True)
        for who, when in (("backend", "render"), ("telegram", "delivery"))
    ),
)


@dataclass
class Stage:
    """A scene with a line before each server, and the people in it."""

    here: Scene
    lines: dict[str, Line]
    people: tuple[Person, ...]


ADDRESSES = {
    "backend": ("NEMO_API_URL",),
    "telegram": ("TELEGRAM_API_URL",),
    "discord": ("DISCORD_API_URL", "DISCORD_GATEWAY_URL"),
}


@asynccontextmanager
async def stage(folder: Path, *, hour: bool = False) -> AsyncIterator[Stage]:
    """A bot that runs behind the lines, and the same two people in every trouble."""
    folder.mkdir(exist_ok=True)
    standin = StandIn(video_height=90, speed=0, quota=False, credits=10**6)
    more = {"NEMO_RENDER_POLL_SECONDS": "0.3"} | ({"NEMO_RETRY_SECONDS": "0.005"} if hour else {})
    async with AsyncExitStack() as stack:
        open_to_all = {
            "HOURLY_PER_USER": "0",
            "HOURLY_PER_GROUP": "0",
        }  # a few people stand for many here
        more |= {"LOG_LEVEL": "WARNING", **open_to_all}
        here = await stack.enter_async_context(scene(folder, standin, discord=True, **more))
        lines, wanted = {}, dict(here.bot.environment)
        for who, names in ADDRESSES.items():
            place = urlsplit(wanted[names[0]])
            lines[who] = Line(place.port or 0)
            address = await stack.enter_async_context(lines[who].serving())
            wanted |= {name: wanted[name].replace(place.netloc, address) for name in names}
        here.bot.environment = wanted
        here.discord.checks = False
        here.discord.gateway.url = wanted["DISCORD_GATEWAY_URL"]
        await here.up()
        yield Stage(here, lines, (OnTelegram(here, 4000), OnDiscord(here, 1, "dm")))
        await here.bot.kill()


async def endured(on: Stage, cell: Cell, number: int) -> list[str]:
    """What of the promises was not kept."""
    here, line = on.here, on.lines[cell.who]
    people, before = on.people, [len(person.reads()) for person in on.people]
    wishes = [
        Wish(person.id, f"K{number}{letter}z") for person, letter in zip(people, "ab", strict=True)
    ]
    process, memory, logged = (
        here.bot.pid,
        sample(here.bot.pid, here.database).memory,
        len(here.bot.log),
    )
    try:
        await _struck(
            on,
            cell,
            [partial(p.wishes, w.words) for p, w in zip(people, wishes, strict=True)],
        )
        await asyncio.sleep(HOUR if cell.hour else SECONDS)
        asked = line.asked
        await line.turn(State.OPEN)
        here.standin.faults.clear()
        pressed = [await _at_last(here, *each) for each in zip(people, wishes, before, strict=True)]
        await until(lambda: idle(here.look))
    except TimeoutError:
        return [
            f"{cell}: silence\n"
            + "\n".join(str(read) for person in people for read in person.reads()[-6:])
        ]
    wrong = _dead_or_busy(here, process, sample(process, here.database).memory - memory, asked)
    wrong += ["a traceback in the log:\n" + here.bot.log[logged:]] * (
        "Traceback" in here.bot.log[logged:]
    )
    for person, wish, presses, old in zip(people, wishes, pressed, before, strict=True):
        reads = person.reads()[old:]
        # Telegram, or a line that breaks while the result is on its way: it may come once more,
        # marked
        wrong += tally(here, wish, reads=reads).broken(presses, doubtful=cell.who == "telegram")
        complaints = [read.text for read in reads if TROUBLE in read.text]
        wrong += [f"told {len(complaints)} times: {complaints}"] * (len(complaints) > 1)
    return [f"{cell}: {words}" for words in wrong]


def _dead_or_busy(here: Scene, process: int, memory: int, asked: int) -> list[str]:
    wrong = ["it died"] * (here.bot.pid != process or here.bot.starts != 1)
    wrong += [f"asked {asked} times in the outage"] * (asked > MOST_ASKED)
    return wrong + [f"took {memory / MEGABYTE:.0f} MB more"] * (memory > MOST_MEMORY)


async def _struck(on: Stage, cell: Cell, says: Iterable[Callable[[], object]]) -> None:
    """Let people speak, and turn the line at the moment of the cell."""
    here, endpoint = on.here, WHEN[cell.when]
    before = len(here.standin.asked(endpoint))
    here.standin.faults.set(endpoint, "silence:1.0" if endpoint == "turn" else "delay:0.5", times=2)
    for say in says:
        say()
    await until(lambda: len(here.standin.asked(endpoint)) > before)
    if endpoint == "turn":
        await asyncio.sleep(0.3)
    await on.lines[cell.who].turn(cell.how)


async def _at_last(here: Scene, person: Person, wish: Wish, old: int) -> int:
    """Wait for the video; where a paid turn was lost on the way, have it run again, as its asker
    would."""
    pressed = 0

    def arrived() -> int:
        return tally(here, wish, reads=person.reads()).videos

    def offers() -> list[Read]:
        return offered(person.reads()[old:])[pressed:]

    while not arrived():
        await until(lambda: arrived() or offers(), PATIENCE)
        if found := offers():
            pressed += 1
            person.presses(found[-1], "🔁 Again")
    return pressed
