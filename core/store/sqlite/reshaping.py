"""Bodies of requests as versions before schema 7 have written them, in the shape of today: what was
one flat record is one for each phase."""

import json
from typing import Any

Body = dict[str, Any]

PLACES = {
    "wish": {
        "words": "words",
        "lines": "lines",
        "files": "files",
        "links": "links",
        "resolution": "resolution",
        "for_group": "for_group",
    },
    "connection": {
        "payer": "payer",
        "fresh": "fresh",
        "connecting": "announced",
        "renewed": "renewed",
        "restarted": "restarted",
    },
    "upload": {"parts": "parts", "uploaded": "done", "upload_tries": "tries"},
    "price": {"asked": "asked", "confirmed": "confirmed", "balance": "balance", "spent": "spent"},
    "turn": {"cut": "cut", "failed": "failed", "out_of_credits": "out_of_credits"},
    "export": {"draft": "draft", "pinned": "pinned", "timeline": "timeline", "url": "url"},
}
"""Where each fact has gone that is only called otherwise now; those with two meanings follow
below."""
SESSION = {"session": "id", "task": "task", "bind": "bind"}
SNAPSHOT = {"mark": "fingerprint", "before": "draft", "exported_before": "exportable"}
REPLY = {
    "heard": "words",
    "raw": "raw",
    "actions": "actions",
    "asking": "asking",
    "options": "options",
}
CHANGES = {"summary": "summary", "timeline": "timeline", "extras": "unrequested"}
RENDER = {"render": "id", "renders": "number", "starts": "starts", "waited": "waited"}
JOB = {
    "lane": "lock",
    "begun": "claims",
    "told": "notified_at",
    "backs": "rewinds",
    "pile": "bundle",
}
EXPORTING = ("name", "render", "poll", "link")


def reshaped(text: str) -> str:
    """The body of a request, JSON to JSON."""
    body: Body = json.loads(text)
    facts: Body = body.pop("facts", {})
    progress = {name: _taken(facts, fields) for name, fields in PLACES.items()}
    at = _step(facts.get("resume") or body["step"])
    progress["connection"] |= {"session": _session(facts), "resume": _step(facts.get("resume"))}
    progress["upload"]["unconfirmed"] = bool(facts.get("doubt")) and at not in EXPORTING
    progress["turn"] |= {
        "snapshot": _snapshot(facts),
        "reply": _taken(facts, REPLY),
        "changes": _taken(facts, CHANGES),
        "polls": 0 if at in EXPORTING else facts.get("looks", 0),
    }
    progress["export"] |= {"render": _render(facts, at), "registration": _registration(facts)}
    body = {JOB.get(name, name): value for name, value in body.items()}
    secret = body.pop("secret", "")
    return json.dumps(
        body
        | {
            "step": _step(body["step"]),
            "progress": progress,
            "expected": facts.get("expected", 0.0),
            "secret": {"sealed": secret} if secret else None,
        },
        ensure_ascii=False,
    )


def _taken(facts: Body, fields: dict[str, str]) -> Body:
    """Those that are there: an earlier version still lacks some."""
    return {new: facts[old] for old, new in fields.items() if old in facts}


def _step(name: str | None) -> str | None:
    return "snapshot" if name == "mark" else name


def _session(facts: Body) -> Body | None:
    return _taken(facts, SESSION) if facts.get("session") else None


def _snapshot(facts: Body) -> Body | None:
    return _taken(facts, SNAPSHOT) if facts.get("mark") or facts.get("before") else None


def _render(facts: Body, at: str | None) -> Body | None:
    """`doubt` and `looks` were also the upload's and the turn's."""
    if not facts.get("render"):
        return None
    exporting = at in EXPORTING
    return _taken(facts, RENDER) | {
        "unconfirmed": exporting and bool(facts.get("doubt")),
        "polls": facts.get("looks", 0) if exporting else 0,
    }


def _registration(facts: Body) -> str | None:
    return facts.get("page", "") if facts.get("blocked") else None
