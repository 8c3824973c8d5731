"""How a file of somebody's comes down: whole or not at all, no longer than allowed, and never from
a private net."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from socket import SOCK_STREAM
from typing import IO
from uuid import uuid4

import aiohttp
from yarl import URL

from bots.discord.delivery.disk import Disk
from core.adapter import FileGone, Flooded, TooLarge, Unsent
from core.connections import Connector
from core.files import open_private
from core.net import Proxies, open_to_all

LARGEST = 524_288_000
"""Bytes of a file at most: the largest limit of any skill profile (500 MB)."""

PIECE = 2**18
TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=60)
REDIRECTS = 3
REDIRECTING = (301, 302, 303, 307, 308)
NAME_SECONDS = 10.0
"""For so long aiohttp takes the addresses behind a name for good, without asking again."""
MOST_NAMES = 100
GONE = (403, 404, 410)
BUSY_SECONDS = 30.0
"""Pause after a 429 that names none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Connections to where files lie; what they set is kept for no other file. `names` has the
    addresses behind hosts, each for a moment, and `disk` is how files are written."""

    session: aiohttp.ClientSession
    disk: Disk
    names: dict[URL, tuple[float, list[str]]] = field(default_factory=dict)


def lines(proxies: Proxies, disk: Disk) -> Lines:
    """Made in a running loop; its session is to be closed."""
    session = aiohttp.ClientSession(
        timeout=TIMEOUT, connector=Connector(proxies), cookie_jar=aiohttp.DummyCookieJar()
    )
    return Lines(session, disk)


async def download(
    url: str, path: Path, by: Lines, *, inside: bool = False, largest: int = LARGEST
) -> None:
    """Stream a link of Discord's to `path`; nothing stays there when that fails.

    `inside`: Discord's API is one in a private net, so its files may be there as well. Raises
    FileGone, Flooded, TooLarge or Unsent. An OSError of this machine's own disk is let through."""
    part = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")  # nobody else's
    whole = False
    try:
        async with _answer(url, by, inside) as response:
            _check(response)
            with _opened(part) as file:
                last = await _save(response, file, largest)
                await by.disk.do(partial(_ended, file, last, part, path))
        whole = True
    except (aiohttp.ClientError, TimeoutError) as cut:
        raise Unsent(type(cut).__name__) from None
    finally:
        if not whole:
            await asyncio.to_thread(part.unlink, missing_ok=True)


@asynccontextmanager
async def _answer(link: str, by: Lines, inside: bool) -> AsyncIterator[aiohttp.ClientResponse]:
    """The answer at the end of a few redirects. Whoever may set a link must not make us read what
    is only ours, unless the first link of all was there."""
    url = URL(link)
    anywhere = inside and not all_open(await _addresses(url, by))
    for _ in range(REDIRECTS + 1):
        if not anywhere:
            check_open(await _addresses(url, by))
        if by.session.closed:
            raise Unsent("the adapter has ended")
        async with by.session.get(url, allow_redirects=False) as response:
            if response.status not in REDIRECTING:
                yield response
                return
            url = following(url, response.headers.get("Location", ""))
    raise Unsent("too many redirects")


def following(url: URL, location: str) -> URL:
    """Where a redirect leads: never from https down to http. Raises FileGone for what is no
    address."""
    try:
        found = url.join(URL(location))
        known = bool(location) and found.scheme in ("http", "https") and bool(found.host)
    except ValueError:
        known = False
    if not known or (url.scheme == "https" and found.scheme != "https"):
        raise FileGone("a redirect that leads nowhere")
    return found


def all_open(addresses: Iterable[str]) -> bool:
    """Whether each of them is one of the open internet."""
    return all(open_to_all(address.partition("%")[0]) for address in addresses)


def check_open(addresses: Iterable[str]) -> None:
    """Raises FileGone for an address in a private net."""
    if not all_open(addresses):
        raise FileGone("an address in a private net")


async def _addresses(url: URL, by: Lines) -> list[str]:
    """As `_resolved`; what was found a moment ago still holds, as it does for the connection."""
    now, host = asyncio.get_running_loop().time(), url.origin()
    known = by.names.get(host)
    if known is not None and now - known[0] < NAME_SECONDS:
        return known[1]
    found = await _resolved(url)
    if len(by.names) >= MOST_NAMES:
        by.names.clear()
    by.names[host] = now, found
    return found


async def _resolved(url: URL) -> list[str]:
    """The addresses behind a host; none where its name cannot be found, which connecting to it will
    tell as well."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            url.host, url.port or 443, type=SOCK_STREAM
        )
    except OSError:
        return []
    return [str(where[0]) for *_, where in found]


def _check(response: aiohttp.ClientResponse) -> None:
    if response.status in GONE:
        raise FileGone(f"status {response.status}")
    if response.status == 429:
        raise Flooded(_seconds(response.headers.get("Retry-After", "")))
    if response.status != 200:
        raise Unsent(f"status {response.status}")


def _seconds(named: str) -> float:
    return float(named) if named.isascii() and named.isdigit() else BUSY_SECONDS


async def _save(response: aiohttp.ClientResponse, file: IO[bytes], largest: int) -> bytes:
    """Write all but the last piece, which is left to be written."""
    size, last = 0, b""
    async for piece in response.content.iter_chunked(PIECE):
        size += len(piece)
        if size > largest:
            raise TooLarge(largest)
        if last:
            await asyncio.to_thread(file.write, last)
        last = piece
    return last


def _ended(file: IO[bytes], last: bytes, part: Path, path: Path) -> None:
    file.write(last)
    file.close()
    part.rename(path)


def _opened(path: Path) -> IO[bytes]:
    """Opened here and not in a thread: a thread's file would stay open where the download is called
    off."""
    return open_private(path)
