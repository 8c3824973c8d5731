"""How often Discord may be asked: 50 requests a second in all, and not at all for a while after too many refusals.

The library keeps to the limits of single routes by itself, and learns the global one only by being refused. Answers to
interactions have no part in it. In memory: only the last second counts, and Discord names the pause anew.
"""

import asyncio
from collections import deque
from types import SimpleNamespace
from typing import Any

import aiohttp
import structlog

from core.adapter import Flooded, Reach
from core.throttle import Throttle

log = structlog.get_logger()

MOST = 45
"""Requests a second; the limit is 50 (Discord's reference, "Rate Limits"), and clocks differ."""

FREE = ("/interactions/", "/webhooks/")
INVALID = frozenset({401, 403, 429})
MOST_INVALID, WINDOW = 2_000, 600.0
"""Refusals in so many seconds after which nothing is asked for a while: at 10,000 Discord shuts the address out."""

REST = 60.0
SHORT = 5.0
"""Seconds of a global pause that the library may sit out, as it does; of a longer one the core is told."""


class Pacing:
    """Watches one session of the library by aiohttp's own hooks."""

    def __init__(self, most: int = MOST, most_invalid: int = MOST_INVALID) -> None:
        self._throttle, self._invalid = Throttle(most), deque[float](maxlen=most_invalid)
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
        self._rest_if_refused()
        if (left := self._closed - _now()) > 0:
            raise Flooded(left, Reach.EVERYWHERE)
        await self._throttle.turn()

    async def _after(
        self, session: aiohttp.ClientSession, context: SimpleNamespace, asked: aiohttp.TraceRequestEndParams
    ) -> None:
        """Note refusals. Raises ClientPayloadError for what is no answer of Discord's but of something in between."""
        headers: Any = asked.response.headers
        if "/api/" in asked.url.path and asked.response.status == 200 and "json" not in asked.response.content_type:
            asked.response.close()  # the library would take the page for a message, and stumble
            raise aiohttp.ClientPayloadError("not Discord's answer")
        if asked.response.status in INVALID:
            self._invalid.append(_now())
        if asked.response.status == 429 and headers.get("X-RateLimit-Global"):
            pause = float(headers.get("Retry-After") or SHORT)
            if pause > SHORT:
                self._closed = _now() + pause

    def _rest_if_refused(self) -> None:
        """Many places that are closed to the bot: each is asked once a message, and together that can be too much."""
        full = len(self._invalid) == self._invalid.maxlen
        if full and self._invalid[0] > _now() - WINDOW and self._closed < _now():
            log.error("Discord refuses too much, so nothing is sent for a while", seconds=REST)
            self._closed = _now() + REST


def _now() -> float:
    return asyncio.get_running_loop().time()
