"""Ids of posted messages as text without secrets, which say how each message can be edited later."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Handle:
    """One posted message. `interaction` is empty where the bot posted by its own right.

    `original` is the first answer of that interaction; a later one is a follow-up. `hidden` (ephemeral) messages can be
    edited through their interaction only, and not at all once its token is gone.
    """

    channel: str
    message: str
    interaction: str = ""
    original: bool = False
    hidden: bool = False

    def __str__(self) -> str:
        kind = "c" if not self.interaction else "o" if self.original else "f"
        place = f"{kind}{'h' if self.hidden else ''}:{self.channel}/{self.message}"
        return f"{place}/{self.interaction}" if self.interaction else place


def to_handle(text: str) -> Handle | None:
    """The handle behind a stored id; None for anything that this version has not made."""
    kind, _, rest = text.partition(":")
    parts = rest.split("/")
    if kind not in ("c", "o", "f", "oh", "fh") or len(parts) != (2 if kind == "c" else 3):
        return None
    channel, message, interaction = (*parts, "")[:3]
    return Handle(channel, message, interaction, original=kind.startswith("o"), hidden=kind.endswith("h"))
