"""What may be done about a meaning: nobody pays for what they did not ask for
(docs/understanding.md)."""

from core.domain.policy.deciding import decide
from core.domain.policy.decision import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Decision,
    Dismiss,
    Edit,
    Free,
    Keep,
    Make,
    Paid,
    React,
    Repeat,
    Silent,
)
from core.domain.policy.scene import Confirm, Heard, Scene, Situation

__all__ = [
    "About",
    "Accept",
    "Answer",
    "Ask",
    "Choose",
    "Confirm",
    "Decision",
    "Dismiss",
    "Edit",
    "Free",
    "Heard",
    "Keep",
    "Make",
    "Paid",
    "React",
    "Repeat",
    "Scene",
    "Silent",
    "Situation",
    "decide",
]
