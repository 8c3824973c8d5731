"""The command line: what can be asked for beside a plain run."""

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bots import __version__, operating
from bots.browsing import detached
from bots.databases import Figures, address, back_up, begun
from bots.databases import restore as put_back
from bots.ending import code
from bots.environment import FILE, told, variables
from bots.serving import serve, show
from bots.serving import try_out as walk
from core.domain.privacy import lifetime
from core.domain.spans import DAY
from core.ops.findings import exit_code
from core.settings import Settings, WrongSetting, read

app = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False)


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
        _end(lambda: asyncio.run(serve(variables())))


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
    web: Annotated[bool, typer.Option("--web", help="Open a page in the browser instead")] = False,
) -> None:
    """Say the lines in the sandbox, print the conversation, and save the MP4. Exit 0 only if an MP4
    arrived."""
    if web or (detached() and not words and out is None):
        _end(lambda: asyncio.run(show(variables())))
    _end(lambda: asyncio.run(walk(variables(), words or [], out)))


@app.command()
def web() -> None:
    """Open the chat as a page in the browser: the sandbox, unless the video service is set."""
    _end(lambda: asyncio.run(show(variables())))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the copy")],
) -> None:
    """Copy the database to FILE, also while the bot runs."""
    _end(lambda: _copy(_own_file(DUMP), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`")],
) -> None:
    """Put a copy in the place of the database, which is kept aside. The bot must not be running."""
    _end(lambda: _restore(file, _own_file(PUT_BACK)))


@app.command()
def move_database(
    to: Annotated[str, typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://…, empty")],
    start: Annotated[
        str, typer.Option("--from", metavar="URL", help="Where all is; DATABASE_URL if left out")
    ] = "",
) -> None:
    """Move everything into another database, from SQLite to Postgres or back. The bot must not be
    running."""
    from bots.moving import moved  # needed by nobody else

    _end(lambda: moved(variables(), to, start))


@app.command()
def doctor(
    live: Annotated[
        bool,
        typer.Option(help="Ask the video service as well, by free calls; takes one free token"),
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was found, without secrets")
    ] = None,
) -> None:
    """Look at everything that the bot needs. Exit 0: all well, 1: worth knowing, 2: not working."""
    _end(lambda: asyncio.run(_examine(live, report)))


@app.command()
def stats(
    link: Annotated[
        bool, typer.Option(help="Print a link to the page of the running bot; it works once")
    ] = False,
) -> None:
    """Say what the bot has done and is doing, also while it runs."""
    _end(lambda: _link() if link else _stats(read(Settings, variables())))


@app.command()
def report(
    which: Annotated[
        str, typer.Argument(metavar="YYYY-MM", help="Which month; this one if left out")
    ] = "",
    _: Annotated[bool, typer.Option("--month", help="Of one month: there is no other")] = True,
) -> None:
    """Print a CSV of requests, seconds and credits by day, plan, outcome and payer."""
    _end(lambda: _report(read(Settings, variables()), which))


@app.command()
def pause(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help="What people read meanwhile")
    ] = None,
) -> None:
    """Begin nothing that costs until `resume`; requests are kept. Also while the bot runs."""
    _end(lambda: operating.pause(read(Settings, variables()), " ".join(words or [])))


@app.command()
def resume() -> None:
    """Let what waits go on."""
    _end(lambda: operating.resume(read(Settings, variables())))


@app.command()
def ban(
    whom: Annotated[str, typer.Argument(metavar="PLATFORM:ID", help="Such as telegram:123456")],
) -> None:
    """Answer somebody no more, and call off what they wait for. Also while the bot runs."""
    _end(lambda: operating.ban(read(Settings, variables()), whom))


@app.command()
def unban(
    whom: Annotated[str, typer.Argument(metavar="PLATFORM:ID", help="Such as telegram:123456")],
) -> None:
    """Answer them again."""
    _end(lambda: operating.unban(read(Settings, variables()), whom))


@app.command()
def broadcast(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help="What everybody is to read")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Send no more of the last")] = False,
) -> None:
    """Send news to everybody with a direct chat who has not said no; a running bot posts them."""
    said = " ".join(words or [])
    _end(
        lambda: operating.broadcast(
            read(Settings, variables()), said, lambda asked: yes or typer.confirm(asked), stop=stop
        )
    )


@app.command()
def budget(
    whom: Annotated[
        str, typer.Argument(metavar="[PLATFORM:ID]", help="One person, such as telegram:123456")
    ] = "",
    more: Annotated[
        str, typer.Argument(metavar="[+CREDITS|reset]", help="Let them spend more today")
    ] = "",
) -> None:
    """Say what is spent of NEMO_TOKEN's credits, or give somebody more. Also while the bot runs."""
    _end(lambda: operating.budget(read(Settings, variables()), whom, more))


def _end(run: Callable[[], int]) -> None:
    raise typer.Exit(code(run))


async def _examine(deep: bool, file: Path | None) -> int:
    from bots.doctor import examination, report  # needed by nobody else

    found = []
    async for finding in examination.examined(variables(), FILE, deep=deep):
        typer.echo(finding.line)
        found.append(finding)
    if file is not None:
        with told(str(file)):
            report.write(file, report.report(found, __version__, time.time()))
        typer.echo(f"The report is in {file}.")
    return exit_code(found)


def _stats(settings: Settings) -> int:
    from bots.status.summary import lines  # needed by nobody else

    now = time.time()
    for line in lines(_figures(settings, now), now):
        typer.echo(line)
    return 0


def _report(settings: Settings, month: str) -> int:
    from bots.status import summary  # needed by nobody else

    now = time.time()
    since = lifetime("charged")
    month = month or time.strftime("%Y-%m", time.localtime(now))
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongSetting("The month cannot be used: name its year too. Example: report 2026-11")
    typer.echo(summary.report(_figures(settings, now, since).hours, month), nl=False)
    return 0


def _link() -> int:
    from bots.status import Settings as StatusSettings
    from bots.status.access import Access

    environment = variables()
    settings, status = read(Settings, environment), read(StatusSettings, environment)
    if not status.status_port:
        raise WrongSetting("STATUS_PORT is not set, so there is no page. Example: STATUS_PORT=8090")
    with told("The folder of the database"):
        token = Access(settings.folder).token("link", time.time())
    typer.echo(f"http://{status.status_host}:{status.status_port}/?token={token}")
    return 0


def _figures(settings: Settings, now: float, since: float = 30 * DAY) -> Figures:
    return begun(settings).figures(now, since=since)


DUMP = (
    "Postgres has a program of its own for this: "
    "pg_dump --format=custom --file=FILE --dbname='{address}'"
)
PUT_BACK = (
    "Postgres has a program of its own for this: pg_restore --no-owner --dbname=NEW FILE, NEW being"
    " an empty database beside '{address}'. Then, with the bot stopped, python -m bots"
    " move-database --from NEW --to ANOTHER, so that what was under way looks before it acts."
)


def _own_file(otherwise: str) -> Path:
    """The database, where it is a file; else Postgres's own program is named. Raises
    WrongSetting."""
    settings = read(Settings, variables())
    if settings.shared:
        line = otherwise.format(address=address(settings.database_url))
        raise WrongSetting(line)
    return settings.database


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
