"""What a request has learnt, for tests that name only what matters to them."""

from dataclasses import replace
from typing import Any

from core.domain.requests import Progress, Render, Session, Snapshot

PLACES = {
    **dict.fromkeys(("words", "lines", "files", "links", "resolution", "for_group"), "wish."),
    **dict.fromkeys(("payer", "fresh", "announced", "renewed", "restarted", "lost"), "connection."),
    "resume": "connection.",
    "session": "connection.session.id",
    "task": "connection.session.task",
    "bind": "connection.session.bind",
    "parts": "upload.",
    "uploaded": "upload.done",
    "upload_tries": "upload.tries",
    "upload_unconfirmed": "upload.unconfirmed",
    **dict.fromkeys(("asked", "confirmed", "balance", "spent"), "price."),
    "fingerprint": "turn.snapshot.fingerprint",
    "before": "turn.snapshot.draft",
    "exportable": "turn.snapshot.exportable",
    "reply": "turn.reply.words",
    **dict.fromkeys(("raw", "actions", "asking", "options"), "turn.reply."),
    **dict.fromkeys(("summary", "unrequested"), "turn.changes."),
    **dict.fromkeys(("cut", "failed", "out_of_credits"), "turn."),
    "turn_polls": "turn.polls",
    **dict.fromkeys(("draft", "pinned", "timeline", "url", "registration"), "export."),
    "render": "export.render.id",
    "renders": "export.render.number",
    "starts": "export.render.starts",
    "render_unconfirmed": "export.render.unconfirmed",
    "render_polls": "export.render.polls",
    "waited": "export.render.waited",
    "began": "export.render.began",
}
"""Where each of these stands; a place that ends with a dot goes on with the name."""
EMPTY = {"session": Session(""), "snapshot": Snapshot(""), "render": Render("")}


def knowing(progress: Progress = Progress(), /, **known: Any) -> Progress:
    """The progress with these, each in its record. `session=""` takes the session away."""
    for name, value in known.items():
        place = PLACES[name]
        path = f"{place}{name}" if place.endswith(".") else place
        if name == "session" and not value:
            path, value = "connection.session", None
        progress = _with(progress, path.split("."), value)
    return progress


def _with(record: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    inner = getattr(record, path[0])
    if inner is None and path[1:]:
        inner = EMPTY[path[0]]
    return replace(record, **{path[0]: _with(inner, path[1:], value)})
