"""The one module that speaks HTTP to the video backend: httpx and httpx-sse around the pure
protocol."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from core.connections import Transport
from core.nemo.client.beside import Beside
from core.nemo.client.files import Downloads, Multipart, UploadPart, as_multipart
from core.nemo.client.responses import (
    IDENTITY,
    LARGEST_ANSWER,
    Deadline,
    NoCookies,
    Noticed,
    Told,
    Watched,
    answer,
    check_stream,
    listen,
    secret,
    translated,
    whole,
)
from core.nemo.draft import Digest
from core.nemo.errors import Cut
from core.nemo.stream import Reader, TurnCut, TurnEnd
from core.nemo.values import dumps
from core.nemo.wire import Call
from core.net import DIRECT, Proxies

NOTHING_MORE: Mapping[str, str] = {}


async def at_once() -> None:
    """Nothing need be waited for."""


def always() -> bool:
    """One process alone is taken for dead by nobody."""
    return True


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, for a connection, for the line to take or give the next bytes,
    for a free line.

    `upload` is the wait for the answer to an upload. A chat turn has no such limit: `turn` is the
    outer one, and `quiet` how long it may be without any event before that is noticed."""

    connect: float = 10
    write: float = 120
    pool: float = 30
    read: float = 60
    upload: float = 300
    turn: float = 900
    quiet: float = 600

    def until(self, read: float | None) -> dict[str, float | None]:
        """As httpx has it, with another wait for an answer, None for endless."""
        return {"connect": self.connect, "write": self.write, "pool": self.pool, "read": read}


class NemoClient:
    """Two pools of connections to the backend: turns and files, which last for minutes, take no
    place of a short call. It never retries: that is decided elsewhere, with more knowledge.

    `connections` is the limit of short calls at one time. `beside` reads what is large. `before` is
    awaited before each call that changes or costs anything; `lives` says before each piece of an
    upload whether nobody can have taken this process for dead."""

    def __init__(
        self,
        api_url: str,
        *,
        connections: int = 256,
        patience: Patience = Patience(),
        proxies: Proxies = DIRECT,
        beside: Beside | None = None,
        before: Callable[[], Awaitable[None]] = at_once,
        lives: Callable[[], bool] = always,
    ) -> None:
        self._lives = lives
        self._api, self._before = str(httpx.URL(api_url.rstrip("/"))), before
        self._patience = patience
        self.beside = beside or Beside()
        self._short, self._long = Transport(proxies, connections), Transport(proxies)
        self._files = httpx.AsyncClient(
            transport=self._long,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(**patience.until(patience.read)),
            cookies=NoCookies(),
            headers={"User-Agent": "photo-to-video-bot"},
        )
        self._downloads = Downloads(self._files, self._api, proxies)
        usual = self._files.headers.raw
        self._usual = {name.decode(): value.decode() for name, value in usual}

    async def close(self) -> None:
        """Close all connections."""
        await self._short.aclose()
        await self._files.aclose()

    async def send(self, call: Call) -> dict[str, Any]:
        """Send a call and decipher the answer. Raises NemoError."""
        with translated(call.name):
            async with aclosing(await self._open(call, self._patience.read)) as response:
                return await answer(call, response)

    async def project(self, call: Call, language: str) -> Digest:
        """Send a state call and read the answer, a large one beside the event loop. Raises
        NemoError."""
        with translated(call.name):
            async with aclosing(await self._open(call, self._patience.read)) as response:
                body = await whole(call, response, LARGEST_ANSWER)
        status, headers = response.status_code, response.headers
        return await self.beside.read(body, headers, status, secret(call.headers), language)

    async def upload(self, call: Call, parts: Sequence[UploadPart]) -> dict[str, Any]:
        """Send files as one multipart request, in order, streamed from disk.

        Raises NemoError, and OSError where a file is not there: nothing was sent then.
        """
        with ExitStack() as opened, translated(call.name):
            files = as_multipart(parts, opened, self._lives)
            sent = self._open(call, self._patience.upload, long=True, files=files)
            async with aclosing(await sent) as response:
                return await answer(call, response)

    async def turn(
        self,
        call: Call,
        tell: Told,
        *,
        quiet: Noticed | None = None,
        drafted: Noticed | None = None,
    ) -> TurnEnd:
        """Run one chat turn; `tell` is awaited with all visible text so far whenever that has
        changed.

        `quiet` is awaited when no event has come for the set time (D17), `drafted` when the stream
        first shows a timeline. None of them may raise; `tell` and `drafted` should be quick: the
        stream is not read meanwhile, and hanging up may cancel a paid run (D19).

        Raises the error of a refused turn, also of one refused inside the stream before anything
        ran; a refusal after that is left in the returned `TurnEnd.refusal`, with `failed`, because
        sending again would pay twice. Raises TurnCut where the stream broke off or the time was
        up."""
        reader = Reader()
        try:
            with translated(call.name):
                async with (
                    Deadline(call.name, self._patience.turn),
                    aclosing(await self._open(call, None, IDENTITY, long=True)) as response,
                ):
                    await check_stream(call, response)
                    async with Watched(quiet, self._patience.quiet) as stirred:
                        async for said in listen(response, reader, stirred, self.beside.slim):
                            if said.text:
                                await tell(said.text)
                            if said.drafted and drafted is not None:
                                await drafted()
        except Cut as cut:
            end = _unless_refused(reader.finish(cut=True))
            raise TurnCut(end, cut.detail, endpoint=call.name) from None
        return _unless_refused(reader.finish())

    async def download(self, url: str, path: Path, limit: int) -> int:
        """Stream the finished file behind a link to `path` and return its bytes; nothing stays at
        `path` when that fails.

        Raises FileTooLarge over `limit` bytes and any other NemoError; BadRequest says that the
        link is no good."""
        return await self._downloads.save("file", url, {}, path, limit)

    async def download_by(self, call: Call, path: Path, limit: int) -> int:
        """The same through the API, to whose own origin alone the token goes."""
        address, headers = self._api + call.path, dict(call.headers)
        return await self._downloads.save(call.name, address, headers, path, limit)

    async def _open(
        self,
        call: Call,
        read: float | None,
        headers: Mapping[str, str] = NOTHING_MORE,
        *,
        long: bool = False,
        files: Multipart | None = None,
    ) -> httpx.Response:
        """The answer, whose body is still to come: whoever has it closes it. Nothing of the request
        is kept with it."""
        if call.method != "GET":
            await self._before()
        line = self._long if long else self._short
        url = self._api + call.path
        sent = {**self._usual, **dict(call.headers), **headers}
        patience = self._patience.until(read)
        if files is None:
            content = b"" if call.json is None else dumps(call.json)
            return await line.ask(call.method, url, sent, content, patience)
        known = {"timeout": patience}
        request = httpx.Request(call.method, url, headers=sent, files=files, extensions=known)
        return await line.handle_async_request(request)


def _unless_refused(end: TurnEnd) -> TurnEnd:
    if end.refusal is not None and not end.visible and not end.tools:
        raise end.refusal
    return end
