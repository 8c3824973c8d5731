"""A worker beside the engine of benchmarks.people, on the same Postgres: `python -m
benchmarks.worker` with its settings as JSON; says `ready`, and what it has taken each time that it
is asked."""

import asyncio
import sys
from contextlib import suppress
from typing import Any

from benchmarks.measuring import arguments, resident, say, spent
from benchmarks.people import PLATFORM, Recorder
from bots.compose import running
from core.ops import machine
from core.ops.logs import configure
from core.settings import Settings, read


async def work(values: dict[str, Any]) -> None:
    """Until nobody asks any more."""
    async with running(read(Settings, values), {PLATFORM: Recorder()}) as engine:
        serving = asyncio.create_task(engine.serve())
        say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            say({"cpu": spent(), "memory": resident()})
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


if __name__ == "__main__":
    machine.ask_for_handles()
    configure("WARNING", "console", [], libraries=False)
    asyncio.run(work(arguments()[0]))
