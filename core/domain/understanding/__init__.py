"""What a message means, read from its words alone: tables, and a small linear model shipped as
data."""

from core.domain.understanding.classifying import read
from core.domain.understanding.languages import language_of, named_in
from core.domain.understanding.meaning import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)

__all__ = [
    "Again",
    "Choice",
    "Command",
    "CommandKind",
    "Decline",
    "GoAhead",
    "Meaning",
    "Question",
    "Topic",
    "Unclear",
    "Wish",
    "WishKind",
    "language_of",
    "named_in",
    "read",
]
