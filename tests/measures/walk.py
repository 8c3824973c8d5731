"""Through which modules a photo goes until its video is there, by room and with their lines."""

import asyncio
import sys
import threading
import tomllib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from tests.measures.shape import ROOT, SOURCES, lines

Calls = set[tuple[str, str, str]]
"""Which function (the last) of which module of ours ran, and from which module of ours it was
called: from "" where a library calls."""
Sends = Callable[[bytes], Awaitable[object]]
"""Sends a photo with words to a bot, and waits for its video."""
Bots = Callable[[Path], AbstractAsyncContextManager[Sends]]
"""Serves a bot whose files are in this folder."""
WISH = "Turn this photo into a 2-second video"
IDLE = 2.0
"""Seconds in which a bot that nobody writes to does what it does by itself."""


@asynccontextmanager
async def on_no_platform(folder: Path) -> AsyncIterator[Sends]:
    """A bot without any chat platform: what is sent is the core's own message."""
    from tests.world import world  # a bot is not needed for counting lines

    async with world(folder) as here:

        async def sends(picture: bytes) -> object:
            await here.adapter.says(WISH, picture)
            return await here.adapter.result()

        yield sends


@asynccontextmanager
async def on_telegram(folder: Path) -> AsyncIterator[Sends]:
    """A bot on Telegram."""
    from tests.test_walk_telegram import telegram_bot

    async with telegram_bot(folder) as there:

        def sends(picture: bytes) -> Awaitable[object]:
            there.telegram.user_sends(WISH, photo=picture)
            return there.video()

        yield sends


async def walk(bots: Bots) -> tuple[Calls, Calls]:
    """What ran between a photo with words and its video, and what in a bot that nobody wrote to."""
    from tests.world import photo

    passed: Calls = set()
    with TemporaryDirectory() as folder, Watched(passed):
        async with bots(Path(folder)) as sends:
            passed.clear()  # what ran at the start is on no way; its threads are watched from there
            await asyncio.sleep(IDLE)
            idle = set(passed)
            picture = photo()
            passed.clear()
            await sends(picture)
            return set(passed), idle


def by_themselves(passed: Calls, idle: Calls) -> set[str]:
    """The modules of a walk in which nothing ran but what runs in an idle bot as well."""
    known = {call[1:] for call in idle}
    told_apart = {module for _, module, function in passed if (module, function) not in known}
    return {module for _, module, _ in passed} - told_apart


def leading(calls: Calls) -> set[str]:
    """The modules from which a way leads on into others."""
    return {caller for caller, *_ in calls} & {module for _, module, _ in calls}


def closed() -> list[str]:
    """The packages that nobody may import from behind their front page, by the import contracts."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return [
        module.removesuffix(".*")
        for contract in told["importlinter"]["contracts"]
        if contract["name"].startswith("closed packages")
        for module in contract["protected_modules"]
    ]


def entered(modules: Iterable[str], packages: Iterable[str]) -> set[str]:
    """What of a walk is entered from outside: of closed packages their front page alone."""
    outermost = sorted(packages, key=len)
    return {
        next((it for it in outermost if f"{module}.".startswith(f"{it}.")), module)
        for module in modules
    }


def lengths(calls: Calls) -> dict[str, int]:
    """Every module of a walk with its lines."""
    return {module: lines(Path(_origin(module))) for _, module, _ in calls}


def _origin(module: str) -> str:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return spec.origin


def told(passed: Calls, idle: Calls, sizes: Mapping[str, int]) -> str:
    """The modules of a walk with their lines, under their rooms: `>` before those that lead on, `=`
    after those that did nothing but what they do in an idle bot. Then how many there are."""
    ahead, same = leading(passed), by_themselves(passed, idle)
    rooms: dict[str, list[str]] = defaultdict(list)
    for module in sorted(sizes):
        rooms[room(module)].append(module)
    parts = []
    for name, inside in sorted(rooms.items()):
        parts.append(f"{name}: {_counted(inside, ahead, sizes)}")
        parts += [
            f"  {'>' if module in ahead else ' '} {sizes[module]:4} {module}"
            + (" =" if module in same else "")
            for module in inside
        ]
    packages = {module.rpartition(".")[0] for module in sizes}
    parts += [
        f"(a) all: {_counted(list(sizes), set(), sizes)} in {len(packages)} packages",
        f"(b) those that lead on: {_counted([*ahead], set(), sizes)}",
        f"(c) those of (a) that do the same in an idle bot: {_counted([*same], set(), sizes)}",
        f"(d) entered, a closed package as one: {len(entered(sizes, closed()))}",
    ]
    return "\n".join(parts) + "\n"


def room(module: str) -> str:
    """The package of `bots` or `core` that a module is in, or what is in none."""
    top, _, rest = module.partition(".")
    return f"{top}.{rest.split('.')[0]}" if "." in rest else top


def _counted(modules: list[str], ahead: set[str], sizes: Mapping[str, int]) -> str:
    on = f", {len(ahead.intersection(modules))} lead on" if ahead else ""
    return f"{len(modules)} modules, {sum(sizes[module] for module in modules)} lines{on}"


class Watched:
    """Tells of each step into a module of ours, on every thread that begins while it is entered."""

    def __init__(self, passed: Calls) -> None:
        self._passed = passed

    def __enter__(self) -> None:
        threading.setprofile(self._saw)
        sys.setprofile(self._saw)

    def __exit__(self, *problem: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _saw(self, frame: FrameType, event: str, argument: object) -> None:
        name, function = _ours(frame), frame.f_code.co_qualname
        if event != "call" or not name or function == "<module>":  # which is only being imported
            return
        above = frame.f_back
        while above is not None and not _ours(above):
            above = above.f_back
        before = _ours(above) if above is not None else ""
        if before != name:
            self._passed.add((before, name, function))


def _ours(frame: FrameType) -> str:
    name = str(frame.f_globals.get("__name__", ""))
    return name if is_ours(name) else ""


def is_ours(module: str) -> bool:
    """Whether a module is of the bot, and not of the stand-in for the service."""
    return module.split(".")[0] in SOURCES and ".standin." not in f"{module}."
