"""Proxies for aiohttp: a connector that takes each request the way that its address needs,
websockets as well; and the certificates that HTTPS trusts on each."""

import asyncio
import base64
import os
import ssl
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

import aiohttp
import certifi
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from core.net import DIRECT, Proxies, Proxy

TUNNEL_SECONDS = 60.0
"""Seconds for a way through a proxy; one that takes a connection and then says nothing would be
waited for for ever."""


@cache
def trusted_certificates() -> ssl.SSLContext:
    """Mozilla's list, which is there also where the system has none; or the operator's own in
    SSL_CERT_FILE. Read once: that takes longer than making a client."""
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


class Connector(aiohttp.TCPConnector):
    """Made in a running loop; `limit` 0: any number of connections; one that is not used is kept
    for `idle` seconds.

    A proxy that cannot be reached, or refuses, is a ClientProxyConnectionError: nothing has left
    this machine."""

    def __init__(
        self,
        proxies: Proxies = DIRECT,
        limit: int = 100,
        patience: float = TUNNEL_SECONDS,
        *,
        idle: float = 15.0,
    ) -> None:
        super().__init__(limit=limit, ssl=trusted_certificates(), keepalive_timeout=idle)
        self._proxies, self._most, self._patience = proxies, limit, patience
        self._idle = idle
        self._socks: dict[Proxy, aiohttp.TCPConnector] = {}

    async def connect(
        self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """As in aiohttp."""
        proxy = self._proxies.for_url(str(req.url))
        if proxy is None:
            return await super().connect(req, traces, timeout)
        way = self._by_socks if proxy.scheme.startswith("socks") else self._by_http
        limit = asyncio.timeout(self._patience)
        try:
            async with limit:
                return await way(proxy, req, traces, timeout)
        except TimeoutError:
            if not limit.expired():
                raise
            raise _refused(req, "takes too long") from None

    async def _by_http(
        self, proxy: Proxy, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        words = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        headers = {"Proxy-Authorization": f"Basic {words}"} if proxy.user else {}
        req.update_proxy(URL(proxy.address), None, headers)
        if not req.is_ssl():
            req.headers.update(headers)  # there is no CONNECT that would carry it
        try:
            return await super().connect(req, traces, timeout)
        except aiohttp.ClientHttpProxyError as refused:
            raise _refused(req, f"answered {refused.status}") from None

    async def _by_socks(
        self, proxy: Proxy, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        # only who has such a proxy needs to load the library
        from aiohttp_socks import (
            ProxyConnectionError,
            ProxyConnector,
            ProxyError,
            ProxyTimeoutError,
            ProxyType,
        )

        if proxy not in self._socks:
            self._socks[proxy] = ProxyConnector(
                proxy.host,
                proxy.port,
                ProxyType[proxy.scheme.upper()],
                proxy.user or None,
                proxy.password,
                rdns=proxy.remote,
                limit=self._most,
                ssl=trusted_certificates(),
                keepalive_timeout=self._idle,
            )
        try:
            return await self._socks[proxy].connect(req, traces, timeout)
        except (ProxyConnectionError, ProxyError, ProxyTimeoutError, OSError) as refused:
            raise _refused(req, type(refused).__name__, getattr(refused, "errno", None)) from None

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Close all connections, those through proxies as well."""
        for connector in self._socks.values():
            await connector.close(abort_ssl=abort_ssl)
        await super().close(abort_ssl=abort_ssl)


@dataclass(slots=True)
class Way:
    """How far a request has come: `reached` once it had a connection, `peer` the address at its
    other end. Before that nothing of it can have left this machine (D20)."""

    reached: bool = False
    peer: tuple[str, int] | None = None

    def get_extra_info(self, name: str) -> tuple[str, int] | None:
        """As httpx's own network stream has it."""
        return self.peer if name == "server_addr" else None


WAY: ContextVar[Way] = ContextVar("way")


class Noting(Connector):
    """Notes for each request that it has a connection, and to whom."""

    async def connect(
        self, req: ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """As in aiohttp."""
        connection = await super().connect(req, traces, timeout)
        way = WAY.get()
        way.reached = True
        line = connection.transport
        way.peer = line.get_extra_info("peername") if line is not None else None
        return connection


def _refused(
    req: ClientRequest, what: str, number: int | None = None
) -> aiohttp.ClientProxyConnectionError:
    """`number`: the errno, by which trouble of this very machine is known."""
    return aiohttp.ClientProxyConnectionError(
        req.connection_key, OSError(number, f"the proxy: {what}")
    )
