"""Frames of a turn as Google ADK shapes them (docs/backend.md 7.3): built here, stamped with id and
time when sent."""

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
AUTHOR = "nemo_agent"


@dataclass(frozen=True, slots=True)
class Beat:
    """One moment of a turn: a pause in seconds, then perhaps a change of the project, then perhaps
    bytes.

    `event` is stamped and encoded, `raw` goes out as it is, `draft` becomes the project's draft.
    `wait` is a pause that no speed shortens. `cut` drops the line in the middle of the event,
    `unfinished` leaves out its blank line."""

    pause: float = 0.0
    wait: float = 0.0
    event: Json | None = None
    raw: bytes = b""
    draft: Json | None = None
    cut: bool = False
    unfinished: bool = False


def event(invocation: str, role: str | None, parts: list[Json] | None, **more: Any) -> Json:
    """An event without id and time. `more`: partial, turnComplete, finishReason, stateDelta,
    errorCode and the like."""
    delta, running = more.pop("stateDelta", {}), more.pop("longRunningToolIds", None)
    content = {"content": {"parts": parts, "role": role}} if parts is not None else {}
    return {
        **content,
        **more,
        "invocationId": invocation,
        "author": AUTHOR,
        "actions": {
            "stateDelta": delta,
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        },
        "nodeInfo": {"path": f"{AUTHOR}@1"},
        **({} if running is None else {"longRunningToolIds": running}),
    }


def text(words: str, thought: bool = False) -> Json:
    """A part with words."""
    return {"text": words, "thought": True} if thought else {"text": words}


def call(name: str, args: Json, ident: str) -> Json:
    """A part that calls a tool."""
    return {"functionCall": {"id": ident, "args": args, "name": name}}


def result(name: str, response: Json, ident: str) -> Json:
    """A part with a tool's result."""
    return {"functionResponse": {"id": ident, "name": name, "response": response}}


def encode(shaped: Json, ident: str, now: float) -> bytes:
    """One frame: camelCase, compact, non-ASCII text as it is."""
    stamped = {**shaped, "id": shaped.get("id", ident), "timestamp": now}
    return (
        b"data: "
        + json.dumps(stamped, ensure_ascii=False, separators=(",", ":")).encode()
        + b"\n\n"
    )


def error(message: str, kind: str, now: float) -> bytes:
    """An exception as recent ADK servers report it."""
    details = {"error_type": kind, "error_message": message, "timestamp": now}
    frame = {"error": f"{kind}: {message}", "error_details": details}
    return b"data: " + json.dumps(frame).encode() + b"\n\n"
