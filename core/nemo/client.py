"""The one module that speaks HTTP to the video backend: httpx and httpx-sse around the pure protocol."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.nemo.stream import TurnEnd
from core.nemo.wire import Call

Told = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an upload: where it lies, the clean ASCII name it travels under, its type (6.2)."""

    path: Path
    name: str
    mime: str


class NemoClient:
    """One pool of connections to the backend. It never retries: that is decided elsewhere, with more knowledge."""

    def __init__(self, api_url: str, *, turn_seconds: float = 900.0, connections: int = 256) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        """Close all connections."""
        raise NotImplementedError

    async def send(self, call: Call) -> dict[str, Any]:
        """Send a call and decipher the answer. Raises NemoError."""
        raise NotImplementedError

    async def upload(self, call: Call, parts: Sequence[Part]) -> dict[str, Any]:
        """Send files as multipart, streamed from disk. Raises NemoError."""
        raise NotImplementedError

    async def turn(self, call: Call, heard: Told) -> TurnEnd:
        """Run one chat turn. Raises NemoError; Cut with `end` where the stream broke off."""
        raise NotImplementedError

    async def download(self, url: str, path: Path, limit: int, call: Call | None = None) -> int:
        """Stream a finished file to `path` and return its bytes. Raises NemoError."""
        raise NotImplementedError
