"""`python -m tests.faults`: every trouble at every moment, one after the other; exits 1 if a
promise was broken."""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.faults.matrix import CELLS, endured, stage


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--only", default="", help="cells with these words in their name")
    given = options.parse_args()
    with TemporaryDirectory(prefix="faults-") as folder:
        return asyncio.run(_all(Path(folder), given.only))


async def _all(folder: Path, only: str) -> int:
    cells, begun, wrong = (
        [cell for cell in CELLS if only in str(cell)],
        time.monotonic(),
        list[str](),
    )
    for hour in (False, True):
        mine = [cell for cell in cells if cell.hour is hour]
        async with stage(folder / f"hour-{hour}", hour=hour) as on:
            for number, cell in enumerate(mine):
                broken = await endured(on, cell, number)
                typer.echo(broken[0] if broken else f"{cell}: endured")
                wrong += broken
    typer.echo(
        f"{len(cells)} troubles · {len(wrong)} promises broken · "
        f"{(time.monotonic() - begun) / 60:.1f} minutes"
    )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
