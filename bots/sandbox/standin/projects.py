"""The small endpoints: token, session, claim token, credits, state (docs/backend.md 4.1, 5.1, 5.2,
8.1 and 9)."""

from datetime import UTC, datetime

from aiohttp import web

from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.gate import Refused, bearer, body, owned, refusal, string
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.world import QuotaExceeded, as_info


async def token(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """An anonymous token for a client id of at most 64 characters."""
    client = request.headers.get("X-Client-Id", "")
    if not client or len(client) > 64:
        raise Refused({"code": 400, "message": "X-Client-Id header is required"}, 400)
    try:
        account = stage.world.grant(client, request.remote or "", stage.options.quota)
    except QuotaExceeded:
        raise Refused({"code": 429, "message": "Too many tokens requested"}, 429) from None
    call.token = account.label
    expires = datetime.fromtimestamp(account.expires, UTC).isoformat().replace("+00:00", "Z")
    data = {
        "token": account.token,
        "credits": account.credits,
        "user_id": account.user,
        "expires_at": expires,
    }
    return web.json_response({"code": 0, "data": data})


async def session(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """A new project."""
    account = bearer(request, stage.world)
    call.facts["json"] = sent = await body(request)
    name, language = string(sent, "task_name"), sent.get("language", "en")
    opened = stage.world.open_session(
        account, name, language if isinstance(language, str) else "en"
    )
    number = any(fault.kind == "number-id" for fault in stage.faults.take("session", ["number-id"]))
    shown = int(opened.id) if number else opened.id
    return web.json_response(
        {"code": 0, "data": {"task_id": opened.task, "session_id": shown, "user_id": account.user}}
    )


async def claim(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """A link token for a project of one's own."""
    account = bearer(request, stage.world)
    call.facts["json"] = sent = await body(request)
    task, ident = string(sent, "task_id"), string(sent, "session_id")
    if owned(stage.world, ident, account).task != task:
        raise refusal(1002)
    return web.json_response(
        {"code": 0, "data": {"claim_token": stage.world.claim(), "expires_in": 604800}}
    )


async def credits(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """The balance; what running turns will cost is frozen."""
    account = bearer(request, stage.world)
    data = {"available": account.available, "frozen": account.frozen, "total": account.credits}
    return web.json_response({"code": 0, "data": data})


async def state(stage: Stage, request: web.Request, call: Call) -> web.Response:
    """All there is to know of a project; keys that hold nothing yet are left out or empty."""
    account = bearer(request, stage.world)
    found = owned(stage.world, request.match_info["session"], account)
    call.facts["session"] = found.id
    shown: dict[str, object] = {
        "user_id": account.user,
        "video_infos": [as_info(medium) for medium in found.media],
        "video_analyses": found.analyses,
        "generated_media": [as_info(medium) for medium in found.media if medium.generated],
    }
    if found.draft is not None:
        about = found.draft["m"]
        canvas = {
            "width": about["width"],
            "height": about["height"],
            "aspect_ratio": about["aspect"],
        }
        shown |= {"draft": found.draft, "canvas_config": canvas}
    data = {"session_id": found.id, "task_id": found.task, "task_name": found.name, "state": shown}
    return web.json_response({"code": 0, "data": data})
