"""A line between the bot and a server, on which everything that a network does can be had on
demand."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum

SLOW = 0.4
"""Seconds by which a slow line delays each piece."""
PAGE = b"<html><body>It works!</body></html>"
NONSENSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (
    len(PAGE),
    PAGE,
)


class State(StrEnum):
    """What the line does."""

    OPEN = "open"
    SLOW = "slow"
    RESETTING = "resetting"
    REFUSING = "refusing"
    NONSENSE = "nonsense"
    AWAY = "away"
    """Takes connections and says nothing."""


class Line:
    """Forwards to a port of this machine. `asked` counts connections and pieces of requests since
    the last change."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.port, self.asked = 0, 0
        self._state, self._changed = State.OPEN, asyncio.Event()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve until the block ends; gives the address."""
        await self._listen()
        try:
            yield f"127.0.0.1:{self.port}"
        finally:
            self._deafen()
            self._cut()

    async def turn(self, state: State) -> None:
        """Behave like that from now on; whatever is open is cut, unless it is only to become
        slow."""
        before, self._state, self.asked = self._state, state, 0
        if state is State.REFUSING:
            self._deafen()
        if state is not State.SLOW and before is not State.SLOW:
            self._cut()
        if self._server is None and state is not State.REFUSING:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def _deafen(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def _cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked += 1
        self._writers.add(writer)
        with contextlib.suppress(OSError):
            if self._state in (State.OPEN, State.SLOW):
                await self._forward(reader, writer)
            else:
                await self._misbehave(reader, writer)
        writer.transport.abort()
        self._writers.discard(writer)

    async def _misbehave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1 << 16) and self._state is not State.RESETTING:
            if self._state is State.NONSENSE:
                writer.write(NONSENSE)
                await writer.drain()
                return

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers.add(there_writer)
        try:
            up = asyncio.create_task(self._pipe(reader, there_writer, counted=True))
            down = asyncio.create_task(self._pipe(there_reader, writer, counted=False))
            _, rest = await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
            for task in rest:
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
        finally:
            there_writer.transport.abort()
            self._writers.discard(there_writer)

    async def _pipe(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        while piece := await reader.read(1 << 16):
            self.asked += counted
            if self._state is State.SLOW:
                await asyncio.sleep(SLOW)
            writer.write(piece)
            await writer.drain()
