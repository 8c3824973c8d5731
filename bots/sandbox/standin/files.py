"""Files as answers, whatever the client does meanwhile."""

import asyncio
from pathlib import Path

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from bots.sandbox.standin.faults import FILE, Faults

POSING = b"<!doctype html><title>Just a moment...</title>"


class File(web.FileResponse):
    """A file with Range, HEAD and its validators.

    aiohttp 3.14 opens it in a thread, and leaves it open where the handler is cancelled meanwhile,
    as happens to the download of a bot that is killed: the opening and its end are therefore kept
    out of the handler's cancellation."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(path, headers={"Content-Type": kind})

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send it. Once begun it goes on to its end, or to the end of the line."""
        sending = asyncio.ensure_future(super().prepare(request))
        sending.add_done_callback(_noticed)
        return await asyncio.shield(sending)


def _noticed(sending: asyncio.Future[AbstractStreamWriter | None]) -> None:
    """A line that broke after its handler was cancelled is nobody's trouble."""
    if not sending.cancelled():
        sending.exception()


def spoilt(faults: Faults, endpoint: str, path: Path) -> web.Response | None:
    """What is served as a film and is none, where that is asked for."""
    for fault in faults.take(endpoint, FILE):
        data = path.read_bytes()
        body = POSING if fault.kind == "posing" else data[: len(data) // 2]
        return web.Response(body=body, content_type="video/mp4")
    return None
