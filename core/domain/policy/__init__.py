"""What may be done about a meaning: nobody pays for what they did not ask for
(docs/understanding.md)."""

from core.domain.policy.decision import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Confirm,
    Dismiss,
    Edit,
    Free,
    Keep,
    Make,
    Paid,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
)
from core.domain.policy.paid_or_free import decide

__all__ = [
    "About",
    "Accept",
    "Answer",
    "Ask",
    "Choose",
    "Confirm",
    "Dismiss",
    "Edit",
    "Free",
    "Keep",
    "Make",
    "Paid",
    "React",
    "Repeat",
    "Response",
    "Scene",
    "Silent",
    "Situation",
    "decide",
]
