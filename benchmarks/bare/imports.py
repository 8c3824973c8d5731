"""The two platforms' libraries, imported, and a loop: what any bot on both begins with."""

import asyncio

import discord.app_commands  # noqa: F401 - what it is about
import telegram.ext  # noqa: F401

from benchmarks.measuring import resident, say, spent


async def ready() -> tuple[float, int]:
    """Processor seconds since the process began, and its bytes."""
    await asyncio.sleep(0)
    return spent(), resident()


if __name__ == "__main__":
    say(asyncio.run(ready()))
