"""Somebody who listens as systemd does."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4


class _Heard(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.words: asyncio.Queue[str] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.words.put_nowait(data.decode())


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[str, asyncio.Queue[str]]]:
    """The address for NOTIFY_SOCKET, and what was said."""
    name = f"notify-{uuid4().hex}"
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.setblocking(False)
    line.bind(f"\0{name}")
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(_Heard, sock=line)
    try:
        yield f"@{name}", protocol.words
    finally:
        transport.close()
