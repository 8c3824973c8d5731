"""The server of the page: its routes behind one gate, listening while the adapter runs."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing

import structlog
from aiohttp import web

from bots.web.desk import Desk
from bots.web.journal import Journal
from bots.web.server.filing import LARGEST, Filing
from bots.web.server.gate import Gate, add_headers
from bots.web.server.lines import bounded
from bots.web.server.reading import Reading
from bots.web.server.writing import Writing
from bots.web.settings import Settings
from bots.web.shelf import Shelf
from bots.web.streams import Streams
from core.settings import WrongSetting

log = structlog.get_logger()

MOST_FILES = 10
ENDING_SECONDS = 5.0
"""For what is under way at the end."""


def application(
    settings: Settings,
    journal: Journal,
    shelf: Shelf,
    streams: Streams,
    desk: Desk,
    clock: Callable[[], float],
) -> web.Application:
    """All routes."""
    gate = Gate(settings, journal, clock)
    app = web.Application(client_max_size=0, middlewares=[gate.passes])
    app.on_response_prepare.append(add_headers)
    app.add_routes(Reading(journal, streams, MOST_FILES, LARGEST).routes())
    app.add_routes(Writing(journal, shelf, streams, desk).routes())
    app.add_routes(Filing(journal, shelf).routes())
    return app


@asynccontextmanager
async def serving(app: web.Application, settings: Settings, streams: Streams) -> AsyncIterator[str]:
    """Listen while the block lasts; gives the address. Raises WrongSetting where the port is not to
    be had."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=ENDING_SECONDS)
    await runner.setup()
    try:
        try:
            listening = await _listen(runner, settings)
        except OSError as problem:
            raise WrongSetting(
                f"WEB_PORT cannot be used: {settings.web_host}, port {settings.web_port}:"
                f" {problem.strerror or type(problem).__name__}. Example: WEB_PORT=8080"
            ) from None
        name = f"[{settings.web_host}]" if ":" in settings.web_host else settings.web_host
        with closing(listening):
            yield f"http://{name}:{listening.sockets[0].getsockname()[1]}/"
    finally:
        streams.end()
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> asyncio.Server:
    """Raises OSError."""
    server = runner.server
    assert server is not None, "it was set up"
    make = bounded(server, lambda: len(server.connections))
    return await asyncio.get_running_loop().create_server(
        make, settings.web_host, settings.web_port, backlog=128
    )
