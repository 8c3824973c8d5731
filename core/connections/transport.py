"""httpx's requests and answers on aiohttp's connections: its own pool looks through all that are
open at every call, so each call would cost more the more turns are under way."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from functools import lru_cache
from types import TracebackType

import aiohttp
import httpx
from multidict import CIMultiDict, istr
from yarl import URL

from core.connections.connector import WAY, Noting, Way
from core.net import DIRECT, Proxies

IDLE_SECONDS = 5.0
"""So long a connection is kept that nobody uses."""
LONGEST_HEADER = 64 * 1024
Patience = Mapping[str, float | None]
"""Seconds, as httpx has them: `connect`, `read`, `write` and `pool`."""
PIECE = 64 * 1024
"""Bytes that are given to the line at once."""
OURS = (b"host", b"transfer-encoding")
"""Headers that belong to the connection: whoever makes it writes them."""
AS_GIVEN = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


class Transport(httpx.AsyncBaseTransport):
    """A pool of connections, made when first needed; `connections` at one time, 0 for any number.

    What fails before a request has a connection is a ConnectError, ConnectTimeout or PoolTimeout,
    all else is a ReadError, WriteError, ReadTimeout, WriteTimeout or RemoteProtocolError, whatever
    the library below calls it."""

    def __init__(self, proxies: Proxies = DIRECT, connections: int = 0) -> None:
        self._proxies, self._connections = proxies, connections
        self._session: aiohttp.ClientSession | None = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=Noting(self._proxies, self._connections, idle=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=AS_GIVEN,
                max_line_size=LONGEST_HEADER,
                max_field_size=LONGEST_HEADER,
            )
        return self._session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As in httpx."""
        patience: Patience = request.extensions.get("timeout", {})
        headers = CIMultiDict(
            (_name(name.decode("latin-1")), value.decode("latin-1"))
            for name, value in request.headers.raw
            if name.lower() not in OURS
        )
        body = _Body(request.stream, patience.get("write"))
        return await self._sent(request.method, _address(request.url), headers, body, patience)

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes, patience: Patience
    ) -> httpx.Response:
        """The same without a request of httpx, which takes as long to make as the rest of a call.
        All that needs it is percent-encoded in `url`."""
        named = CIMultiDict((_name(name), value) for name, value in headers.items())
        if content:
            named[_name("Content-Length")] = str(len(content))
        body = _Body(httpx.ByteStream(content), patience.get("write"))
        return await self._sent(method, URL(url, encoded=True), named, body, patience)

    async def _sent(
        self, method: str, url: URL, headers: CIMultiDict[str], body: "_Body", patience: Patience
    ) -> httpx.Response:
        way = Way()
        WAY.set(way)
        with Failing(way):
            async with body.limit:
                answer = await self._opened().request(
                    method,
                    url,
                    headers=headers,
                    data=body.content,
                    allow_redirects=False,
                    timeout=_timeout(patience),
                )
        return httpx.Response(
            answer.status,
            headers=list(answer.raw_headers),
            stream=_Answer(answer, way),
            extensions={"network_stream": way, "http_version": b"HTTP/1.1"},
        )

    async def aclose(self) -> None:
        """Close all connections; those of a later request are made anew."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


@lru_cache(maxsize=256)
def _name(name: str) -> istr:
    """The name of a header, once for all requests: thousands may be open."""
    return istr(name)


def _address(url: httpx.URL) -> URL:
    """For the library below; a name and a password in it are in a header already."""
    return URL(str(url.copy_with(userinfo=b"") if url.userinfo else url), encoded=True)


def _timeout(patience: Patience) -> aiohttp.ClientTimeout:
    """What is waited for a free connection counts until there is one, also for a new one; no single
    attempt at that takes longer than it may."""
    return aiohttp.ClientTimeout(
        total=None,
        connect=patience.get("pool"),
        sock_connect=patience.get("connect"),
        sock_read=patience.get("read"),
    )


class _Body:
    """What is sent. `limit` ends the request when the line takes nothing for `patience` seconds."""

    def __init__(
        self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, patience: float | None
    ) -> None:
        self.limit = _Limit(patience)
        self.content: bytes | AsyncIterator[bytes] | None
        if not isinstance(stream, httpx.ByteStream):
            assert isinstance(stream, httpx.AsyncByteStream)
            self.content = self._pieces(stream)
        elif len(whole := b"".join(stream)) <= PIECE:  # the line's own buffer takes as much
            self.content = whole or None
        else:
            self.content = self._pieces(_cut(whole))

    async def _pieces(self, stream: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for piece in stream:
            self.limit.wait()
            yield piece
            self.limit.rest()


async def _cut(whole: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(whole), PIECE):
        yield whole[start : start + PIECE]


class _Limit:
    """Raises httpx.WriteTimeout where one wait lasts longer than it may."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds, self._timeout = seconds, asyncio.timeout(None)

    def wait(self) -> None:
        """A wait begins."""
        if self._seconds is not None:
            self._timeout.reschedule(asyncio.get_running_loop().time() + self._seconds)

    def rest(self) -> None:
        """It is over."""
        self._timeout.reschedule(None)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, *raised: object) -> None:
        try:
            await self._timeout.__aexit__(*raised)  # type: ignore[arg-type]
        except TimeoutError:
            if self._timeout.expired():
                raise httpx.WriteTimeout("the line takes nothing") from None
            raise


class _Answer(httpx.AsyncByteStream):
    """The body of an answer: by hand what a generator would do, for one is open in each turn."""

    def __init__(self, answer: aiohttp.ClientResponse, way: Way) -> None:
        self._answer, self._way = answer, way

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        content = self._answer.content
        with Failing(self._way):
            try:
                piece = await content.readany()
            except (aiohttp.ClientError, OSError):
                if not content._buffer:
                    raise
                # what came just before the line broke: the library would drop it
                return content._read_nowait(-1)
        if not piece:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        """What is not read to its end costs its connection."""
        if self._answer.content.at_eof():
            self._answer.release()
        else:
            self._answer.close()


class Failing:
    """The failures of the library below as httpx's own, by how far the request had come."""

    __slots__ = ("_way",)

    def __init__(self, way: Way) -> None:
        self._way = way

    def __enter__(self) -> None:
        """Nothing has failed yet."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raises what the failure is called here."""
        match problem:
            case TimeoutError():  # aiohttp's own are of this kind too
                raise _timed_out(self._way, problem) from None
            case aiohttp.ClientError() | OSError():
                raise _broken(self._way, problem) from None


def _timed_out(way: Way, problem: TimeoutError) -> httpx.TimeoutException:
    name = type(problem).__name__
    return httpx.ReadTimeout(name) if way.reached else httpx.ConnectTimeout(name)


def _broken(way: Way, problem: aiohttp.ClientError | OSError) -> httpx.TransportError:
    name = type(problem).__name__
    if not way.reached:
        return httpx.ConnectError(name)
    torn = isinstance(problem, (OSError, aiohttp.ClientOSError))
    return httpx.ReadError(name) if torn else httpx.RemoteProtocolError(name)
