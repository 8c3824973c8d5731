"""What needs no token: finished videos, uploaded files, and the pages that links lead to."""

from pathlib import Path

from aiohttp import web

from bots.sandbox.standin import uploads
from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.files import File, spoilt
from bots.sandbox.standin.gate import Refused
from bots.sandbox.standin.stage import Stage

PAGE = """<!doctype html><meta charset="utf-8"><title>Sandbox</title>
<p>This is the sandbox: on the real service this page would open your project or your account.
<p>这里是沙盒：在真实服务上，这个页面会打开你的项目或账号。
"""


async def page(request: web.Request) -> web.Response:
    """The pages that links for people lead to."""
    return web.Response(text=PAGE, content_type="text/html")


async def result(stage: Stage, request: web.Request, call: Call) -> web.StreamResponse:
    """A finished video: needs no token, answers HEAD and Range."""
    render = stage.world.renders.get(request.match_info["file"].removesuffix(".mp4"))
    if render is None or render.path is None:
        raise Refused({"error": "NoSuchKey"}, 404)
    return await _file(stage, request, render.path)


async def medium(stage: Stage, request: web.Request, call: Call) -> web.StreamResponse:
    """An uploaded file."""
    path = stage.world.media.get(request.match_info["medium"])
    if path is None or path.name != request.match_info["file"]:
        raise Refused({"error": "NoSuchKey"}, 404)
    return await _file(stage, request, path)


async def _file(stage: Stage, request: web.Request, path: Path) -> web.StreamResponse:
    if (odd := spoilt(stage.faults, "file", path)) is not None:
        return odd
    if not stage.faults.take("file", ["short"]):
        kind = uploads.TYPES.get(path.suffix[1:], "application/octet-stream")
        return File(path, kind)
    data = path.read_bytes()  # noqa: ASYNC240 (a small local file, in tests only)
    response = web.StreamResponse(
        headers={"Content-Length": str(len(data)), "Content-Type": "video/mp4"}
    )
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
