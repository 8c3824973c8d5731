"""Ids of posted messages as text without secrets, which say how each message can be edited
later."""

import re
from dataclasses import dataclass

KIND = re.compile(r"(?:c|[of]h?)p?")


@dataclass(frozen=True, slots=True)
class Handle:
    """One posted message. `interaction` is empty where the bot posted by its own right.

    `original` is the first answer of that interaction; a later one is a follow-up. `hidden`
    (ephemeral) messages can be edited through their interaction only, and not at all once its token
    is gone. `pictured` messages carry the preview of the user's photo, which later edits keep."""

    channel: str
    message: str
    interaction: str = ""
    original: bool = False
    hidden: bool = False
    pictured: bool = False

    def __str__(self) -> str:
        kind = "c" if not self.interaction else "o" if self.original else "f"
        marks = f"{'h' if self.hidden else ''}{'p' if self.pictured else ''}"
        place = f"{kind}{marks}:{self.channel}/{self.message}"
        return f"{place}/{self.interaction}" if self.interaction else place


def to_handle(text: str) -> Handle | None:
    """The handle behind a stored id; None for anything that this version has not made."""
    kind, _, rest = text.partition(":")
    parts = rest.split("/")
    if KIND.fullmatch(kind) is None or len(parts) != (2 if kind[0] == "c" else 3):
        return None
    channel, message, interaction = (*parts, "")[:3]
    marks = {"original": kind[0] == "o", "hidden": "h" in kind, "pictured": "p" in kind}
    return Handle(channel, message, interaction, **marks)
