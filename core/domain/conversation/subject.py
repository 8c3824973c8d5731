"""What a message is about: the earlier requests that it makes the store look up, decided by its
command or its words, and the video that it belongs to."""

from dataclasses import replace

from core.domain.conversation.arrival import NOTHING, Lookup, Past
from core.domain.conversation.chat import Chat, Context, Decision, heard
from core.domain.conversation.commands import ROWS
from core.domain.conversation.commands.refusing import owns
from core.domain.requests.standing import version_of
from core.domain.requests.turn import project_from
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
            return _by_words(words, heard(Chat(inbound.user, inbound.address), inbound).speaks)
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


def focused(context: Context, inbound: Inbound) -> Context:
    """The context in which the project at hand is that of the video which the message is about.

    Of who answers somebody else's video there is none: their own is not meant."""
    subject = context.named if inbound.job else context.answered
    if subject is None or inbound.command is Command.VIDEO:  # that begins with photos that wait
        return context
    if not owns(inbound, subject):
        return replace(context, chat=replace(context.chat, project=None))
    project = project_from(subject, context.chat.project)
    if project is None:
        return context
    number = version_of(subject, context.versions)
    # under what is shown it is about the project as it is by then: more may be on its way
    project = replace(project, version=0 if number == context.versions.shown else number)
    chat = replace(context.chat, project=project)
    return replace(context, chat=chat, about=replace(project, claim="", claimed=0.0))


def back(before: Chat, inbound: Inbound, decision: Decision) -> Decision:
    """The decision with the chat's own project at hand again: another becomes that once something
    was done with it, or at once where the next words are asked for."""
    chat, own = decision.chat, before.project
    asks = inbound.command is Command.EDIT and inbound.job and not inbound.text.strip()
    same = own and chat.project and own.session == chat.project.session
    if decision.erase or asks or chat.renewed != before.renewed:
        return decision
    if own and chat.project and same:
        return replace(
            decision,
            chat=replace(chat, project=replace(chat.project, version=own.version)),
        )
    return replace(decision, chat=replace(chat, project=own))
