"""Which proxy leads to an address, in every spelling of the variables; and both HTTP clients on
their way there."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import httpx
import pytest
from aiohttp import web

from core.connections import Connector, Transport
from core.net import DIRECT, proxies_from
from core.net.proxies import Bypass
from core.settings import WrongSetting
from tests.servers.proxies import FakeProxy


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://a.example", None),
        ({"HTTPS_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "wss://a.example/?v=10", "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1"}, "http://a.example", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://a.example", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "ws://a.example", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        ({"all_proxy": "http://p:1"}, "http://a.example", "http://p:1"),
        (
            {"ALL_PROXY": "http://p:1", "https_proxy": "http://q:2"},
            "https://a.example",
            "http://q:2",
        ),
        (
            {"HTTPS_PROXY": "http://p:1", "https_proxy": "http://q:2"},
            "https://a.example",
            "http://q:2",
        ),
        ({"HTTPS_PROXY": " ", "ALL_PROXY": "http://p:1"}, "https://a.example", "http://p:1"),
        (
            {"PROXY_URL": "socks5://o:3", "HTTPS_PROXY": "http://p:1"},
            "https://a.example",
            "socks5://o:3",
        ),
        ({"PROXY_URL": "socks5://o:3"}, "http://a.example", "socks5://o:3"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.example"}, "https://a.example", None),
        ({"PROXY_URL": "socks5://o:3", "NO_PROXY": "a.example"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:443"}, "https://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:443"}, "ws://a.example", "http://p:1"),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:80"}, "http://a.example", None),
        ({"ALL_PROXY": "http://p:1", "NO_PROXY": "a.example:81"}, "http://a.example:81", None),
        ({"ALL_PROXY": "socks://p:1"}, "https://a.example", "socks5://p:1"),
        ({"ALL_PROXY": "SOCKS5H://p"}, "https://a.example", "socks5://p:1080"),
        ({"ALL_PROXY": "socks4a://p:1/"}, "https://a.example", "socks4://p:1"),
        ({"ALL_PROXY": "p:3128"}, "https://a.example", "http://p:3128"),
        ({"ALL_PROXY": "p"}, "https://a.example", "http://p:80"),
        ({"ALL_PROXY": "https://p"}, "https://a.example", "https://p:443"),
        ({"ALL_PROXY": "http://[fd00::1]:8080"}, "https://a.example", "http://[fd00::1]:8080"),
        ({"ALL_PROXY": "http://p:1"}, "https://127.0.0.1:8443", None),
        ({"ALL_PROXY": "http://p:1"}, "http://LOCALHOST./x", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[::1]:81", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[::ffff:127.0.0.1]:81", None),
        ({"ALL_PROXY": "http://p:1"}, "http://user:word@10.0.0.1:81/x", "http://p:1"),
        ({"ALL_PROXY": "http://p:1"}, "ftp://a.example", None),
        ({"ALL_PROXY": "http://p:1"}, "http://[broken", None),
    ],
)
def test_a_proxy_is_chosen_for_an_address(
    environment: dict[str, str], url: str, proxy: str | None
) -> None:
    found = proxies_from(environment).for_url(url)
    assert (found.address if found else None) == proxy


def test_only_plain_socks_4_leaves_looking_up_names_to_us() -> None:
    written = ("socks4", "socks4a", "socks5", "socks5h", "socks")
    found = [proxies_from({"ALL_PROXY": f"{scheme}://p:1"}).plain for scheme in written]
    assert [proxy and proxy.remote for proxy in found] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("written", "reached", "not_reached"),
    [
        ("*", ["a.example:443", "10.1.2.3:80"], []),
        ("b.example, *", ["a.example:443"], []),
        (
            "a.example",
            ["a.example:443", "A.Example.:443", "x.a.example:443"],
            ["ba.example:443", "a.example.org:443"],
        ),
        (".a.example", ["a.example:443", "x.a.example:443"], ["ba.example:443"]),
        (
            "*.a.example",
            ["x.a.example:443", "x.y.a.example:443"],
            ["a.example:443", "xa.example:443"],
        ),
        ("a.example:8443", ["a.example:8443"], ["a.example:443"]),
        ("b.example;a.example", ["a.example:443", "b.example:443"], []),
        (
            "b.example  a.example,\tc.example",
            ["a.example:443", "b.example:443", "c.example:443"],
            ["d.example:443"],
        ),
        ("10.0.0.0/8", ["10.1.2.3:443"], ["11.1.2.3:443", "10.example:443"]),
        ("10.1.2.3/8", ["10.9.9.9:443"], ["11.1.2.3:443"]),
        ("10.1.2.3", ["10.1.2.3:443", "[::ffff:10.1.2.3]:443"], ["10.1.2.4:443"]),
        ("10.1.2.3:8443", ["10.1.2.3:8443"], ["10.1.2.3:443"]),
        ("192.168.*", ["192.168.7.7:443"], ["192.169.7.7:443"]),
        ("fd00::/8", ["[fd00::7]:443"], ["[fe80::7]:443"]),
        ("[fd00::7]", ["[fd00::7]:443"], ["[fd00::8]:443"]),
        ("[fd00::7]:8443", ["[fd00::7]:8443"], ["[fd00::7]:443"]),
        ("fe80::/10", ["[fe80::1%eth0]:443"], ["[fd00::1]:443"]),
        ("X.example", ["x.example:443"], ["a.example:443"]),
        ("fd00::7", ["[fd00::7]:443"], ["[fd00::8]:443"]),
        ("<local>", ["backend:443"], ["a.example:443", "10.0.0.1:443"]),
        ("https://a.example/", ["a.example:443"], ["b.example:443"]),
        ('"a.example"', ["a.example:443"], ["b.example:443"]),
        (
            "",
            ["localhost:80", "x.localhost:80", "127.9.9.9:80", "[::1]:80", "0.0.0.0:80"],
            ["a.example:443"],
        ),
        (", , ;", [], ["a.example:443"]),
        (".", [], ["a.example:443"]),
    ],
)
def test_no_proxy_is_read_in_every_spelling(
    written: str, reached: list[str], not_reached: list[str]
) -> None:
    bypass = Bypass.read(written)

    def holds(place: str) -> bool:
        host, _, port = place.rpartition(":")
        return bypass.holds(host.strip("[]"), int(port))

    assert {place: holds(place) for place in (*reached, *not_reached)} == {
        **dict.fromkeys(reached, True),
        **dict.fromkeys(not_reached, False),
    }


@pytest.mark.parametrize("name", ["PROXY_URL", "HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize(
    "value",
    [
        "ftp://p:1",
        "http://",
        "http://p:99999",
        "http://p:0",
        "http://[::1",
        "http://p q:1",
        "http://p:1/X",
    ],
)
def test_what_is_no_proxy_is_one_sentence_without_its_value(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        proxies_from({name: value.replace("://", "://me:secret@")})
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} cannot be used: it")
    assert f"Example: {name}=" in sentence
    assert "secret" not in sentence


def test_credentials_are_not_shown() -> None:
    proxies = proxies_from({"ALL_PROXY": "http://me:se%40cret@p:1"})
    found = proxies.for_url("https://a.example")
    assert found
    assert (found.user, found.password) == ("me", "se@cret")
    nobody = proxies_from({"ALL_PROXY": "http://p:1"}).plain
    assert nobody
    assert (nobody.user, nobody.password) == ("", "")
    assert "cret" not in f"{proxies!r} {found.address}"
    assert "me" not in found.address


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


def test_nothing_is_asked_of_a_proxy_unless_one_is_set() -> None:
    assert DIRECT.for_url("https://a.example") is None
    assert proxies_from({"NO_PROXY": "x"}).for_url("https://a.example") is None
