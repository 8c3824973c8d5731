"""Which earlier requests a message makes the store look up, decided by its command or its words."""

from core.domain.conversation.commands import ROWS
from core.domain.conversation.past import NOTHING, Lookup, Past
from core.domain.understanding import Again, CommandKind, read
from core.domain.understanding import Command as Free
from core.messages import Amended, Called, Command, Inbound, Pressed, Said

BY_WORDS = {spec.words: spec.command for spec in ROWS.values() if spec.words}


def lookup(inbound: Inbound) -> Lookup:
    """What `decide` needs for this message."""
    match inbound.happened:
        case Amended():
            return Lookup(Past.ANY)
        case Pressed(command=command, job=job):
            return _of(command, job)
        case Called(command=command):
            return _of(command, None)
        case Said(text=words):
            return _by_words(words, inbound.sender.language)
    return NOTHING


def _by_words(words: str, language: str) -> Lookup:
    match read(words, language):
        case Again() | Free(kind=CommandKind.REDO):
            return Lookup(Past.MADE)  # without an undone change, redo means once more
        case Free(kind=kind):
            return _of(BY_WORDS[kind], None)
    return NOTHING


def _of(command: Command, job: int | None) -> Lookup:
    """What the row needs. A change that a button names need not be looked for."""
    past = ROWS[command].needs
    undoes = past is Past.CHANGES
    return Lookup(Past.NONE if undoes and job else past, drafts=undoes)
