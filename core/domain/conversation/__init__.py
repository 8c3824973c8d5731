"""The functional core: decide(what we know, what was said) -> what we know now, what to say, what
to do."""

from core.domain.conversation.arrival import (
    LOOKED_BACK,
    Redelivery,
    counts_as_past,
    lookup,
    moves_cursor,
    private_places,
    redelivered,
    redelivery,
    session_of_past,
    session_spoken_of,
    unused_files,
)
from core.domain.conversation.chat.context import (
    NO_LOOKUP,
    PAST_SEARCHED,
    Context,
    Decision,
    Grown,
    Lookup,
    Past,
    past_at_most,
)
from core.domain.conversation.chat.memory import Chat, chat_after_step, chat_for_step
from core.domain.conversation.choices import LENGTHS, MOODS, SHAPES, Choice
from core.domain.conversation.close_bundle import close
from core.domain.conversation.commands.table import (
    COMMAND_ROWS,
    Menu,
    Readers,
    command_menu,
    operators_menu,
)
from core.domain.conversation.deciding import decide

__all__ = [
    "COMMAND_ROWS",
    "LENGTHS",
    "LOOKED_BACK",
    "MOODS",
    "NO_LOOKUP",
    "PAST_SEARCHED",
    "SHAPES",
    "Chat",
    "Choice",
    "Context",
    "Decision",
    "Grown",
    "Lookup",
    "Menu",
    "Past",
    "Readers",
    "Redelivery",
    "chat_after_step",
    "chat_for_step",
    "close",
    "command_menu",
    "counts_as_past",
    "decide",
    "lookup",
    "moves_cursor",
    "operators_menu",
    "past_at_most",
    "private_places",
    "redelivered",
    "redelivery",
    "session_of_past",
    "session_spoken_of",
    "unused_files",
]
