"""Composition root: reads the settings, puts store, backend, engine and the chosen adapters
together, and runs them."""

import asyncio
import importlib
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from uuid import uuid4

import structlog
import typer

from bots import __version__
from bots.environment import (
    check_certificates,
    check_folders,
    close_streams,
    open_streams,
    told,
    variables,
)
from bots.sandbox import SandboxMissing
from core import skills, vault
from core.adapter import Adapter
from core.clock import SteadyClock
from core.domain.understanding.loading import load
from core.nemo.client import NemoClient
from core.net.proxies import DIRECT, Proxies, proxies_from
from core.ops import machine
from core.ops.logs import configure, credentials
from core.runtime.driver.embedded import EmbeddedDriver
from core.runtime.engine import Engine, Finished, Runtime
from core.settings import Environment, Settings, WrongSetting, read
from core.skills import BadSkill, Skill
from core.store.sqlite import CopyFailed, SqliteStore, StoreBroken, StoreBusy, back_up
from core.store.sqlite import restore as put_back
from core.vault import WrongKey

PLATFORMS = ("telegram", "discord")
"""Platforms that are served as soon as their token is set."""
JOBS_AT_ONCE = 24
"""Steps of all users; some of the places are for short ones only
(core.store.sqlite.queue.LONG_STEPS)."""
POSTS_AT_ONCE = 8
"""Messages on their way to one platform."""
SANDBOX_POLL_SECONDS = 1.0
WRONG = 2
"""Exit code for a start that only the operator can mend."""

SECRET = ("_TOKEN", "_SECRET", "_KEY")
"""How variables end whose values never appear in the log."""
SHORT = 6

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)
log = structlog.get_logger()


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"photo-to-video-bot {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Serve the chats whose tokens are set; without any, open the sandbox in this terminal."""
    if context.invoked_subcommand is None:
        _end(lambda: asyncio.run(_serve(variables())))


@app.command(
    name="try", context_settings={"ignore_unknown_options": True}
)  # a file may begin with a dash
def try_out(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PHOTO... LINE...", help="Photos, what to make of them, and what to change"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to save the MP4")] = None,
) -> None:
    """Say the lines in the sandbox, print the conversation, and save the MP4. Exit 0 only if an MP4
    arrived."""
    _end(lambda: asyncio.run(_try_out(variables(), words or [], out)))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the copy")],
) -> None:
    """Copy the database to FILE, also while the bot runs."""
    _end(lambda: _copy(read(Settings, variables()).database, file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`")],
) -> None:
    """Put a copy in the place of the database, which is kept aside. The bot must not be running."""
    _end(lambda: _restore(file, read(Settings, variables()).database))


def main() -> None:
    """The command line."""
    open_streams()
    try:
        app()
    finally:
        close_streams()


def _end(run: Callable[[], int]) -> None:
    """Run, and turn what only the operator can mend into one sentence instead of a traceback."""
    try:
        raise typer.Exit(run())
    except* (WrongSetting, BadSkill, WrongKey, CopyFailed) as wrong:
        _refuse(str(_first(wrong)))
    except* StoreBusy:
        _refuse(
            "Another bot is already running on this database. Stop it first, or set DATABASE_URL "
            "to another file."
        )
    except* StoreBroken as broken:
        _refuse(f"The database cannot be used and was left as it is: {_first(broken)}")
    except* SandboxMissing:
        _refuse(
            "The sandbox needs PyAV, which this installation left out. "
            "Install requirements.txt, or set TELEGRAM_BOT_TOKEN and/or DISCORD_BOT_TOKEN in "
            ".env to run the bots."
        )


def _copy(database: Path, file: Path) -> int:
    key = database.parent / "secrets.key"
    with told(str(file)):
        back_up(database, file)
        hint = (
            f" Keep {key} as well: without it people have to log in again." if key.exists() else ""
        )
    typer.echo(f"The database was copied to {file}.{hint}")
    return 0


def _restore(file: Path, database: Path) -> int:
    with told(str(file)):
        aside = put_back(file, database)
    typer.echo(
        f"{file} is the database now.{f' The one before is kept as {aside}.' if aside else ''}"
    )
    return 0


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(WRONG)


async def _serve(environment: Environment) -> int:
    """Run the chosen adapters until a signal, or until the terminal is closed."""
    check_certificates()
    machine.ask_for_handles()
    settings = read(Settings, environment)
    names = settings.bots or tuple(
        name for name in PLATFORMS if environment.get(f"{name}_bot_token".upper())
    )
    sandbox = not names and not environment.get("NEMO_API_URL")
    names = names or ("console",)
    _logs(settings, environment, quiet=names == ("console",))
    async with AsyncExitStack() as stack:
        if sandbox:
            settings = await _in_sandbox(stack, settings, environment)
            typer.echo(importlib.import_module("bots.console").notice(environment))
        with told("The folder of the database"):
            adapters = _connect(names, environment, settings.database.parent)
            engine = await stack.enter_async_context(
                running(settings, adapters, proxies_from(environment))
            )
        _end_on_signals()
        try:
            await engine.serve()
        except* (Finished, asyncio.CancelledError):
            log.info("stopped")
    return 0


async def _try_out(environment: Environment, words: list[str], out: Path | None) -> int:
    """The walk of the sandbox without a prompt."""
    check_certificates()
    console = importlib.import_module("bots.console")
    settings = read(Settings, environment)
    _logs(settings, environment, quiet=True)
    async with AsyncExitStack() as stack:
        with told("This folder"):
            script = console.to_script(words, out or Path("video.mp4"))
        if not environment.get("NEMO_API_URL"):
            settings = await _in_sandbox(stack, settings, environment)
        with told("The folder of the database"):
            engine = await stack.enter_async_context(
                running(settings, {"console": script}, proxies_from(environment))
            )
        try:
            await engine.serve()
        except* (Finished, asyncio.CancelledError):
            log.info("stopped")
        return 0 if script.arrived else 1


async def _in_sandbox(
    stack: AsyncExitStack, settings: Settings, environment: Environment
) -> Settings:
    """The settings with the stand-in as backend, and a database that goes with it."""
    sandbox = importlib.import_module("bots.sandbox")
    with told("TMPDIR"):
        url = await stack.enter_async_context(sandbox.backend(settings.sandbox_credits))
        folder = stack.enter_context(
            TemporaryDirectory(prefix="photo-to-video-", ignore_cleanup_errors=True)
        )
    changed: dict[str, object] = {"nemo_api_url": url, "nemo_token": None, "nemo_web_url": url}
    if not environment.get("DATABASE_URL"):
        changed["database_url"] = f"sqlite:///{folder}/bot.sqlite"
    if not environment.get("NEMO_RENDER_POLL_SECONDS"):
        changed["nemo_render_poll_seconds"] = SANDBOX_POLL_SECONDS
    return settings.model_copy(update=changed)


def _logs(settings: Settings, environment: Environment, quiet: bool) -> None:
    """In a terminal chat the log would stand between the lines: only errors there, unless asked
    for."""
    asked = environment.get("LOG_LEVEL")
    named = [value for name, value in environment.items() if name.upper().endswith(SECRET)]
    named += [found for value in environment.values() for found in credentials(value)]
    parts = [part.strip() for value in named for part in (value, *re.split("[,:]", value))]
    secrets = [part for part in parts if len(part) >= SHORT and not part.isdigit()]
    level = "ERROR" if quiet and not asked else settings.log_level
    configure(level, settings.log_format, secrets, libraries=settings.log_libraries)


def _connect(names: tuple[str, ...], environment: Environment, folder: Path) -> dict[str, Adapter]:
    """One adapter for each name: the module `bots.<name>` and its `connect`."""
    adapters: dict[str, Adapter] = {}
    for name in names:
        if name not in (*PLATFORMS, "console"):
            raise WrongSetting(
                f"BOTS cannot be used: there is no {name}. Example: BOTS=telegram,discord"
            )
        adapter = importlib.import_module(f"bots.{name}").connect(environment, folder / name)
        if adapter is None:
            raise WrongSetting(
                f"{name.upper()}_BOT_TOKEN cannot be used: BOTS names {name}, but it is empty."
                f" Example: {name.upper()}_BOT_TOKEN=the token that {name.title()} gave you"
            )
        adapters[name] = adapter
    return adapters


@asynccontextmanager
async def running(
    settings: Settings, adapters: Mapping[str, Adapter], proxies: Proxies = DIRECT
) -> AsyncIterator[Engine]:
    """An engine on its store and its backend client; both are closed at the end. Raises what stops
    a start."""
    profiles = skills.available(settings.skills_folder)
    _check_skill(settings, profiles)
    folder = settings.database.parent
    clock = SteadyClock()
    check_folders(folder, adapters)
    store = await SqliteStore.open(settings.database, clock())
    nemo = NemoClient(
        settings.nemo_api_url,
        turn_seconds=settings.nemo_turn_limit_seconds,
        quiet_seconds=settings.nemo_quiet_seconds,
        proxies=proxies,
    )
    try:
        key = settings.secrets_key.get_secret_value() if settings.secrets_key else None
        keys = vault.load(key, folder / "secrets.key")
        for sealed in await store.sealed():
            _check_key(keys, sealed)
        runtime = Runtime(
            store=store,
            nemo=nemo,
            vault=keys,
            settings=settings,
            skills=profiles,
            skill_platform=skills.platform_of(
                settings.skills_folder or skills.SHIPPED, settings.skill_source
            ),
            adapters=adapters,
            folder=folder,
            clock=clock,
            identifier=lambda: uuid4().hex,
        )
        posts = {platform: EmbeddedDriver(POSTS_AT_ONCE, clock) for platform in adapters}
        await asyncio.to_thread(load)
        yield Engine(runtime, EmbeddedDriver(JOBS_AT_ONCE, clock), posts)
    finally:
        await nemo.close()
        await store.close()


def _check_key(keys: vault.Vault, sealed: str) -> None:
    """Told at the start, and not to each user by a request that fails."""
    try:
        keys.open(sealed)
    except WrongKey:
        raise WrongSetting(
            "SECRETS_KEY does not open the tokens in this database: name the earlier sentence "
            "behind it, or put"
            " the file secrets.key back beside the database. Example: SECRETS_KEY=new "
            "sentence,old sentence"
        ) from None


def _check_skill(settings: Settings, profiles: Mapping[str, Skill]) -> None:
    if settings.nemo_skill not in profiles:
        known = ", ".join(profiles)
        raise WrongSetting(
            f"NEMO_SKILL cannot be used: there is no {settings.nemo_skill}, only {known}."
            f" Example: NEMO_SKILL={next(iter(profiles))}"
        )


def _end_on_signals() -> None:
    """A deploy (SIGTERM) or Ctrl+C lets running steps end, then stops; what is not done goes on at
    the next start."""
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if task is not None and sys.platform != "win32":
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, task.cancel)


if __name__ == "__main__":
    main()
