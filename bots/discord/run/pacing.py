"""How often Discord may be asked: 50 requests a second in all, and after a global refusal not at all for a while.

The library keeps to the limits of single routes by itself, and learns the global one only by being refused. Answers to
interactions have no part in it. In memory: only the last second counts, and Discord names the pause anew.
"""

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp

from core.adapter import Flooded, Reach

MOST = 45
"""Requests a second; the limit is 50 (Discord's reference, "Rate Limits"), and clocks differ."""

FREE = ("/interactions/", "/webhooks/")
SHORT = 5.0
"""Seconds of a global pause that the library may sit out, as it does; of a longer one the core is told."""


class Pacing:
    """Watches one session of the library by aiohttp's own hooks."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._turns: list[float] = []
        self._order = asyncio.Lock()
        self._closed = 0.0

    @property
    def trace(self) -> aiohttp.TraceConfig:
        """What the library's client takes as `http_trace`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    async def _before(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, asked: aiohttp.TraceRequestStartParams
    ) -> None:
        """Wait for a turn. Raises Flooded while Discord takes nothing at all."""
        path = asked.url.path
        if "/api/" not in path or any(part in path for part in FREE):
            return
        if (left := self._closed - _now()) > 0:
            raise Flooded(left, Reach.EVERYWHERE)
        async with self._order:
            self._turns = [turn for turn in self._turns if turn > _now() - 1.0]
            if len(self._turns) >= self._most:
                await asyncio.sleep(self._turns[-self._most] + 1.0 - _now())
            self._turns.append(_now())

    async def _after(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, asked: aiohttp.TraceRequestEndParams
    ) -> None:
        headers: Any = asked.response.headers
        if asked.response.status == 429 and headers.get("X-RateLimit-Global"):
            pause = float(headers.get("Retry-After") or SHORT)
            if pause > SHORT:
                self._closed = _now() + pause


def _now() -> float:
    return asyncio.get_running_loop().time()
