"""What is asked of the video backend: its requests as values, one function a call, each with the
headers of who asks; and the links that people are handed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from core.nemo.errors import BadRequest
from core.nemo.values import words as printable
from core.nemo.wire.attribution import Attribution, Headers, attributed, authorized, header

APP = "nemo_agent"
JSON = ("Content-Type", "application/json")


@dataclass(frozen=True, slots=True)
class Call:
    """One request, ready to send. `path` begins with a slash; headers and body stay out of the
    repr: they are secrets.

    `json` is None for a request without a JSON body.
    """

    name: str
    method: str
    path: str
    headers: Headers = field(repr=False)
    json: object | None = field(default=None, repr=False)


def anonymous_token(client_id: str, attribution: Attribution) -> Call:
    """Ask for a free token (4.1). `client_id` is made once for a user and at most 64 characters
    long."""
    headers = (("X-Client-Id", header(client_id)[:64]), *attributed(attribution))
    return Call("token", "POST", "/api/auth/anonymous-token", headers)


def create_session(token: str, attribution: Attribution, language: str) -> Call:
    """Start a project (5.1). `language` is a code such as `en` or `zh-CN`."""
    body = {"task_name": "project", "language": language}
    return _post("session", f"/api/tasks/me/with-session/{APP}", token, attribution, body)


def upload_urls(token: str, attribution: Attribution, session: str, urls: Sequence[str]) -> Call:
    """Let the backend fetch media from public addresses (6.1)."""
    return _post(
        "upload", _upload(session), token, attribution, {"urls": list(urls), "source_type": "url"}
    )


def upload_files(token: str, attribution: Attribution, session: str) -> Call:
    """Send media ourselves (6.1); the client adds the multipart body and its content type."""
    return Call("upload", "POST", _upload(session), authorized("upload", token, attribution))


def run_sse(token: str, attribution: Attribution, session: str, words: str) -> Call:
    """One chat turn (7.1): exactly one text part, never an empty one (raises BadRequest)."""
    text = printable(words)
    if not text.strip():
        raise BadRequest("a turn without words", endpoint="turn")
    body = {
        "app_name": APP,
        "user_id": "me",
        "session_id": session,
        "new_message": {"parts": [{"text": text}]},
    }
    headers = (*authorized("turn", token, attribution), JSON, ("Accept", "text/event-stream"))
    return Call("turn", "POST", "/run_sse", headers, body)


def credits(token: str, attribution: Attribution) -> Call:
    """Ask for the balance (9)."""
    return _get("credits", "/api/credits/balance/simple", token, attribution)


def state(token: str, attribution: Attribution, session: str) -> Call:
    """Read the project as it is now (8.1)."""
    return _get("state", f"/api/state/{APP}/me/{_segment(session)}/latest", token, attribution)


def render_start(
    token: str,
    attribution: Attribution,
    session: str,
    render_id: str,
    draft: object,
    resolution: str = "",
) -> Call:
    """Start an export (10.1) under an id of our own; the draft goes out as it came. `resolution` as
    in `1080p`."""
    output = {"format": "mp4", "quality": "high"} | (
        {"resolution": resolution} if resolution else {}
    )
    body = {"id": render_id, "sessionId": session, "draft": draft, "output": output}
    return _post("render", "/api/render/proxy/lambda", token, attribution, body)


def render_poll(token: str, attribution: Attribution, render_id: str) -> Call:
    """Look at an export (10.2)."""
    return _get("poll", f"/api/render/proxy/lambda/{_segment(render_id)}", token, attribution)


def render_cancel(token: str, attribution: Attribution, render_id: str) -> Call:
    """Stop an export (10.3)."""
    path = f"/api/render/proxy/lambda/{_segment(render_id)}/cancel"
    return Call("render-cancel", "POST", path, authorized("render-cancel", token, attribution))


def render_download(token: str, attribution: Attribution, render_id: str) -> Call:
    """Fetch a finished file through the API (10.3), for when its link does not work."""
    return _get("download", f"/api/render/proxy/{_segment(render_id)}/download", token, attribution)


def claim_token(token: str, attribution: Attribution, task: str, session: str) -> Call:
    """Ask for the right to open the project in a browser (5.2)."""
    return _post(
        "claim",
        "/api/auth/claim-token",
        token,
        attribution,
        {"task_id": task, "session_id": session},
    )


def _post(name: str, path: str, token: str, attribution: Attribution, body: object) -> Call:
    return Call(name, "POST", path, (*authorized(name, token, attribution), JSON), body)


def _get(name: str, path: str, token: str, attribution: Attribution) -> Call:
    return Call(name, "GET", path, authorized(name, token, attribution))


def _upload(session: str) -> str:
    return f"/api/upload-video/{APP}/me/{_segment(session)}"


def _segment(identifier: str) -> str:
    return quote(printable(identifier), safe="")


def claim_link(web_url: str, claim_token: str) -> str:
    """Opens the project in a browser for whoever holds it (5.2)."""
    return f"{web_url.rstrip('/')}/workspace/claim?ct={quote(claim_token, safe='')}"


def register_link(web_url: str, bind: str) -> str:
    """Registration that keeps the anonymous history (5.3); without a known id, the plain page."""
    page = f"{web_url.rstrip('/')}/register"
    return f"{page}?bind={quote(bind, safe='')}" if bind else page
