"""The line that a turn is heard on."""

from aiohttp import web

from bots.sandbox.standin.gate import (
    Hung,
)


async def opened(request: web.Request) -> web.StreamResponse:
    """A stream of events to whoever asked. Raises Hung."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    response.enable_chunked_encoding()
    try:
        await response.prepare(request)
    except ConnectionResetError:  # the client hung up in this very moment
        raise Hung from None
    return response


async def opened_for(request: web.Request, frame: bytes) -> web.StreamResponse:
    """A stream that is over after this frame. Raises Hung."""
    response = await opened(request)
    await response.write(frame)
    return response
