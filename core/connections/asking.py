"""One question over HTTP for whoever examines the installation: what was answered, and when the
other side believes it is."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Self

import httpx

from core.connections.transport import Transport
from core.net import DIRECT, Proxies

PATIENCE = 10.0
"""Seconds for one answer."""
LARGEST = 2**22
"""Bytes of an answer that are read."""


class Unreachable(Exception):
    """No answer came. The text says why in a few words, without an address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is the JSON of the body, None where it is none; `skew` says by how many seconds this
    machine's clock is ahead of the other side's, None where that side does not tell."""

    status: int
    value: Any
    skew: float | None = None


class Asking:
    """A few questions by the proxies that were chosen, without any state between them."""

    def __init__(
        self,
        proxies: Proxies = DIRECT,
        clock: Callable[[], float] = time.time,
        patience: float = PATIENCE,
    ) -> None:
        self._clock, self.proxies = clock, proxies
        self._http = httpx.AsyncClient(
            transport=Transport(proxies, 8), trust_env=False, timeout=patience
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, patience: float | None = None
    ) -> Answer:
        """What is answered, whatever its status. Raises Unreachable."""
        timeout = httpx.USE_CLIENT_DEFAULT if patience is None else patience
        try:
            async with self._http.stream(
                "GET", url, headers=dict(headers or {}), timeout=timeout
            ) as response:
                body = b""
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > LARGEST:
                        break
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as problem:
            raise Unreachable(said(problem)) from None
        return Answer(response.status_code, _json(body), self._skew(response.headers.get("date")))

    def _skew(self, date: str | None) -> float | None:
        try:
            return self._clock() - parsedate_to_datetime(date or "").timestamp()
        except (ValueError, OverflowError):
            return None


def said(problem: BaseException) -> str:
    """Why there was no answer, in words that an operator can act on."""
    chain, at = str(problem), problem.__cause__ or problem.__context__
    while at is not None:
        chain, at = f"{chain} {at}", at.__cause__ or at.__context__
    for sign, words in SIGNS.items():
        if sign in chain:
            return words
    match problem:
        case httpx.TimeoutException():
            return "no answer in time"
        case httpx.ConnectError():
            return "no connection"
        case _:
            return "the answer broke off"


SIGNS = {
    "the proxy refused": "the proxy refused",
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted here",
    "Name or service not known": "its name is not found (DNS)",
    "Temporary failure in name resolution": "no name can be looked up here (DNS)",
    "nodename nor servname": "its name is not found (DNS)",
    "refused": "the connection was refused",
    "unreachable": "there is no way to it from this machine",
}


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
