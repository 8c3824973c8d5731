"""How far an export is, in both documented shapes."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import Render

if TYPE_CHECKING:
    pass


def shown(
    stage: Stage, request: web.Request, render: Render, odd: dict[str, Fault]
) -> web.Response:
    """Both documented shapes; slow renders stay at work, hidden ones keep their address to
    themselves for a while."""
    status, progress = render.status, render.progress
    if status == "completed" and render.polls <= render.slow:
        status, progress = "processing", 95
    url = f"{request.url.origin()}/render-result/{render.id}.mp4"
    if (
        status != "completed"
        or render.hidden is None
        or render.polls <= render.slow + render.hidden
    ):
        url = ""
    wrapped = "wrapped" in odd or (stage.options.shape == "wrapped" and "flat" not in odd)
    answer = (
        _wrapped(render, status, progress, url) if wrapped else _flat(render, status, progress, url)
    )
    return web.json_response(answer)


def _flat(render: Render, status: str, progress: int, url: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"taskId": render.id, "status": status, "progress": progress}
    if url and render.path is not None:
        answer["output"] = {
            "url": url,
            "duration": render.seconds,
            "size": render.path.stat().st_size,
        }
    return answer | ({"error": render.error} if status == "failed" else {})


def _wrapped(render: Render, status: str, progress: int, url: str) -> dict[str, Any]:
    if status == "failed":
        return {
            "success": False,
            "error": render.error,
            "data": {"id": render.id, "status": status},
        }
    data: dict[str, Any] = {"id": render.id, "status": status, "progress": progress}
    data["createdAt"] = round(render.created * 1000)
    if url:
        data |= {"outputUrl": url, "completedAt": round(render.completed * 1000)}
    return {"success": True, "data": data}
