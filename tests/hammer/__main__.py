"""`python -m tests.hammer`: several processes on one Postgres, without a fault and with each of
those that have to be found; figures, and exit 1 where one is not as it should be."""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.hammer.ledger import Ledger
from tests.hammer.running import PLANTS, hammered
from tests.servers import postgres

SEEDS = 20
"""Tries in which a planted fault has to show."""


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.hammer", description=__doc__)
    options.add_argument("--requests", type=int, default=2000, help="by all processes together")
    options.add_argument("--stores", type=int, default=4, help="processes")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        address = postgres.server(Path(folder))
        at = time.monotonic()
        sound = one(address, given.requests, given.seed, given.stores)
        seconds = time.monotonic() - at
        typer.echo(
            f"{given.requests} requests by {given.stores} stores in {seconds:.0f} s: {sound.steps}"
            f" steps, {sum(sound.posted.values())} messages, wrong: {dict(sound.wrong)}"
        )
        tried = {plant: found(address, plant, given.seed, given.stores) for plant in PLANTS}
    return 1 if sound.wrong or not all(tried.values()) else 0


def one(address: str, most: int, seed: int, stores: int, plant: str = "") -> Ledger:
    """One run on a database of its own."""
    with postgres.database(address) as url:
        return asyncio.run(hammered(url, most, seed, stores, plant))


def found(address: str, plant: str, seed: int, stores: int) -> bool:
    """Whether the planted fault shows, and how."""
    for each in range(seed, seed + SEEDS):
        wrong = one(address, 200, each, stores, plant).wrong
        if wrong:
            typer.echo(f"planted: {plant}: found, {dict(wrong)}")
            return True
    typer.echo(f"planted: {plant}: NOT FOUND")
    return False


if __name__ == "__main__":
    sys.exit(main())
