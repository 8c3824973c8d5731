"""`python -m tests.kill`: the long kill run, or all boundaries one by one; prints the counts, exits
1 on a loss."""

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bots.sandbox.standin.app import StandIn
from tests.kill.boundaries import BOUNDARIES, People, wish_killed_at
from tests.kill.long import Plan, run
from tests.kill.plants import COPY, PLANTS
from tests.kill.traps import Watched
from tests.process import scene


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    options.add_argument(
        "--boundaries",
        action="store_true",
        help="every durable boundary instead of random instants",
    )
    options.add_argument("--only", default="", help="boundaries with this in their name")
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--minutes", type=float, default=1e6, help="at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--people", type=int, default=4, help="on each platform")
    options.add_argument(
        "--patience", type=float, default=90.0, help="seconds until silence counts as a loss"
    )
    options.add_argument(
        "--plant", default="", choices=("", *PLANTS, COPY), help="break a promise on purpose"
    )
    options.add_argument(
        "--caught-up", action="store_true", help="answer also what Discord delivered to nobody"
    )
    options.add_argument("--gateways", type=int, default=0, help="several processes on Postgres")
    options.add_argument("--workers", type=int, default=0, help="several processes on Postgres")
    options.add_argument("--every", type=float, default=5.0, help="seconds: one of these is struck")
    options.add_argument("--lease", type=float, default=5.0, help="their LEASE_SECONDS")
    options.add_argument("--folder", type=Path, help="where logs and databases stay afterwards")
    given = options.parse_args()
    with TemporaryDirectory(prefix="kill-") as temporary:
        folder = given.folder or temporary
        if given.boundaries:
            return asyncio.run(_boundaries(Path(folder), given.only))
        plan = Plan(
            given.kills,
            given.seed,
            given.people,
            given.patience,
            given.plant,
            given.caught_up,
            given.minutes,
            given.gateways,
            given.workers,
            given.every,
            given.lease,
        )
        count = asyncio.run(run(plan, Path(folder)))
    typer.echo(str(count))
    return int(count.broken)


async def _boundaries(folder: Path, only: str) -> int:
    standin = StandIn(video_height=90, speed=0, quota=False, credits=10**6)
    standin.faults = Watched(standin.calls)
    wrong, people = list[str](), People()
    async with scene(folder, standin, discord=True, NEMO_RECOVERY_SECONDS="0.2") as here:
        await here.up()
        chosen = [boundary for boundary in BOUNDARIES if only in str(boundary)]
        for number, boundary in enumerate(chosen):
            broken = await wish_killed_at(here, boundary, 100 + number, people)
            typer.echo(f"{boundary}: {'kept' if not broken else broken[0]}")
            wrong += broken
    typer.echo(f"{len(chosen)} boundaries, {len(wrong)} promises broken")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
