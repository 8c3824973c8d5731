"""Frames of one chat turn become what the user sees (docs/backend.md 7.6), a question among it."""

from core.nemo.stream.frames import slim_frame
from core.nemo.stream.questions import Question, alternatives, option_label, with_question
from core.nemo.stream.reader import Reader, TurnCut, TurnEnd, Visible

__all__ = [
    "Question",
    "Reader",
    "TurnCut",
    "TurnEnd",
    "Visible",
    "alternatives",
    "option_label",
    "slim_frame",
    "with_question",
]
