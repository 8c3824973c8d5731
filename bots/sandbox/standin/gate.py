"""The door of every endpoint: bearer, attribution, body and session are checked as documented,
faults take effect."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.world import Account, Session, World

MESSAGES = {
    1001: "Invalid or expired token",
    1002: "Session not found",
    2001: "Insufficient credits",
    4001: "Unsupported file type",
    4002: "File too large",
    402: "Export is not available on your plan",
}


class Refused(Exception):
    """The request is turned down with a JSON body."""

    def __init__(self, body: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.body, self.status, self.headers = body, status, headers or {}


class Hung(Exception):
    """The line is to be dropped instead of an answer."""


def refusal(code: int, status: int = 200, **more: Any) -> Refused:
    """An error code in the body, with HTTP 200 unless told otherwise."""
    return Refused(
        {"code": code, "message": MESSAGES.get(code, "Something went wrong"), **more}, status
    )


def bearer(request: web.Request, world: World) -> Account:
    """The account behind the Authorization header. Refuses with 1001."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    account = world.accounts.get(token.strip())
    if scheme != "Bearer" or account is None or account.expires <= world.clock():
        raise refusal(1001)
    return account


def attributed(request: web.Request) -> None:
    """Exports without the three attribution headers are refused with 402."""
    if not all(
        request.headers.get(f"X-Skill-{name}") for name in ("Source", "Version", "Platform")
    ):
        raise refusal(402, status=402)


def owned(world: World, ident: object, account: Account) -> Session:
    """The session, which must be this account's. Refuses with 1002."""
    session = world.session(ident, account)
    if session is None:
        raise refusal(1002)
    return session


def unprocessable(loc: Sequence[str], kind: str = "missing", given: Any = None) -> Refused:
    """HTTP 422 in FastAPI's words."""
    said = {"missing": "Field required", "json_invalid": "JSON decode error"}.get(
        kind, "Input should be valid"
    )
    return Refused({"detail": [{"type": kind, "loc": list(loc), "msg": said, "input": given}]}, 422)


async def body(request: web.Request) -> dict[str, Any]:
    """The JSON object sent. Refuses with 422 what is none, or is not declared as JSON."""
    if request.content_type != "application/json":
        raise unprocessable(["body"], "model_attributes_type")
    try:
        sent = json.loads(await request.read())
    except ValueError:
        raise unprocessable(["body"], "json_invalid") from None
    if not isinstance(sent, dict):
        raise unprocessable(["body"], "model_attributes_type", sent)
    return sent


def field(sent: dict[str, Any], *names: str) -> Any:
    """The first of several spellings of a required field. Refuses with 422."""
    for name in names:
        if name in sent:
            return sent[name]
    raise unprocessable(["body", names[-1]], given=sent)


def string(sent: dict[str, Any], *names: str) -> str:
    """The same, where only text will do."""
    value = field(sent, *names)
    if not isinstance(value, str) or not value:
        raise unprocessable(["body", names[-1]], "string_type", value)
    return value


PAGE = (
    "<html><head><title>{status} Bad "
    "Gateway</title></head><body><center><h1>{status}</h1></center></body></html>"
)


async def misbehave(fault: Fault, request: web.Request, world: World) -> web.Response | None:
    """Let a fault of EVERYWHERE take effect before the work: an answer instead of it, or a drop, or
    a mere delay.

    A token that was refused once stays refused, so that asking for a new one is the only way on.
    """
    answer = await _answer(fault)
    if fault.kind == "code" and fault.value.startswith("1001"):
        world.revoke(request.headers.get("Authorization", "").partition(" ")[2])
    if answer is not None:
        await request.release()
    return answer


async def _answer(fault: Fault) -> web.Response | None:
    status, _, extra = fault.value.partition("@" if fault.kind == "code" else "=")
    match fault.kind:
        case "delay":
            await asyncio.sleep(fault.amount or 1.0)
            return None
        case "reset":
            raise Hung
        case "code":
            code = int(status)
            said = {"code": code, "message": MESSAGES.get(code, "Something went wrong")}
            return web.json_response(said, status=int(extra or 200))
        case "http":
            headers = {"Retry-After": extra} if extra else {}
            return web.json_response(
                {"detail": "Something went wrong"}, status=int(status), headers=headers
            )
        case "html":
            page = PAGE.format(status=status or 502)
            return web.Response(text=page, status=int(status or 502), content_type="text/html")
        case "empty":
            return web.Response(status=int(status or 200))
        case "malformed":
            return web.Response(body=b'{"code":0,"data":{"tok', content_type="application/json")
        case "array":
            return web.json_response([{"code": 0}])
        case _:
            return None
