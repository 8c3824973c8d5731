"""Proxies for httpx: a transport that takes each request the way that its address needs."""

import httpx

from core.net.certificates import trusted
from core.net.proxies.choosing import DIRECT, Proxies, Proxy


class Transport(httpx.AsyncBaseTransport):
    """A pool of connections for each proxy, and one for what is reached directly, made when first
    needed.

    `connections` of each at most, of which `kept` stay open while idle (None: all). A proxy that
    cannot be reached, or refuses, is a ConnectError: nothing of the request has left this machine.
    """

    def __init__(
        self, proxies: Proxies = DIRECT, connections: int = 100, kept: int | None = None
    ) -> None:
        self._proxies = proxies
        self._limits = httpx.Limits(
            max_connections=connections, max_keepalive_connections=kept, keepalive_expiry=5
        )
        self._ways: dict[Proxy | None, httpx.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As in httpx."""
        proxy = self._proxies.for_url(str(request.url))
        if proxy not in self._ways:
            self._ways[proxy] = _way(proxy, self._limits)
        try:
            return await self._ways[proxy].handle_async_request(request)
        except httpx.ProxyError as refused:
            raise httpx.ConnectError(f"the proxy refused: {refused}", request=request) from None

    async def aclose(self) -> None:
        """Close all connections; those of a later request are made anew."""
        ways, self._ways = self._ways, {}
        for way in ways.values():
            await way.aclose()


def _way(proxy: Proxy | None, limits: httpx.Limits) -> httpx.AsyncBaseTransport:
    if proxy is None:
        return httpx.AsyncHTTPTransport(verify=trusted(), trust_env=False, limits=limits)
    if proxy.scheme.startswith("socks"):
        return _Socks(proxy, limits)
    through = httpx.Proxy(
        proxy.address,
        auth=(proxy.user, proxy.password) if proxy.user else None,
        ssl_context=trusted() if proxy.scheme == "https" else None,
    )
    return httpx.AsyncHTTPTransport(verify=trusted(), trust_env=False, limits=limits, proxy=through)


class _Socks(httpx.AsyncBaseTransport):
    """The library's transport, with httpx's own errors in place of those of the three libraries
    below it."""

    def __init__(self, proxy: Proxy, limits: httpx.Limits) -> None:
        from httpx_socks import AsyncProxyTransport  # only who has such a proxy needs to load it
        from python_socks import ProxyType

        self._inner = AsyncProxyTransport(
            proxy_type=ProxyType[proxy.scheme.upper()],
            proxy_host=proxy.host,
            proxy_port=proxy.port,
            username=proxy.user or None,
            password=proxy.password,
            rdns=proxy.remote,
            verify=trusted(),
            limits=limits,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        import anyio
        from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

        # what is on its way already fails with errors of httpx: these come from making the
        # connection
        making = (
            ProxyError,
            ProxyConnectionError,
            OSError,
            EOFError,
            anyio.BrokenResourceError,
            anyio.EndOfStream,
        )
        try:
            return await self._inner.handle_async_request(request)
        except (ProxyTimeoutError, TimeoutError):
            raise httpx.ConnectTimeout("the proxy takes too long", request=request) from None
        except making as refused:
            raise httpx.ConnectError(
                f"not through the proxy: {type(refused).__name__}", request=request
            ) from None

    async def aclose(self) -> None:
        await self._inner.aclose()
