"""The functional core: decide(what we know, what was said) -> what we know now, what to say, what to do."""

from core.conversation.chat import Chat, Grown, Known, Start, Turn, asking
from core.conversation.closing import close
from core.conversation.deciding import decide
from core.conversation.returning import returned

__all__ = ["Chat", "Grown", "Known", "Start", "Turn", "asking", "close", "decide", "returned"]
