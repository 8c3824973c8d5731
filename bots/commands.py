"""The command line: what can be asked for beside a plain run."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bots import __version__, backups, looking, operating
from bots.browsing import detached
from bots.ending import code
from bots.environment import variables
from bots.serving import serve, show
from bots.serving import try_out as walk
from core.settings import Settings, read

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
    out: Annotated[
        Path | None, typer.Option(help="Where to save the MP4; video.mp4 if left out")
    ] = None,
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
    _end(lambda: backups.copy(backups.own_file(backups.DUMP), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`")],
) -> None:
    """Put a copy in the place of the database, which is kept aside. The bot must not be running."""
    _end(lambda: backups.restore(file, backups.own_file(backups.PUT_BACK)))


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
    _end(lambda: asyncio.run(looking.examine(live, report)))


@app.command()
def stats(
    link: Annotated[
        bool, typer.Option(help="Print a link to the page of the running bot; it works once")
    ] = False,
) -> None:
    """Say what the bot has done and is doing, also while it runs."""
    _end(lambda: looking.link() if link else looking.stats(read(Settings, variables())))


@app.command()
def report(
    which: Annotated[
        str, typer.Argument(metavar="YYYY-MM", help="Which month; this one if left out")
    ] = "",
    _: Annotated[bool, typer.Option("--month", help="Of one month: there is no other")] = True,
) -> None:
    """Print a CSV of requests, seconds and credits by day, plan, outcome and payer."""
    _end(lambda: looking.monthly(read(Settings, variables()), which))


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
