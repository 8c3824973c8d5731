"""What the service asks its user: a call of a tool that asks, or plain words that name
alternatives."""

from core.nemo.questions.calls import MOST, Asked, question
from core.nemo.questions.question import Question, alternatives, as_told, label

__all__ = ["MOST", "Asked", "Question", "alternatives", "as_told", "label", "question"]
