"""Connected for as long as the bot runs: after what passes, again, with pauses that grow."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import structlog

from bots.discord.run.client import explain
from core.adapter import DeliveryError

log = structlog.get_logger()

PASSING = (
    aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException, discord.GatewayNotFound,
    discord.RateLimited,
    DeliveryError,
)  # fmt: skip
"""What a network does, and a pause that Discord asks for; all else is either the operator's matter
or a defect."""


async def stay(
    connect: Callable[[], Awaitable[None]],
    pause: float,
    longest: float,
    clock: Callable[[], float],
) -> None:
    """Connect for ever; pauses in seconds. Raises WrongSetting where Discord does not accept the
    token."""
    first = pause
    while True:
        started = clock()
        try:
            await connect()
        except (*PASSING, discord.ConnectionClosed) as problem:
            wrong = explain(problem)
            if wrong is not None:
                raise wrong from None
            log.warning(
                "no connection to Discord",
                error=str(problem) or type(problem).__name__,
                again_in=pause,
            )
        except discord.LoginFailure as refused:
            raise explain(refused) or refused from None
        pause = first if clock() - started > longest else pause
        await asyncio.sleep(pause)
        pause = min(2 * pause, longest)
