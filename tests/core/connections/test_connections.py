"""Both HTTP clients on their way through a proxy, and with none that answers."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import httpx
import pytest
from aiohttp import web

from core.connections import Connector, Transport
from core.net import proxies_from
from tests.servers.proxies import FakeProxy


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Of a server that says which host it was taken for."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.host)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


async def by_httpx(environment: dict[str, str], url: str) -> str:
    """What httpx reads there, twice: the second time by a line that is open."""
    async with httpx.AsyncClient(transport=Transport(proxies_from(environment))) as client:
        await client.get(url)
        return (await client.get(url)).text


async def by_aiohttp(environment: dict[str, str], url: str) -> str:
    """The same with aiohttp."""
    async with aiohttp.ClientSession(connector=Connector(proxies_from(environment))) as session:
        async with session.get(url) as response:
            await response.read()
        async with session.get(url) as response:
            return await response.text()


@pytest.mark.parametrize("read", [by_httpx, by_aiohttp])
@pytest.mark.parametrize(
    ("scheme", "written"),
    [("http", "http"), ("socks5", "socks5h"), ("socks5", "socks"), ("socks4", "socks4a")],
)
async def test_a_request_goes_through_the_proxy(read, scheme: str, written: str, port: int) -> None:  # type: ignore[no-untyped-def]
    async with FakeProxy(scheme, {"service.example": port}).serving() as proxy:
        address = f"{written}://me:se%40cret@127.0.0.1:{proxy.port}"
        assert await read({"ALL_PROXY": address}, "http://service.example/x") == "service.example"
        assert set(proxy.asked) == {"service.example:80"}
        assert set(proxy.credentials) == (set() if scheme == "socks4" else {"me:se@cret"})
        asked = len(proxy.asked)
        local = f"http://127.0.0.1:{port}/x"
        assert await read({"ALL_PROXY": address}, local) == f"127.0.0.1:{port}"
        assert len(proxy.asked) == asked


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4"])
async def test_a_proxy_that_refuses_means_that_nothing_was_sent(scheme: str) -> None:
    async with FakeProxy(scheme, {}).serving() as proxy:
        environment = {
            "ALL_PROXY": proxy.url.replace("socks4", "socks4a").replace("//", "//me:secret@")
        }
        with pytest.raises(httpx.ConnectError):
            await by_httpx(environment, "https://service.example/")
        with pytest.raises(aiohttp.ClientProxyConnectionError):
            await by_aiohttp(environment, "https://service.example/")
        assert set(proxy.asked) == {"service.example:443"}
        assert proxy.credentials == ([] if scheme == "socks4" else ["me:secret"] * 2)


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4a"])
async def test_a_proxy_that_is_away_means_that_nothing_was_sent(
    scheme: str, unused_tcp_port: int
) -> None:
    environment = {"ALL_PROXY": f"{scheme}://127.0.0.1:{unused_tcp_port}"}
    with pytest.raises(httpx.ConnectError):
        await by_httpx(environment, "https://service.example/")
    with pytest.raises(aiohttp.ClientProxyConnectionError):
        await by_aiohttp(environment, "https://service.example/")


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4a"])
async def test_a_proxy_that_says_nothing_is_not_waited_for_for_ever(scheme: str) -> None:
    gone = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    proxies = proxies_from(
        {"ALL_PROXY": f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"}
    )
    try:
        async with aiohttp.ClientSession(connector=Connector(proxies, patience=0.05)) as session:
            with pytest.raises(aiohttp.ClientProxyConnectionError):
                await session.get("https://service.example/")
        async with httpx.AsyncClient(transport=Transport(proxies), timeout=0.05) as client:
            with pytest.raises((httpx.ConnectTimeout, httpx.ReadTimeout, httpx.ConnectError)):
                await client.get("https://service.example/")
    finally:
        gone.set()
        server.close()
