"""How an answer is taken off the line: failures in our words, limits on time and size, plain bodies
and streams, and the silence of a long turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing, contextmanager, suppress
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Any
from urllib.request import Request

import httpx
from httpx_sse import EventSource

from core.nemo.errors import Cut, NotSent, Trouble
from core.nemo.stream import Reader, Visible
from core.nemo.wire import Call, decipher


class NoCookies(CookieJar):
    """Looks at no answer: a policy that refuses all of them takes each apart first."""

    def extract_cookies(self, response: HTTPResponse, request: Request) -> None:
        """None is kept."""

    def add_cookie_header(self, request: Request) -> None:
        """None is sent."""


LARGEST_ANSWER = 16 * 2**20
"""Bytes of a project's state that are read; one with a long draft stays far below."""

LARGEST_WORD = 2**20
"""Bytes of any other plain answer: none has more to say, and reading it keeps everybody waiting."""

LARGEST_EVENT = 64 * 2**20
"""Bytes between two events of a stream; an event may carry a picture."""

ANSWER_SECONDS = 300
"""For the body of a plain answer, however slowly it drips."""

IDENTITY = {
    "Accept-Encoding": "identity"
}  # compressed, a stream would be held back and a length mean nothing

Told = Callable[[str], Awaitable[None]]


@contextmanager
def translated(name: str) -> Iterator[None]:
    """The two ways in which a line fails, in our words; the library's own hold addresses and
    requests."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as problem:
        raise NotSent(type(problem).__name__, endpoint=name) from None
    except (
        httpx.RequestError
    ) as problem:  # SSEError is one as well: a defect of ours, but what ran is as unclear
        raise Cut(type(problem).__name__, endpoint=name) from None
    except (
        httpx.InvalidURL,
        UnicodeError,
    ):  # httpx looks at a redirect's target even when told not to follow it
        raise Trouble("a redirect to nowhere", endpoint=name) from None


class Deadline:
    """Cuts what takes longer than so many seconds."""

    __slots__ = ("_limit", "_name", "_seconds")

    def __init__(self, name: str, seconds: float) -> None:
        self._name, self._seconds = name, seconds
        self._limit = asyncio.timeout(seconds)

    async def __aenter__(self) -> None:
        await self._limit.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raises Cut in place of what the end of the time has broken off."""
        try:
            await self._limit.__aexit__(kind, problem, trace)
        except TimeoutError:
            raise Cut(f"not over after {self._seconds:g} s", endpoint=self._name) from None


async def answer(call: Call, response: httpx.Response) -> dict[str, Any]:
    """A plain answer, read whole and deciphered."""
    body = await whole(call, response, LARGEST_WORD)
    return decipher(call.name, response.status_code, response.headers, body, secret(call.headers))


async def whole(call: Call, response: httpx.Response, most: int) -> bytes:
    """The body of a plain answer. Raises Trouble for one of more bytes than `most`."""
    async with Deadline(call.name, ANSWER_SECONDS):
        return await read(call.name, response, most)


async def read(name: str, response: httpx.Response, most: int) -> bytes:
    """The body. Raises Trouble for one without end."""
    body = bytearray()
    plain = "content-encoding" not in response.headers
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for piece in response.stream if plain else response.aiter_bytes():
        body += piece
        if len(body) > most:
            raise Trouble("an endless answer", endpoint=name, status=response.status_code)
    return bytes(body)


def secret(headers: Iterable[tuple[str, str]]) -> str:
    """The token among the headers, "" if there is none."""
    found = (value.removeprefix("Bearer ") for name, value in headers if name == "Authorization")
    return next(found, "")


def content_type(response: httpx.Response) -> str:
    """The type without its parameters, in lower case."""
    declared: str = response.headers.get("content-type", "")
    return declared.partition(";")[0].strip().lower()


async def check_stream(call: Call, response: httpx.Response) -> None:
    """Raises the refusal that came in place of a stream, or Trouble. Only a stream may be handed to
    httpx-sse, which itself does not look at the status (7.2)."""
    there = response.status_code == httpx.codes.OK
    if there and content_type(response) == "text/event-stream":
        return
    await answer(call, response)
    raise Trouble("no stream", endpoint=call.name, status=response.status_code)


class _Bounded(httpx.AsyncByteStream):
    """A body that breaks off when too much comes between two calls of `progress`: an event has no
    length."""

    def __init__(self, stream: httpx.AsyncByteStream, limit: int) -> None:
        self._stream, self._pieces = stream, aiter(stream)
        self._limit = limit
        self._taken = 0

    def progress(self) -> None:
        self._taken = 0

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        piece = await anext(self._pieces)
        self._taken += len(piece)
        if self._taken > self._limit:
            raise httpx.ReadError("an endless event")
        return piece

    async def aclose(self) -> None:
        await self._stream.aclose()


async def listen(
    response: httpx.Response,
    reader: Reader,
    stirred: Callable[[], None],
    slim: Callable[[str], Awaitable[str]],
) -> AsyncIterator[Visible]:
    """Feed the reader to the end of the stream; `stirred` is called for every event that is no
    heartbeat.

    `slim` makes large frames small. Others have their turn after each frame, however many come at
    once."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    response.stream = body = _Bounded(response.stream, LARGEST_EVENT)
    response.encoding = "utf-8"  # an event stream is never anything else
    async with aclosing(EventSource(response).aiter_sse()) as frames:
        async for frame in frames:
            body.progress()
            before = reader.events
            told = reader.feed(frame.event, await slim(frame.data))
            await asyncio.sleep(0)
            if reader.events != before:
                stirred()
            for said in told:
                yield said


Noticed = Callable[[], Awaitable[None]]


class Watched:
    """A stream whose silence is noticed: `quiet` is awaited once for each gap of so many seconds.

    A timer and no task of its own, for thousands of streams may be open."""

    __slots__ = ("_last", "_loop", "_quiet", "_seconds", "_telling", "_timer")

    def __init__(self, quiet: Noticed | None, seconds: float) -> None:
        self._quiet, self._seconds = quiet, seconds
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._telling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Callable[[], None]:
        """A function to call for every event."""
        if self._quiet is not None:
            self._wait(self._seconds)
        return self._stirred

    async def __aexit__(self, *raised: object) -> None:
        """Nothing is told any more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._telling is not None:
            self._telling.cancel()
            with suppress(asyncio.CancelledError):
                await self._telling

    def _stirred(self) -> None:
        self._last = self._loop.time()
        if self._timer is None and self._quiet is not None:
            self._wait(self._seconds)

    def _wait(self, seconds: float) -> None:
        self._timer = self._loop.call_later(seconds, self._due)

    def _due(self) -> None:
        """The next gap begins with the next event."""
        left = self._last + self._seconds - self._loop.time()
        if left > 0:
            self._wait(left)
        elif self._telling is not None and not self._telling.done():
            self._wait(self._seconds)
        else:
            self._timer = None
            self._telling = self._loop.create_task(self._told())

    async def _told(self) -> None:
        assert self._quiet is not None, "else nothing is due"
        await self._quiet()
