"""The whole examination: this machine, the way out, the platforms, and the service if asked for."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from bots.databases import StoreBroken, outside
from bots.doctor import database, folders, installation, live, network, sharing, variables
from bots.environment import written
from bots.platforms import CONSOLE, Platform, chosen, platforms
from core.connections import Asking
from core.net import DIRECT, Proxies, proxies_from
from core.ops.findings import Finding, note, wrong
from core.settings import Environment, Settings, WrongSetting, read


async def examined(
    environment: Environment,
    file: Path,
    *,
    deep: bool = False,
    clock: Callable[[], float] = time.time,
) -> AsyncIterator[Finding]:
    """What is found, as it is found. `file` is the .env that the environment was read from; `deep`
    asks the video service as well, with free calls only."""
    settings = usable(environment)
    for findings in (
        installation.findings(),
        variables.findings(written(file), environment, file),
        folders.findings(settings),
        _of_database(settings, clock),
    ):
        for finding in findings:
            yield finding
    async with Asking(_proxies(environment), clock) as asking:
        async for finding in _outside(settings, environment, asking, deep=deep):
            yield finding


async def _outside(
    settings: Settings, environment: Environment, asking: Asking, *, deep: bool
) -> AsyncIterator[Finding]:
    async for finding in network.findings(settings, asking):
        yield finding
    runs = _in_use(settings)
    for platform in platforms().values():
        for finding in await _of_platform(platform, environment, asking, runs):
            yield finding
    for finding in _without_any(settings, environment):
        yield finding
    if deep:
        async for finding in live.findings(settings, asking.proxies):
            yield finding


def _of_database(settings: Settings, clock: Callable[[], float]) -> Iterator[Finding]:
    if settings.shared:
        return sharing.findings(settings, clock)
    return database.findings(settings)


def _in_use(settings: Settings) -> bool:
    """Where that cannot be said, nothing is to be disturbed."""
    try:
        return outside(settings).is_in_use()
    except (StoreBroken, WrongSetting):
        return settings.shared


def _without_any(settings: Settings, environment: Environment) -> Iterator[Finding]:
    """How to see it work before a token is set."""
    if not settings.bots and chosen(settings, environment) == (CONSOLE,):
        yield note("Chats", "none is set up.", "To try it without: python -m bots web", "no-chat")


def _proxies(environment: Environment) -> Proxies:
    try:
        return proxies_from(environment)
    except WrongSetting:
        return DIRECT  # told as a setting


def usable(environment: Environment) -> Settings:
    """The settings, with the default in place of each that cannot be used."""
    rest = variables.without_wrong(Settings, environment)
    return read(Settings, rest)


async def _of_platform(
    platform: Platform, environment: Environment, asking: Asking, runs: bool
) -> list[Finding]:
    if platform.examine is None:
        return []
    name = platform.name.title()
    if platform.token and not environment.get(platform.token):
        return [note(name, "not set up.", f"Set {platform.token} to serve it.", "no-token")]
    try:
        return await platform.examine(environment, asking, runs)
    except WrongSetting as problem:
        return [wrong(name, str(problem), "", "setting")]
