"""What the bot knows when somebody speaks, and what it may answer with: the two ends of
`decide`."""

from core.domain.conversation.chat.context import (
    NO_LOOKUP,
    Context,
    Decision,
    Grown,
    Lookup,
    Past,
    Start,
    afforded,
    lock_of,
    to_job,
)
from core.domain.conversation.chat.memory import OFFER_SECONDS, Chat, heard
from core.domain.conversation.chat.speaking import (
    asks,
    hint,
    meant,
    queued,
    reply,
    suggestion_buttons,
    suggestion_row,
    suggestions,
    toast,
    what_now,
    wished_beside,
)

__all__ = [
    "NO_LOOKUP",
    "OFFER_SECONDS",
    "Chat",
    "Context",
    "Decision",
    "Grown",
    "Lookup",
    "Past",
    "Start",
    "afforded",
    "asks",
    "heard",
    "hint",
    "lock_of",
    "meant",
    "queued",
    "reply",
    "suggestion_buttons",
    "suggestion_row",
    "suggestions",
    "to_job",
    "toast",
    "what_now",
    "wished_beside",
]
