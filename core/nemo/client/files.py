"""Files on their way: up, in one request, and down, only from where they may come, never longer
than allowed, whole or not at all."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from io import BufferedReader, FileIO
from pathlib import Path
from socket import SOCK_STREAM
from typing import IO

import httpx

from core.files import open_private
from core.nemo.client.responses import (
    IDENTITY,
    LARGEST_WORD,
    content_type,
    read,
    secret,
    translated,
)
from core.nemo.errors import BadRequest, Cut, FileTooLarge, Trouble
from core.nemo.values import integer
from core.nemo.wire import decipher, refusal
from core.net import Proxies, open_to_all

PIECE = 2**20
"""Bytes that are written at once."""

PAGES = ("text/html", "application/json", "application/problem+json", "text/xml", "application/xml")


def an_address(name: str, url: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address, or the one a redirect from `base` leads to: never from https down to http
    (D29)."""
    try:
        address = base.join(url) if base else httpx.URL(url)
    except httpx.InvalidURL:
        raise BadRequest("not an address", endpoint=name) from None
    secure = base is None or base.scheme == "http" or address.scheme == "https"
    if address.scheme not in ("http", "https") or not address.host or not secure:
        raise BadRequest("not an address to follow", endpoint=name)
    return address


async def resolved(address: httpx.URL) -> list[str]:
    """The addresses behind a host; none where its name cannot be found, which connecting to it will
    tell as well."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            address.host, address.port or 443, type=SOCK_STREAM
        )
    except OSError:
        return []
    return [str(where[0]) for *_, where in found]


def peer(response: httpx.Response) -> list[str]:
    """The address that was really connected to: a name may lead elsewhere a moment after it was
    looked up."""
    found = response.extensions["network_stream"].get_extra_info("server_addr")
    return [str(found[0])] if found else []


def all_open(addresses: Iterable[str]) -> bool:
    """Whether each of them is one of the open internet."""
    return all(open_to_all(address.partition("%")[0]) for address in addresses)


def check_open(name: str, addresses: Iterable[str]) -> None:
    """Raises BadRequest for a private net: a link of the backend's must not make us read what is
    only ours."""
    if not all_open(addresses):
        raise BadRequest("an address in a private net", endpoint=name)


def _origin(address: httpx.URL) -> tuple[str, str, int | None]:
    """What two addresses share when the token may go to both."""
    return address.scheme, address.host, address.port


async def _check_file(name: str, response: httpx.Response, token: str) -> None:
    """A page or a JSON object in place of a file is an answer to be read, or no answer at all."""
    if response.status_code == httpx.codes.OK and content_type(response) not in PAGES:
        return
    if name == "download":
        decipher(
            name,
            response.status_code,
            response.headers,
            await read(name, response, LARGEST_WORD),
            token,
        )
    found = refusal(name, None, response.status_code)
    raise found or Trouble("a page in place of a file", endpoint=name, status=response.status_code)


async def save(name: str, response: httpx.Response, path: Path, limit: int) -> int:
    """Write the body to `path`. The library itself notices a body shorter than its
    Content-Length."""
    announced = integer(response.headers.get("content-length"))
    if announced is not None and announced > limit:
        raise FileTooLarge(f"{announced} bytes", endpoint=name)
    size = 0
    # opened here: a thread would go on where this is cancelled, and leave an open file behind
    with _whole_or_gone(path), open_private(path) as file:
        async for piece in response.aiter_bytes(PIECE):
            size += len(piece)
            if size > limit:
                raise FileTooLarge(f"more than {limit} bytes", endpoint=name)
            await asyncio.to_thread(file.write, piece)
        if not size:
            raise Trouble("an empty file", endpoint=name)
    return size


@contextmanager
def _whole_or_gone(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:  # a cancellation leaves half a file as well
        path.unlink(missing_ok=True)
        raise


MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files by their links: over `http`, from wherever the service at `api` may send us, each
    address the way that `proxies` say."""

    http: httpx.AsyncClient
    api: str
    proxies: Proxies

    async def save(
        self, name: str, url: str, headers: dict[str, str], path: Path, limit: int
    ) -> int:
        """Stream one to `path`; its bytes. `headers` go to the first origin only."""
        async with self._file(name, an_address(name, url), headers) as response:
            return await save(name, response, path, limit)

    @asynccontextmanager
    async def _file(
        self, name: str, address: httpx.URL, headers: dict[str, str]
    ) -> AsyncIterator[httpx.Response]:
        """The answer that holds a file, at the end of its redirects; `headers` go to the first
        origin only."""
        with translated(name):
            # a backend in our own net (the stand-in, a proxy that makes up addresses) has its files
            # there as well
            strict = all_open(await resolved(httpx.URL(self.api)))
            for _ in range(MOST_REDIRECTS + 1):
                check_open(name, await resolved(address) if strict else [])
                async with self.http.stream(
                    "GET", address, headers=headers | dict(IDENTITY)
                ) as response:
                    direct = (
                        self.proxies.for_url(str(address)) is None
                    )  # else the peer is the proxy
                    check_open(name, peer(response) if strict and direct else [])
                    if not response.has_redirect_location:
                        await _check_file(name, response, secret(headers.items()))
                        yield response
                        return
                    target = an_address(name, response.headers["location"], address)
                if _origin(target) != _origin(address):
                    headers = {}
                address = target
            raise BadRequest("too many redirects", endpoint=name)


@dataclass(frozen=True, slots=True)
class UploadPart:
    """One file of an upload: where it lies, the clean ASCII name it travels under, its type
    (6.2)."""

    path: Path
    name: str
    mime: str


class _Rest(BufferedReader):
    """A file on its way up, whose rest is not sent by a process that may be taken for dead by now:
    frozen in the middle and awake again, it would add to what another has sent meanwhile."""

    def __init__(self, path: Path, lives: Callable[[], bool]) -> None:
        super().__init__(FileIO(path))
        self._lives = lives

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises Cut: what was sent by then is no whole request."""
        piece = super().read(size)
        if not self._lives():
            raise Cut("this process may be taken for dead", endpoint="upload")
        return piece


Multipart = list[tuple[str, tuple[str, IO[bytes], str]]]
"""Files as httpx takes them."""


def as_multipart(
    parts: Sequence[UploadPart], opened: ExitStack, lives: Callable[[], bool]
) -> Multipart:
    """The files as httpx takes them; they are closed with `opened`. `lives` is asked before each
    piece goes."""
    return [
        ("files", (part.name, opened.enter_context(_Rest(part.path, lives)), part.mime))
        for part in parts
    ]
