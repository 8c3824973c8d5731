"""What our adapters take to hear of a message or a command and to send one, against their libraries
alone."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from statistics import median

from benchmarks.backend import photograph
from benchmarks.bare.platforms import Plan
from benchmarks.measuring import Scale, child, ratio
from benchmarks.report import Figure, Table
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.telegram import FakeTelegram

TITLE = "The adapters"
GOAL = 1.3
WARM = 100
PEOPLE = 50
AHEAD = 20
FIRST = 10_000
"""The number of the first person."""

PHOTO = Photo("photo.jpg", photograph())

Say = Callable[[FakeDiscord, int], object]
Measure = Callable[[str, int], Awaitable[float]]
"""Seconds of processor time that a module takes for so many."""


async def run(scale: Scale) -> Table:
    """Ours and the library in turn, each against a server of its own."""
    repeats, many = scale.of(5, 2), scale.of(800, 300)
    figures = [
        await _compared("Telegram: an update", repeats, many, _telegram_heard),
        await _compared("Telegram: a message sent", repeats, scale.of(150, 50), _telegram_sent),
        await _compared("Discord: /help", repeats, many, _commands),
        *await _with_a_photo(repeats, many),
        await _compared("Discord: a message", repeats, many, _messages),
    ]
    return Table(TITLE, tuple(figures))


async def _compared(what: str, repeats: int, many: int, measure: Measure) -> Figure:
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(repeats):
        for module, found in (("served", ours), ("bare.platforms", bare)):
            found.append(1e6 * await measure(module, many) / many)
    against, apart = ratio(ours, bare)
    beside = f"{median(ours):.0f} µs, the library {median(bare):.0f}"
    return Figure(what, against, "×", GOAL, beside=beside, spread=apart)


async def _with_a_photo(repeats: int, many: int) -> tuple[Figure, Figure]:
    """Ours notes the wish on disk, for Discord sends it once: against a bare bot that does the
    same, and one that does not."""
    ours: list[float] = []
    bare: list[float] = []
    heedless: list[float] = []
    for _ in range(repeats):
        for module, noting, found in (
            ("served", False, ours),
            ("bare.platforms", True, bare),
            ("bare.platforms", False, heedless),
        ):
            found.append(1e6 * await _wishes(module, many, noting=noting) / many)
    what, (against, apart) = "Discord: /video with a photo", ratio(ours, bare)
    beside = f"{median(ours):.0f} µs, the library with a note on disk {median(bare):.0f}"
    least, between = ratio(ours, heedless)
    without = f"the library without {median(heedless):.0f} µs"
    return (
        Figure(what, against, "×", GOAL, beside=beside, spread=apart),
        Figure(f"{what}, against no note", least, "×", beside=without, spread=between),
    )


async def _telegram_heard(module: str, many: int) -> float:
    async with FakeTelegram() as telegram:
        plan = Plan(telegram.token, telegram.url, many, WARM)
        async with child(module, "telegram heard", asdict(plan)) as other:
            for count in (WARM, many):
                for number in range(count):
                    telegram.user_sends("make it move", user=FIRST + number % PEOPLE)
                took = await other.told()
            return float(took)


async def _telegram_sent(module: str, many: int) -> float:
    async with FakeTelegram() as telegram:
        people = [str(FIRST + number) for number in range(PEOPLE)]
        for person in people:
            telegram.user_sends("/start", user=int(person))
        plan = Plan(telegram.token, telegram.url, many, PEOPLE, chats=tuple(people))
        async with child(module, "telegram sent", asdict(plan)) as other:
            await other.told()
            return float(await other.told())


async def _commands(module: str, many: int) -> float:
    return await _discord(module, many, lambda discord, number: discord.slash("help"))


async def _wishes(module: str, many: int, *, noting: bool = False) -> float:
    def wishes(discord: FakeDiscord, number: int) -> object:
        return discord.slash("video", {"prompt": f"move {number}"}, [PHOTO])

    return await _discord(module, many, wishes, noting=noting)


async def _messages(module: str, many: int) -> float:
    def says(discord: FakeDiscord, number: int) -> object:
        return discord.says(f"make it move {number}", channel=discord.dm)

    return await _discord(module, many, says)


def _waiting(discord: FakeDiscord) -> bool:
    """Whether so many commands have no answer yet that some may come too late."""
    used = discord.world.interactions.values()
    return sum(not use.answered for use in used) > AHEAD


async def _discord(module: str, many: int, act: Say, *, noting: bool = False) -> float:
    async with FakeDiscord() as discord:
        discord.checks = False
        plan = Plan(
            *(discord.token, discord.api_url, many, WARM, discord.gateway_url), noting=noting
        )
        async with child(module, "discord", asdict(plan)) as other:
            await discord.wait_for(lambda: discord.gateway.identified and discord.world.commands)
            for count in (WARM, many):
                for number in range(count):
                    act(discord, number)
                    if number % AHEAD == 0:
                        await asyncio.sleep(0.02)
                        await discord.wait_for(lambda: not _waiting(discord))
                took = await other.told()
            return float(took)
