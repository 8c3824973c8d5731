"""The page served by a whole bot on the stand-in, at one address also after a new start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bots.sandbox.standin.app import StandIn
from tests.backend import quick_standin
from tests.bots.web.browser import adapter
from tests.world import bot

FOR_EVER = "slow:100000"
"""So many looks at an export that nobody waits for it."""


class Site:
    """A bot with the page, in `folder`, which can be stopped and started anew."""

    def __init__(self, folder: Path, standin: StandIn, backend: str) -> None:
        self.standin, self.folder, self.address = standin, folder, ""
        self._backend = backend
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Serve, at the address of before if there is one."""
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        port = self.address.rstrip("/").rpartition(":")[2] or "0"
        web = adapter(self.folder / "web", told.set_result, WEB_PORT=port)
        await self._stack.enter_async_context(bot(self.folder, self._backend, web))
        self.address = await told

    async def stop(self) -> None:
        """As a signal would."""
        await self._stack.aclose()

    def hold(self) -> None:
        """No export ends from now on."""
        self.standin.faults.set("render", FOR_EVER, times=None)

    def let(self) -> None:
        """All of them go on."""
        self.standin.faults.clear()
        for render in self.standin.world.renders.values():
            render.slow = 0


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    """One with credits for every film that a test wants."""
    standin = quick_standin(credits=100_000)
    async with standin.serving() as backend:
        here = Site(folder, standin, backend)
        await here.start()
        try:
            yield here
        finally:
            await here.stop()
