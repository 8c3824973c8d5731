"""How often Discord may be asked: 50 requests a second in all, and what its refusals mean for whom.

The library keeps to the limits of single routes by itself, and learns the global one only by being
refused. A longer pause is not sat out here, for that would hold a place of others: the core is
told. Answers to interactions have no part in it. In memory: only the last minutes count, and
Discord names each pause anew."""

import asyncio
import math
import re
from collections import Counter, deque
from types import SimpleNamespace
from typing import Any

import aiohttp
import structlog

from bots.throttle import Throttle
from core.adapter import Flooded, Reach

log = structlog.get_logger()

MOST = 45
"""Requests a second; the limit is 50 (Discord's reference, "Rate Limits"), and clocks differ."""

FREE = ("/interactions/", "/webhooks/")
INVALID = frozenset({401, 403, 429})
MOST_INVALID, WINDOW = 2_000, 600.0
"""Refusals in so many seconds after which the places that refused rest a while: at 10,000 the
address is shut out."""
NEARLY_SHUT_OUT = 4
"""Times as many after which nothing at all is asked for a while."""

REST = 60.0
SHORT = 5.0
"""Seconds of a pause that the library may sit out, as it does; of a longer one the core is told."""
ALL_PAUSE = 30.0
"""Seconds that a pause of everything is kept at most; then it is asked again, once."""
PLACE = re.compile(r"/channels/(\d+)")
SHARED = "shared"
"""X-RateLimit-Scope of a refusal that does not count (Discord's reference, "Invalid Request
Limit")."""


class Pacing:
    """Watches one session of the library by aiohttp's own hooks."""

    def __init__(self, most: int = MOST, most_invalid: int = MOST_INVALID) -> None:
        self._throttle, self._most_invalid = Throttle(most), most_invalid
        self._invalid = deque[tuple[float, str]]()
        self._refusing = Counter[str]()
        self._closed = 0.0

    @property
    def trace(self) -> aiohttp.TraceConfig:
        """What the library's client takes as `http_trace`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    async def _before(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        asked: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Wait for a turn. Raises Flooded while Discord takes nothing at all, or nothing from
        there."""
        path = asked.url.path
        if "/api/" not in path or any(part in path for part in FREE):
            return
        self._rest_if_refused(_place(path))
        if (left := self._closed - _now()) > 0:
            raise Flooded(left, Reach.EVERYWHERE)
        await self._throttle.turn()

    async def _after(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        asked: aiohttp.TraceRequestEndParams,
    ) -> None:
        """Note refusals. Raises Flooded for a pause that the library should not sit out,
        ClientPayloadError for what is no answer of Discord's but of something in between."""
        answer, path = asked.response, asked.url.path
        if "/api/" in path and answer.status == 200 and "json" not in answer.content_type:
            answer.close()  # the library would take the page for a message, and stumble
            raise aiohttp.ClientPayloadError("not Discord's answer")
        if answer.status in INVALID and answer.headers.get("X-RateLimit-Scope") != SHARED:
            self._invalid.append((_now(), _place(path)))
            self._refusing[_place(path)] += 1
        if answer.status != 429 or any(part in path for part in FREE):
            return
        pause, everywhere = await _pause_of(answer)
        if pause <= SHORT:
            return
        if everywhere:
            self._closed = _now() + min(pause, ALL_PAUSE)
        raise Flooded(
            min(pause, ALL_PAUSE) if everywhere else pause,
            Reach.EVERYWHERE if everywhere else Reach.CHAT,
        )

    def _rest_if_refused(self, place: str) -> None:
        """Many places that are closed to the bot: each is asked once a message, and together that
        can be too much.

        The others go on: what somebody's closed channels bring about is not theirs to bear.
        """
        while self._invalid and self._invalid[0][0] <= _now() - WINDOW:
            self._refusing[self._invalid.popleft()[1]] -= 1
        self._refusing += Counter[str]()  # without those at zero
        if len(self._invalid) >= NEARLY_SHUT_OUT * self._most_invalid and self._closed < _now():
            log.error("Discord refuses too much, so nothing is sent for a while", seconds=ALL_PAUSE)
            self._closed = _now() + ALL_PAUSE
        elif len(self._invalid) >= self._most_invalid and place and self._refusing[place]:
            raise Flooded(REST)


def _place(path: str) -> str:
    """The channel that a request is about, empty where it is about none."""
    found = PLACE.search(path)
    return found[1] if found else ""


async def _pause_of(answer: aiohttp.ClientResponse) -> tuple[float, bool]:
    """Seconds that a 429 asks for, 0 where it names none that makes sense, and whether it says that
    it means all.

    What only a header names comes from the network in front of Discord, and is asked again after a
    minute. The library reads the same body once more, from memory."""
    try:
        told: Any = await answer.json(content_type=None)
    except (ValueError, aiohttp.ClientError):
        told = None
    told = told if isinstance(told, dict) else {}
    everywhere = (
        told.get("global") is True or answer.headers.get("X-RateLimit-Global", "").lower() == "true"
    )
    named = told.get("retry_after")
    try:
        pause = float(named or answer.headers.get("Retry-After") or 0.0)
    except (TypeError, ValueError):
        pause = 0.0
    if not math.isfinite(pause):
        return 0.0, everywhere
    return (pause if named else min(pause, REST)), everywhere


def _now() -> float:
    return asyncio.get_running_loop().time()
