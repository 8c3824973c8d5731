"""What a message means, read from its words alone: tables, and a small linear model shipped as
data."""

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
from core.domain.understanding.reading import read
from core.domain.understanding.spoken import named_in

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
    "named_in",
    "read",
]
