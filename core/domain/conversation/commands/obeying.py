"""A command is carried out: by its row, with its answer where it belongs."""

from collections.abc import Callable
from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, reply, toast
from core.domain.conversation.commands.accounts import ask_for_token, log_out, look_at_credits
from core.domain.conversation.commands.choosing import choose_language, choose_skill, set_up
from core.domain.conversation.commands.greeting import explain, greet
from core.domain.conversation.commands.personal import copy_all, forget, list_videos, tell_privacy
from core.domain.conversation.commands.projects import (
    ask_for_change,
    export,
    look_at,
    make_again,
    undo,
)
from core.domain.conversation.commands.stopping import begin_anew, cancel, confirm
from core.i18n import text
from core.messages import Command, Inbound

Obey = Callable[[Context, Inbound, float], Decision]


def obey(context: Context, inbound: Inbound, command: Command, now: float) -> Decision:
    """Carry out a command. In a group, what is for one reader's eyes is answered aside, and the
    group is told so."""
    decision = COMMANDS.get(command, explain)(context, inbound, now)
    return told_aside(context, inbound, decision, later=command in ASIDE)


def told_aside(
    context: Context, inbound: Inbound, decision: Decision, *, later: bool = False
) -> Decision:
    """The same, with words where it was asked that the whole answer is (or, `later`, will be) in
    private.

    For all to read under a message, for who pressed alone under a button.
    """
    aside = bool(decision.posts) and all(post.address == inbound.aside for post in decision.posts)
    if inbound.private or not inbound.aside or not (aside or later):
        return decision
    words = text("talk.in_private", context.chat.speaks)
    note = (
        reply(context, inbound, words) if inbound.ticket is None else toast(context, inbound, words)
    )
    return replace(decision, posts=(*decision.posts, note))


ASIDE = frozenset({Command.CREDITS, Command.LOGIN})
"""Commands whose answer comes later, and in private."""


IMPERSONAL = frozenset({Command.START, Command.HELP, Command.PRIVACY, Command.SETTINGS})
"""Commands whose answer is the same for everybody in a place."""


def unnamed(context: Context, inbound: Inbound, now: float) -> Decision:
    """Somebody whom the platform hides: what is everybody's is answered, for all else they must
    show themselves.

    Nothing is kept, since it would belong to all who write under that name. Who floods is answered
    a few times."""
    if not inbound.addressed or context.owed >= ENOUGH:
        return Decision(context.chat)
    if inbound.command in IMPERSONAL:
        decision = COMMANDS[inbound.command](context, inbound, now)
        return Decision(context.chat, posts=decision.posts, space=decision.space)
    key = "talk.token_in_public" if inbound.token else "talk.masked"
    return Decision(
        context.chat, posts=(reply(context, inbound, text(key, context.chat.speaks)),), refused=key
    )


ENOUGH = 3
"""Answers on their way to one such name."""


COMMANDS: dict[Command, Obey] = {
    Command.START: greet,
    Command.HELP: explain,
    Command.NEW: begin_anew,
    Command.EDIT: ask_for_change,
    Command.AGAIN: make_again,
    Command.EXPORT: export,
    Command.STATUS: look_at,
    Command.CREDITS: look_at_credits,
    Command.CANCEL: cancel,
    Command.CONFIRM: confirm,
    Command.UNDO: undo,
    Command.LANGUAGE: choose_language,
    Command.SKILL: choose_skill,
    Command.HISTORY: list_videos,
    Command.SETTINGS: set_up,
    Command.LOGIN: ask_for_token,
    Command.LOGOUT: log_out,
    Command.MYDATA: copy_all,
    Command.PRIVACY: tell_privacy,
    Command.FORGET: forget,
}
