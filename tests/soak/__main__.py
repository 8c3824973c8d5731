"""`python -m tests.soak --minutes 60`: steady load on both platforms; prints what the bot took,
exits 1 if it grew."""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.soak.running import Load, run


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--people", type=int, default=4, help="on each platform")
    options.add_argument(
        "--idle", type=float, default=6.0, help="seconds between two requests of one, in the mean"
    )
    given = options.parse_args()
    with TemporaryDirectory(prefix="soak-") as folder:
        load = Load(given.minutes, given.people, given.idle)
        figures = asyncio.run(run(load, Path(folder), typer.echo))
    typer.echo(str(figures))
    return int(bool(figures.wrong))


if __name__ == "__main__":
    sys.exit(main())
