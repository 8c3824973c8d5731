"""The calls about exports: start, poll, cancel and download."""

import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bots.sandbox.standin import draft as drafts
from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.draft import NotExportable
from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.files import File, spoilt
from bots.sandbox.standin.gate import (
    Refused,
    attributed,
    bearer,
    body,
    field,
    owned,
    string,
    unprocessable,
)
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import Render

if TYPE_CHECKING:
    pass
from bots.sandbox.standin.exports.filming import made
from bots.sandbox.standin.exports.shapes import shown

_ID = re.compile(r"[\w-]{1,100}")
_RESOLUTION = re.compile(r"(\d{3,4})p")
KINDS = ("failed", "slow", "no-url", "wrapped", "flat", "joins")


async def start(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """Begin to make the MP4 of the posted draft, which should be the stored one to the last key (D:
    verbatim)."""
    account = bearer(request, stage.world)
    attributed(request)
    call.facts["json"] = sent = await body(request)
    ident, session = string(sent, "id"), owned(stage.world, string(sent, "sessionId"), account)
    posted = field(sent, "draft")
    call.facts["verbatim"] = drafts.same(posted, session.draft)
    odd = {fault.kind: fault for fault in stage.faults.take("render", KINDS)}
    if not _ID.fullmatch(ident):
        raise unprocessable(["body", "id"], "string_pattern_mismatch", ident)
    if ident in stage.world.renders:
        known = stage.world.render(ident, account)
        if known is None or "joins" not in odd:
            raise Refused({"success": False, "error": "Duplicate render id"}, 409)
        return shown(stage, request, known, odd)
    try:
        timeline = drafts.read(posted)
    except (NotExportable, ValueError, TypeError):
        raise Refused({"success": False, "error": "Draft has no segments"}, 400) from None
    render = stage.world.open_render(ident, account)
    _mark(render, odd)
    stage.start(
        made(stage, render, timeline, _short_side(stage, sent.get("output")), "failed" in odd)
    )
    return shown(stage, request, render, odd)


def _short_side(stage: Stage, output: Any) -> int:
    wanted = (
        _RESOLUTION.fullmatch(str(output.get("resolution"))) if isinstance(output, dict) else None
    )
    return min(int(wanted[1]), stage.options.video_height) if wanted else stage.options.video_height


def _mark(render: Render, odd: dict[str, Fault]) -> None:
    if slow := odd.get("slow"):
        render.slow = int(slow.amount or 3)
    if hidden := odd.get("no-url"):
        render.hidden = None if hidden.amount is None else int(hidden.amount)


def _known(stage: Stage, request: web.Request, call: Call) -> Render:
    account = bearer(request, stage.world)
    attributed(request)
    render = stage.world.render(request.match_info["render"], account)
    call.facts["render"] = request.match_info["render"]
    if render is None:
        raise Refused({"success": False, "error": "Render not found"}, 404)
    return render


async def poll(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """How far it is."""
    render = _known(stage, request, call)
    odd = {fault.kind: fault for fault in stage.faults.take("poll", KINDS)}
    _mark(render, odd)
    if "failed" in odd:
        render.cancelled, render.status, render.error = True, "failed", "render worker gone"
    if render.status == "completed":
        render.polls += 1
    return shown(stage, request, render, odd)


async def cancel(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """Stop it; a finished one stays finished."""
    render = _known(stage, request, call)
    if render.status != "completed":
        render.cancelled, render.status, render.error = True, "failed", "cancelled"
    return web.json_response({"success": True, "data": {"id": render.id, "status": render.status}})


async def download(stage: Stage, request: web.Request, call: Call) -> web.StreamResponse:
    """The file itself, for the owner of the token."""
    render = _known(stage, request, call)
    if render.path is None:
        raise Refused({"success": False, "error": "Render not finished"}, 404)
    return spoilt(stage.faults, "download", render.path) or File(render.path, "video/mp4")
