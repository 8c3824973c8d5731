"""Serve the stand-in by itself: `python -m bots.sandbox.standin --port 8080` prints its address."""

import argparse
import asyncio
import contextlib
import sys

from bots.sandbox.standin.app import StandIn


async def _serve(port: int, speed: float, credits: int) -> None:
    async with StandIn(seed=None, speed=speed, quota=False, credits=credits).serving(port) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m bots.sandbox.standin", description="A NemoVideo look-alike on loopback."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--speed", type=float, default=1.0, help="factor on invented waiting; 0 for none"
    )
    parser.add_argument("--credits", type=int, default=100, help="what a new token has")
    chosen = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(chosen.port, chosen.speed, chosen.credits))


if __name__ == "__main__":
    main()
