"""A stand-in on a free port and a user who has joined it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest

from bots.sandbox.standin.app import StandIn
from core.connections import trusted_certificates
from tests.bots.sandbox.standin.caller import Caller

Open = Callable[..., AbstractAsyncContextManager[Caller]]


@pytest.fixture
def opened() -> Open:
    """Serve a stand-in with options, joined by one user; nothing waits and videos are tiny."""

    @asynccontextmanager
    async def serve(**options: Any) -> AsyncIterator[Caller]:
        standin = StandIn(**{"speed": 0, "video_height": 120, **options})
        async with (
            standin.serving() as url,
            httpx.AsyncClient(
                base_url=url, timeout=30, trust_env=False, verify=trusted_certificates()
            ) as http,
        ):
            yield await Caller(standin, http).join()

    return serve


@pytest.fixture
async def caller(opened: Open) -> AsyncIterator[Caller]:
    """A user of a stand-in with everything as usual."""
    async with opened() as joined:
        yield joined
