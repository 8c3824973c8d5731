"""What a message says: its text, what is set apart in it, and the buttons under it."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages.terms import Command

SEALED = "sealed:"
"""How a button's `url` begins where it is the sealed right to open a project: only who posts it
makes a link of it."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `url` opens a page; else it comes back as an Inbound with command,
    job and text."""

    label: str
    command: Command | None = None
    job: int | None = None
    text: str = ""
    url: str = ""


class Style(StrEnum):
    """How a stretch of words is set apart."""

    BOLD = "bold"
    ITALIC = "italic"
    STRUCK = "struck"
    CODE = "code"
    BLOCK = "block"
    """Lines of code."""
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: from its character `start` up to, and without, `stop`."""

    start: int
    stop: int
    style: Style


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says: a plain text that is never read as markup, the buttons under it, row by
    row, and the stretches of it that are set apart, as far as the platform can."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    spans: tuple[Span, ...] = ()
