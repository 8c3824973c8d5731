"""A run of the bot: from the start, with what was composed, until its end."""

import asyncio
import importlib
import re
import signal
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from structlog.typing import Processor

from bots import __version__, browsing, status
from bots.compose import running
from bots.databases import check_sandbox, outside
from bots.environment import check_certificates, say, told
from bots.garbage import keep_what_is_there
from bots.platforms import CONSOLE, WEB, chosen, connected
from core.adapter import Adapter
from core.net import proxies_from
from core.ops import machine
from core.ops.logs import configure, credentials
from core.ops.meter import Meter
from core.ops.notify import READY, STOPPING, Notifier
from core.runtime.engine import Engine, Finished
from core.settings import Environment, Settings, read

SANDBOX_POLL_SECONDS = 1.0
SECRET = ("_TOKEN", "_SECRET", "_KEY")
"""How variables end whose values never appear in the log."""
SHORT = 6

log = structlog.get_logger()


async def serve(environment: Environment) -> int:
    """Run the chosen adapters until a signal, or until the terminal is closed."""
    check_certificates()
    machine.ask_for_handles()
    settings = read(Settings, environment)
    names = chosen(settings, environment)
    alone = names == (CONSOLE,)
    if alone and not settings.bots and browsing.wanted(environment):
        return await show(environment)
    sandbox = alone and not settings.bots and not environment.get("NEMO_API_URL")
    meter = Meter()
    _logs(settings, environment, quiet=alone, hear=meter.hear)
    async with AsyncExitStack() as stack:
        if sandbox:
            settings = await _in_sandbox(stack, settings, environment)
            say(importlib.import_module("bots.console").notice(environment))
        with told("The folder of the database"):
            adapters = connected(names, environment, settings.folder)
            engine = await stack.enter_async_context(
                running(settings, adapters, proxies_from(environment), meter)
            )
        _end_on_signals()
        keep_what_is_there()
        await _shown(stack, settings, environment, engine, meter, adapters)
        try:
            await engine.serve()
        except* (Finished, asyncio.CancelledError):
            log.info("stopped")
    return 0


async def _shown(
    stack: AsyncExitStack,
    settings: Settings,
    environment: Environment,
    engine: Engine,
    meter: Meter,
    adapters: Mapping[str, Adapter],
) -> None:
    """Let the operator and systemd see how the bot is, where either of them wants to."""
    port, notifier = read(status.Settings, environment), Notifier(environment)
    if port.status_port is not None or notifier.pause is not None or settings.admins:
        from bots.status.alarms import Watch  # its libraries are for those who use it
        from bots.status.server import serving
        from bots.status.state import Status
        from bots.status.watching import watched

        shown = Status(
            outside(settings), settings.folder, meter, engine.heard, engine.turned, engine.touch,
            __version__,
            limits=settings if settings.nemo_token else None,
        )  # fmt: skip
        await stack.enter_async_context(serving(port, shown))
        watch = Watch(
            shown, adapters, sorted(settings.admins), settings.nemo_token is None,
            leads=partial(engine.leads, "alarms"),
        )  # fmt: skip
        await stack.enter_async_context(watched(meter, notifier, shown.deaf, watch.run))
    notifier.say(READY)
    stack.callback(notifier.say, STOPPING)


async def try_out(environment: Environment, words: list[str], out: Path | None) -> int:
    """The walk of the sandbox without a prompt."""
    check_certificates()
    console = importlib.import_module("bots.console.script")
    settings = read(Settings, environment)
    _logs(settings, environment, quiet=True)
    async with AsyncExitStack() as stack:
        with told("This folder"):
            script = console.to_script(words, out or Path("video.mp4"))
        if not environment.get("NEMO_API_URL"):
            settings = await _in_sandbox(stack, settings, environment)
        with told("The folder of the database"):
            engine = await stack.enter_async_context(
                running(settings, {CONSOLE: script}, proxies_from(environment))
            )
        _end_on_signals()
        try:
            await engine.serve()
        except* (Finished, asyncio.CancelledError):
            log.info("stopped")
        return 0 if script.arrived else 1


async def show(environment: Environment) -> int:
    """The chat as a page in a browser: the sandbox's, unless the video service is set."""
    check_certificates()
    machine.ask_for_handles()
    settings = read(Settings, environment)
    page = importlib.import_module("bots.web").page
    _logs(settings, environment, quiet=True)
    async with AsyncExitStack() as stack:
        if not environment.get("NEMO_API_URL") and settings.nemo_token is None:
            settings = await _in_sandbox(stack, settings, environment)
        with told("The folder of the database"):
            port = environment.get("WEB_PORT") or "0"
            folder = settings.folder / WEB
            adapter = page({**environment, "WEB_PORT": port}, folder, browsing.opening(environment))
            engine = await stack.enter_async_context(
                running(settings, {WEB: adapter}, proxies_from(environment))
            )
        _end_on_signals()
        keep_what_is_there()
        try:
            await engine.serve()
        except* (Finished, asyncio.CancelledError):
            log.info("stopped")
    return 0


async def _in_sandbox(
    stack: AsyncExitStack, settings: Settings, environment: Environment
) -> Settings:
    """The settings with the stand-in as backend, and a database that goes with it."""
    check_sandbox(settings, (CONSOLE, WEB))
    sandbox = importlib.import_module("bots.sandbox")
    with told("TMPDIR"):
        url = await stack.enter_async_context(sandbox.backend(settings.sandbox_credits))
        folder = stack.enter_context(
            TemporaryDirectory(prefix="photo-to-video-", ignore_cleanup_errors=True)
        )
    changed: dict[str, Any] = {"sandbox": True, "nemo_token": None}
    changed |= {"nemo_api_url": url, "nemo_web_url": url}
    if not environment.get("DATABASE_URL"):
        changed["database_url"] = f"sqlite:///{folder}/bot.sqlite"
    if not environment.get("NEMO_RENDER_POLL_SECONDS"):
        changed["nemo_render_poll_seconds"] = SANDBOX_POLL_SECONDS
    return replace(settings, **changed)


def _logs(
    settings: Settings, environment: Environment, quiet: bool, hear: Processor | None = None
) -> None:
    """In a terminal chat the log would stand between the lines: only errors there, unless asked
    for."""
    asked = environment.get("LOG_LEVEL")
    named = [value for name, value in environment.items() if name.upper().endswith(SECRET)]
    named += [found for value in environment.values() for found in credentials(value)]
    parts = [part.strip() for value in named for part in (value, *re.split("[,:]", value))]
    secrets = [part for part in parts if len(part) >= SHORT and not part.isdigit()]
    level = "ERROR" if quiet and not asked else settings.log_level
    configure(level, settings.log_format, secrets, libraries=settings.log_libraries, hear=hear)


def _end_on_signals() -> None:
    """A deploy (SIGTERM) or Ctrl+C lets running steps end, then stops; what is not done goes on at
    the next start."""
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if task is not None and sys.platform != "win32":
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, task.cancel)
