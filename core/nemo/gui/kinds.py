"""What a piece of button talk asks for."""

from dataclasses import dataclass
from enum import StrEnum


class GuiAction(StrEnum):
    """What the user was told to click, as our own action.

    EXPORT exports, STATE shows the project, TIMELINE its tracks, CREDITS the balance; EDIT means
    asking what to change."""

    EXPORT = "export"
    STATE = "state"
    TIMELINE = "timeline"
    CREDITS = "credits"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class ButtonTalk:
    """A clause that tells the user to click: what it wants, and how many of its first characters
    are content."""

    actions: tuple[GuiAction, ...]
    content: int = 0
