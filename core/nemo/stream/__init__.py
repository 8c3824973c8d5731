"""Frames of one chat turn become what the user sees (docs/backend.md 7.6), a question among it."""

from core.nemo.stream.frames import slim
from core.nemo.stream.questions import Question, alternatives, as_told, label
from core.nemo.stream.reader import Reader, TurnCut, TurnEnd, Visible

__all__ = [
    "Question",
    "Reader",
    "TurnCut",
    "TurnEnd",
    "Visible",
    "alternatives",
    "as_told",
    "label",
    "slim",
]
