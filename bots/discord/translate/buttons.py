"""Custom ids of buttons: at most 100 characters that name a stored job, so that they outlive every
restart."""

import re

from core.messages import Button, Command

LIMIT = 100
"""Characters of a custom id (Discord, "Component Reference")."""

LABEL_LIMIT = 80
URL_LIMIT = 512
PER_ROW = 5
ROWS = 5

VERSION = "v1"
JOB = "[0-9]{0,18}"
"""Never more digits than a database holds: clients can send any id they like."""

TEMPLATE = rf"{VERSION}:(?P<command>[a-z]*):(?P<job>{JOB}):(?P<text>[\s\S]*)"
"""Ids made by this version."""

FOREIGN = rf"(?!{VERSION}:[a-z]*:{JOB}:)[\s\S]*"
"""All other ids: made by an older version or by somebody else, and answered with words."""


def to_custom_id(button: Button) -> str:
    """`v1:<command>:<job>:<text>`; the text is a short word of the core's, cut here only so that
    nothing breaks."""
    job = "" if button.job is None else button.job
    return f"{VERSION}:{button.command or ''}:{job}:{button.text}"[:LIMIT]


def from_custom_id(custom_id: str, label: str = "") -> Button | None:
    """The button behind an id; None where it is not one of ours."""
    found = re.fullmatch(TEMPLATE, custom_id)
    if found is None or found["command"] not in set(Command):
        return None
    return Button(
        label, Command(found["command"]), int(found["job"]) if found["job"] else None, found["text"]
    )


def arranged(rows: tuple[tuple[Button, ...], ...]) -> list[list[Button]]:
    """The rows as Discord can show them: five of five, each id once; what does not fit is left
    out."""
    seen: set[str] = set()
    shown: list[list[Button]] = []
    for row in rows:
        fresh = []
        for button in row:
            key = button.url or to_custom_id(button)
            if key not in seen and len(key) <= URL_LIMIT:
                seen.add(key)
                fresh.append(button)
        shown += [fresh[start : start + PER_ROW] for start in range(0, len(fresh), PER_ROW)]
    return shown[:ROWS]


def label(button: Button) -> str:
    """What stands on the button; an empty label is refused by Discord."""
    words = button.label.strip() or "…"
    return words if len(words) <= LABEL_LIMIT else words[: LABEL_LIMIT - 1] + "…"
