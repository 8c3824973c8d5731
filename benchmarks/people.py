"""An engine with a platform in memory in a process of its own, and people who ask it for videos:
`python -m benchmarks.people` with a Plan as JSON; says `ready`, and when all is done what it
took."""

import asyncio
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.backend import photograph
from benchmarks.counting import Counted
from benchmarks.measuring import arguments, resident, say, share, spent
from bots.compose import running
from core.adapter import Receive
from core.messages import Address, Attachment, Inbound, Outbound, Place, Said, Sender
from core.ops import machine
from core.ops.logs import configure
from core.settings import Settings, read

PLATFORM = "bench"
WORDS = "Turn this photo into a 2-second video"
"""Everybody says them with a name of their own: nothing is known of them yet."""
TICK = 0.01
HEAD_START = 4.0
"""Seconds in which others get as far as their uploads."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`people` ask, `together` at a time (0: all), each for one video; `warm` others have asked
    before anything was counted. `settings` are variables of the bot. `counted`: count transactions,
    which costs a little. They come one after the other, `over`
    so many seconds. `patience` in seconds, after which whoever waits counts as lost.
    So many `heavy` others have asked a moment before, and are not counted."""

    url: str
    people: int
    together: int = 0
    warm: int = 2
    settings: dict[str, str] = field(default_factory=dict)
    counted: bool = False
    patience: float = 600.0
    over: float = 0.0
    heavy: int = 0


class Recorder:
    """The platform: keeps when each person was answered, and how often it was called."""

    platform = PLATFORM
    edit_seconds = 3.0
    repeatable = False
    largest_download = 0
    largest_upload = 50 * 2**20

    def __init__(self) -> None:
        self.receive: Receive | None = None
        self.running = asyncio.Event()
        self.said: dict[str, float] = {}
        self.first: dict[str, float] = {}
        self.done: dict[str, asyncio.Future[float]] = {}
        self.sends = 0

    async def run(self, receive: Receive) -> None:
        """See core.adapter."""
        self.receive = receive
        self.running.set()
        await asyncio.Event().wait()

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """See core.adapter."""
        self.sends += 1
        now = time.monotonic()
        self.first.setdefault(message.user, now)
        done = self.done.get(message.user)
        if message.video is not None and done is not None and not done.done():
            done.set_result(now)
        return edit or nonce

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """See core.adapter."""
        path = folder / "photo.jpg"
        path.write_bytes(photograph())
        return path

    async def asks(self, user: str) -> float:
        """One person sends a photo with words and waits for the video; seconds until it came."""
        self.done[user] = asyncio.get_running_loop().create_future()
        self.said[user] = time.monotonic()
        file = Attachment(f"{PLATFORM}:{user}", "photo.jpg", "image/jpeg", len(photograph()))
        place = Place(Address(PLATFORM, f"c{user}"), private=True)
        inbound = Inbound(
            f"m{user}", Sender(user), place, Said(f"{WORDS} {user}", (file,)), order=1
        )
        assert self.receive is not None
        await self.receive(inbound)
        return await self.done[user] - self.said[user]


async def late(found: list[float]) -> None:
    """How long the loop lets others wait."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(TICK)
        found.append(time.monotonic() - before - TICK)


async def largest(found: list[int]) -> None:
    """The memory taken, now and then."""
    while True:
        found.append(resident())
        await asyncio.sleep(0.2)


async def follow(plan: Plan) -> dict[str, Any]:
    """Let the people ask, and say what it took."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        counted = Counted(Path(folder, "counts"))
        if plan.counted:
            counted.begin()
        database = f"sqlite:///{Path(folder, 'bot.sqlite')}"
        values = {"NEMO_API_URL": plan.url, "DATABASE_URL": database, **plan.settings}
        recorder = Recorder()
        async with running(read(Settings, values), {PLATFORM: recorder}) as engine:
            serving = asyncio.create_task(engine.serve())
            try:
                await recorder.running.wait()
                return await _measured(plan, recorder, counted)
            finally:
                serving.cancel()
                with suppress(asyncio.CancelledError):
                    await serving


async def _measured(plan: Plan, recorder: Recorder, counted: Counted) -> dict[str, Any]:
    for number in range(plan.warm):
        await recorder.asks(f"warm{number}")
    say({"ready": resident()})
    lags: list[float] = []
    sizes = [resident()]
    watching = [asyncio.create_task(late(lags)), asyncio.create_task(largest(sizes))]
    cpu, begun, sends = spent(), time.monotonic(), recorder.sends
    transactions, durable = counted.now
    places = asyncio.Semaphore(plan.together or plan.people)

    async def one(number: int) -> float:
        await asyncio.sleep(plan.over * number / plan.people)
        async with places:
            return await recorder.asks(f"u{number}")

    others = [asyncio.create_task(recorder.asks(f"heavy{n}")) for n in range(plan.heavy)]
    if others:
        await asyncio.sleep(HEAD_START)
    asking = [asyncio.create_task(one(number)) for number in range(plan.people)]
    done, lost = await asyncio.wait(asking, timeout=plan.patience)
    took = {
        "cpu": spent() - cpu,
        "wall": time.monotonic() - begun,
        "sends": recorder.sends - sends,
        "transactions": counted.now[0] - transactions,
        "durable": counted.now[1] - durable,
    }
    for task in (*watching, *lost, *others):
        task.cancel()
    names = [f"u{number}" for number in range(plan.people)]
    heard = [name for name in names if name in recorder.first]
    first = [recorder.first[name] - recorder.said[name] for name in heard]
    answered = [task.result() for task in done]
    return took | {
        "grown": max(sizes) - sizes[0],
        "lost": len(lost),
        "silent": plan.people - len(heard),
        "first": _shares(first),
        "answered": _shares(answered),
        "lag": _shares(lags),
    }


def _shares(found: list[float]) -> list[float]:
    """The median, what 99 of 100 stay below, and the largest."""
    return [share(found, 0.5), share(found, 0.99), max(found)] if found else [inf, inf, inf]


def as_json(plan: Plan) -> dict[str, Any]:
    """As the child takes it."""
    return asdict(plan)


if __name__ == "__main__":
    machine.ask_for_handles()
    configure("WARNING", "console", [], libraries=False)
    say(asyncio.run(follow(Plan(**arguments()[0]))))
