"""How an answer is taken off the line: failures in our words, limits on time and size, plain bodies
and streams, and the silence of a long turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from http.client import HTTPResponse
from http.cookiejar import CookieJar
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


@asynccontextmanager
async def deadline(name: str, seconds: float) -> AsyncIterator[None]:
    """Cut what takes longer than so many seconds."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError:
        if limit.expired():
            raise Cut(f"not over after {seconds:g} s", endpoint=name) from None
        raise


async def answer(call: Call, response: httpx.Response) -> dict[str, Any]:
    """A plain answer, read whole and deciphered."""
    body = await whole(call, response, LARGEST_WORD)
    return decipher(call.name, response.status_code, response.headers, body, secret(call.headers))


async def whole(call: Call, response: httpx.Response, most: int) -> bytes:
    """The body of a plain answer. Raises Trouble for one of more bytes than `most`."""
    async with deadline(call.name, ANSWER_SECONDS):
        return await read(call.name, response, most)


async def read(name: str, response: httpx.Response, most: int) -> bytes:
    """The body. Raises Trouble for one without end."""
    body = bytearray()
    async for piece in response.aiter_bytes():
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
        self._stream = stream
        self._limit = limit
        self._taken = 0

    def progress(self) -> None:
        self._taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._taken += len(piece)
            if self._taken > self._limit:
                raise httpx.ReadError("an endless event")
            yield piece

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


@asynccontextmanager
async def watched(quiet: Noticed | None, seconds: float) -> AsyncIterator[Callable[[], None]]:
    """Gives a function to call for every event; `quiet` is awaited once for each gap of so many
    seconds."""
    moved = asyncio.Event()

    async def watch(quiet: Noticed) -> None:
        while True:
            moved.clear()
            try:
                async with asyncio.timeout(
                    seconds
                ):  # wait_for may lose a cancellation on Python 3.11
                    await moved.wait()
            except TimeoutError:
                await quiet()
                await moved.wait()

    watching = asyncio.create_task(watch(quiet)) if quiet is not None else None
    try:
        yield moved.set
    finally:
        if watching is not None:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
