"""The functional core: decide(what we know, what was said) -> what we know now, what to say, what
to do."""

from core.domain.conversation.arrival import lookup, returned
from core.domain.conversation.chat import Chat, Context, Decision, Grown, Past, Start
from core.domain.conversation.close_bundle import close
from core.domain.conversation.deciding import decide

__all__ = [
    "Chat",
    "Context",
    "Decision",
    "Grown",
    "Past",
    "Start",
    "close",
    "decide",
    "lookup",
    "returned",
]
