"""Proxies for tests: HTTP (CONNECT and plain), SOCKS 4 and SOCKS 5, which know where the hosts of a
test really are."""

import asyncio
import base64
import contextlib
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class Broken(Exception):
    """What was asked is not the protocol."""


@dataclass
class FakeProxy:
    """`hosts` leads names to ports of this machine; a name that it does not hold cannot be
    reached."""

    scheme: str
    hosts: Mapping[str, int]
    asked: list[str] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["FakeProxy"]:
        """Runs while the block lasts."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        talk = {"http": self._http, "socks5": self._socks5, "socks4": self._socks4}[self.scheme]
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, Broken):
            found = await talk(reader, writer)
            if found is not None:
                port, first = found
                there = await asyncio.open_connection("127.0.0.1", port)
                there[1].write(first)
                await asyncio.gather(_copied(reader, there[1]), _copied(there[0], writer))
        writer.close()

    def _port(self, host: str, port: int) -> int | None:
        self.asked.append(f"{host}:{port}")
        return self.hosts.get(host)

    async def _http(self, reader: StreamReader, writer: StreamWriter) -> tuple[int, bytes] | None:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        method, target, _ = lines[0].split(" ")
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "proxy-authorization":
                self.credentials.append(base64.b64decode(value.removeprefix("Basic ")).decode())
        where = target if method == "CONNECT" else target.partition("://")[2].partition("/")[0]
        host, _, port = where.partition(":")
        found = self._port(host, int(port or 80))
        if found is None:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return None if found is None else (found, b"" if method == "CONNECT" else head)

    async def _socks5(self, reader: StreamReader, writer: StreamWriter) -> tuple[int, bytes] | None:
        version, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        _must(version == 5)
        writer.write(b"\x05\x02" if b"\x02" in methods else b"\x05\x00")
        if b"\x02" in methods:
            _must((await reader.readexactly(1)) == b"\x01")
            user, password = [
                await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)
            ]
            self.credentials.append(f"{user.decode()}:{password.decode()}")
            writer.write(b"\x01\x00")
        version, command, _, kind = await reader.readexactly(4)
        _must((version, command, kind) == (5, 1, 3), "names are for the proxy to look up")
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        found = self._port(host, port)
        writer.write(
            b"\x05" + (b"\x04" if found is None else b"\x00") + b"\x00\x01\x00\x00\x00\x00\x00\x00"
        )
        return None if found is None else (found, b"")

    async def _socks4(self, reader: StreamReader, writer: StreamWriter) -> tuple[int, bytes] | None:
        version, command, port, address = struct.unpack(">BBH4s", await reader.readexactly(8))
        _must((version, command, address[:3]) == (4, 1, b"\0\0\0"), "SOCKS 4a: the name follows")
        await reader.readuntil(b"\0")
        host = (await reader.readuntil(b"\0"))[:-1].decode()
        found = self._port(host, port)
        writer.write(b"\x00" + (b"\x5b" if found is None else b"\x5a") + b"\0" * 6)
        return None if found is None else (found, b"")


def _must(right: bool, why: str = "") -> None:
    if not right:
        raise Broken(why)


async def _copied(source: StreamReader, target: StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await source.read(65_536):
            target.write(piece)
            await target.drain()
    target.close()
