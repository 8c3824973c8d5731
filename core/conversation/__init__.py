"""The functional core: decide(what we know, what was said) -> what we know now, what to say, what to do."""

from core.conversation.chat import Chat, Grown, Known, Start, Terms, Turn, asking
from core.conversation.closing import close
from core.conversation.deciding import decide
from core.conversation.past import Past, looked_at
from core.conversation.returning import returned

__all__ = [
    "Chat",
    "Grown",
    "Known",
    "Past",
    "Start",
    "Terms",
    "Turn",
    "asking",
    "close",
    "decide",
    "looked_at",
    "returned",
]
