"""Which earlier requests a message makes the store look up, decided by its command or its words."""

from core.domain.conversation.commands import ROWS
from core.domain.conversation.past import NOTHING, Lookup, Past
from core.domain.understanding import Again, CommandKind, GoAhead, Question, Topic, read
from core.domain.understanding import Command as Free
from core.messages import OPERATING, Amended, Called, Command, Inbound, Pressed, Said

BY_WORDS = {spec.words: spec.command for spec in ROWS.values() if spec.words}


def lookup(inbound: Inbound) -> Lookup:
    """What `decide` needs for this message."""
    match inbound.happened:
        case Amended():
            return Lookup(Past.ANY)
        case Pressed(command=command) | Called(command=command):
            return _of(command)
        case Said(text=words):
            return _by_words(words, inbound.sender.language)
    return NOTHING


def _by_words(words: str, language: str) -> Lookup:
    match read(words, language):
        case Again() | GoAhead() | Free(kind=CommandKind.REDO):
            # without an undone change redo means once more, and so may a yes
            return Lookup(Past.MADE, versions=True)
        case Question(Topic.COMPLAINT | Topic.MISTAKE):
            # an earlier one may be liked better; what was wrong is called what it is
            return Lookup(versions=True)
        case Free(kind=kind):
            return _of(BY_WORDS[kind])
    return NOTHING


def _of(command: Command) -> Lookup:
    """What the row needs."""
    spec = ROWS[command]
    return Lookup(spec.needs, spec.versions, command in OPERATING)
