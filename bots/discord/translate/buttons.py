"""Buttons and their rows as Discord can show them."""

from bots import codec
from core.messages import Button

LABEL_LIMIT = 80
URL_LIMIT = 512
PER_ROW = 5
ROWS = 5

TEMPLATE = codec.DATA.pattern
"""Ids made by us."""

FOREIGN = rf"(?!{TEMPLATE})[\s\S]*"
"""All other ids: made by somebody else, and answered with words."""


def arranged(rows: tuple[tuple[Button, ...], ...]) -> list[list[Button]]:
    """The rows as Discord can show them: five of five, each id once; what does not fit is left
    out."""
    seen: set[str] = set()
    shown: list[list[Button]] = []
    for row in rows:
        fresh = []
        for button in row:
            key = button.url or codec.to_data(button)
            if key not in seen and len(key) <= URL_LIMIT:
                seen.add(key)
                fresh.append(button)
        shown += [fresh[start : start + PER_ROW] for start in range(0, len(fresh), PER_ROW)]
    return shown[:ROWS]


def label(button: Button) -> str:
    """What stands on the button; an empty label is refused by Discord."""
    words = button.label.strip() or "…"
    return words if len(words) <= LABEL_LIMIT else words[: LABEL_LIMIT - 1] + "…"
