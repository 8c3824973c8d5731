"""What one request costs: processor time, transactions and round trips, against a bare script with
the same calls and as many durable writes."""

from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, cast

from benchmarks.backend import Backend, photograph
from benchmarks.bare import chat
from benchmarks.bare import request as bare
from benchmarks.measuring import Scale, child, ratio, spent_by
from benchmarks.people import Plan, as_json
from benchmarks.report import Figure, Table
from bots.sandbox.standin.app import StandIn
from tests.process import scene
from tests.servers.telegram import FakeTelegram

TITLE = "A request"
FEW = 18
"""Durable writes of a script that keeps only what it must."""
TURN = 2.0
"""Seconds: long enough for a status to be edited."""
WARM, FIRST = 2, 10_000
"""People before those that count; the number of the first."""
SETTINGS: dict[str, Any] = {
    "NEMO_TOKEN": bare.TOKEN,
    "NEMO_RENDER_POLL_SECONDS": "0.05",
    "BUDGET_BOT_DAY": "0",
    "BUDGET_BOT_MONTH": "0",
}


async def run(scale: Scale) -> Table:
    """The engine with a platform in memory, then the whole process on Telegram."""
    alone, calls, writes = await engine_alone(scale)
    return Table(TITLE, (*alone, *await on_telegram(scale, calls, writes)))


async def engine_alone(scale: Scale) -> tuple[list[Figure], tuple[str, ...], int]:
    """Ours and the bare script in turn."""
    people, together, repeats = scale.of((24, 8, 3), (8, 4, 1))
    backend = Backend(turn=TURN)
    ours: list[float] = []
    same: list[float] = []
    few: list[float] = []
    async with backend.serving() as url:
        plan = Plan(url, people, together, warm=1, settings=SETTINGS)
        alone = Plan(url, scale.of(6, 2), 1, warm=1, settings=SETTINGS, counted=True)
        counted = await _asked(alone)
        transactions, durable = (
            counted[what] / alone.people for what in ("transactions", "durable")
        )
        # requests that run together share some: the bare script writes as often as these do
        writes = round((await _asked(replace(plan, counted=True)))["durable"] / people)
        calls = await _calls(backend, url)
        for _ in range(repeats):
            ours.append((await _asked(plan))["cpu"] / people)
            for found, number in ((same, writes), (few, FEW)):
                script = bare.Plan(url, people, together, calls, number)
                found.append((await _bare(script))["cpu"] / people)
    beside = f"bare {1000 * median(same):.1f} ms with the same {len(calls)} calls, {writes} writes"
    against, apart = ratio(ours, same)
    least = f"bare {1000 * median(few):.1f} ms"
    figures = [
        Figure("engine: CPU of one request", 1000 * median(ours), "ms", beside=beside),
        Figure("engine: against the bare script", against, "×", 1.5, spread=apart),
        Figure(f"engine: against one with {FEW} writes", ratio(ours, few)[0], "×", beside=least),
        Figure("engine: transactions a request", transactions, "", 25),
        Figure("engine: durable ones of them", durable, "", 18),
        Figure("engine: calls to the service", len(calls), ""),
    ]
    return figures, calls, writes


async def on_telegram(scale: Scale, calls: tuple[str, ...], writes: int) -> list[Figure]:
    """The whole process, with its adapter, pictures and all, and a bare bot that calls the Bot API
    as often."""
    people, repeats = scale.of((20, 3), (8, 1))
    backend = Backend(turn=TURN)
    ours: list[float] = []
    bare: list[float] = []
    told: Counter[str] = Counter()
    for _ in range(repeats):
        cpu, asked = await _served(backend, people)
        ours.append(cpu / people)
        told = Counter({name: round(count / people) for name, count in asked.items()})
        bare.append(await _bare_chat(backend, people, calls, writes, told) / people)
    against, apart = ratio(ours, bare)
    posts = f"{told['sendMessage']} messages, {told['editMessageText']} edits"
    beside = f"bare {1000 * median(bare):.1f} ms with the same calls ({posts})"
    return [
        Figure("whole process: CPU of one request", 1000 * median(ours), "ms", beside=beside),
        Figure("whole process: against a bare bot", against, "×", 2.0, spread=apart),
    ]


async def _served(backend: Backend, people: int) -> tuple[float, Counter[str]]:
    """Processor seconds of `python -m bots`, and how often each method was called."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        standin = cast(StandIn, backend)  # all that a scene wants of it is that it serves
        async with scene(Path(folder), standin, discord=False, **SETTINGS) as here:
            await here.up()
            await _photos(here.telegram, WARM, FIRST)
            cpu, before = spent_by(here.bot.pid), len(here.telegram.requests)
            await _photos(here.telegram, people, FIRST + WARM)
            took = spent_by(here.bot.pid) - cpu
            return took, Counter(each.method for each in here.telegram.requests[before:])


async def _bare_chat(
    backend: Backend, people: int, calls: tuple[str, ...], writes: int, told: Counter[str]
) -> float:
    async with FakeTelegram() as telegram, backend.serving() as url:
        plan = chat.Plan(
            *(url, telegram.token, telegram.url, people, WARM, calls, writes),
            messages=max(told["sendMessage"], 1),
            edits=told["editMessageText"],
            actions=told["sendChatAction"],
        )
        async with child("bare.chat", asdict(plan)) as bot:
            await _photos(telegram, WARM, FIRST)
            await bot.told()
            await _photos(telegram, people, FIRST + WARM)
            return float(await bot.told())


async def _photos(telegram: FakeTelegram, people: int, first: int) -> None:
    """So many people send a photo, and have their videos."""
    before = len(telegram.calls("sendVideo"))
    for user in range(first, first + people):
        telegram.user_sends(f"{bare.WORDS} {user}", photo=photograph(), user=user)
    await telegram.wait_for(lambda: len(telegram.calls("sendVideo")) >= before + people)


async def _asked(plan: Plan) -> dict[str, Any]:
    async with child("people", as_json(plan)) as bot:
        await bot.told()
        return await bot.found()


async def _bare(plan: bare.Plan) -> dict[str, Any]:
    async with child("bare.request", asdict(plan)) as script:
        return await script.found()


async def _calls(backend: Backend, url: str) -> tuple[str, ...]:
    """The names of the calls that one request makes, in order."""
    async with child("people", as_json(Plan(url, 1, settings=SETTINGS, warm=1))) as bot:
        await bot.told()
        backend.sequence.clear()
        await bot.told()
    return tuple(backend.sequence)
