"""Which video a message is about: that of its button, or of the message it answers; else the
newest."""

from dataclasses import replace

from core.domain.conversation.chat import Chat, Context, Decision
from core.domain.conversation.commands.refusing import owns
from core.domain.requests.standing import version_of
from core.domain.requests.turn import project_from
from core.messages import Command, Inbound


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
