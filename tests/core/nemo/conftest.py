"""Fixtures for the backend's protocol: recorded streams, and a server on a loopback socket that
each test scripts."""

import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from core.nemo.client import NemoClient

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]
Connect = Callable[..., NemoClient]


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded answers."""
    return Path(__file__).parents[2] / "recordings"


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts servers: each handler gets all requests of its own one; returns the address."""
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        app = web.Application(client_max_size=2**30)
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Makes clients, and closes them in the end."""
    clients: list[NemoClient] = []

    def make(url: str, **options: float) -> NemoClient:
        clients.append(NemoClient(url, **options))  # type: ignore[arg-type]
        return clients[-1]

    yield make
    for client in clients:
        await client.close()


@pytest.fixture
def reset() -> Callable[[web.Request], None]:
    """Breaks the line under a request so that the other side gets a reset, not an orderly end."""

    def drop(request: web.Request) -> None:
        assert request.transport is not None
        line: socket.socket = request.transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()

    return drop
