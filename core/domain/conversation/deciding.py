"""One message in, one decision out: what it is about, which of the ways below answers it, and what
has to wait meanwhile."""

from dataclasses import replace
from typing import assert_never

from core.domain.conversation import amendments, commands, photos, presets, pressing
from core.domain.conversation.chat import Chat, Context, Decision, heard, hint, reply
from core.domain.conversation.reeling import about_reel
from core.domain.limits import (
    REPEATED_SECONDS,
    TOLD_AT_MOST,
    TOLD_AT_MOST_WHO_WAITS,
    Verdict,
    admitted,
    within_open_requests,
)
from core.domain.operating import FREE, Pause, paused_words
from core.domain.requests import Plan, project_from, version_shown
from core.i18n import text
from core.messages import (
    Amended,
    Called,
    Command,
    Confided,
    Heard,
    Inbound,
    Moved,
    Presence,
    Pressed,
    Said,
    Status,
)


def decide(context: Context, inbound: Inbound, now: float) -> Decision:
    """Answer one message. Pure; called inside the write lock, since five photos of an album arrive
    at once."""
    decision = _decided(context, inbound, now)
    if context.pause is not None:
        decision = _held_back(context, inbound, decision, context.pause)
    most = TOLD_AT_MOST_WHO_WAITS if inbound.ticket is not None else TOLD_AT_MOST
    enough = bool(decision.refused) and context.refused.get(decision.refused, 0) >= most
    return replace(decision, posts=()) if enough else decision


def _held_back(context: Context, inbound: Inbound, decision: Decision, pause: Pause) -> Decision:
    """The decision, with words that what it begins has to wait; once a pause for each chat."""
    chat = decision.chat
    begins = any(start.job.plan not in FREE for start in decision.start) or bool(decision.confirm)
    if not begins or chat.told_pause == pause.at:
        return decision
    words = paused_words(pause, chat.speaks)
    said = reply(context, inbound, words, discreet=inbound.ticket is not None)
    return replace(decision, chat=replace(chat, told_pause=pause.at), posts=(*decision.posts, said))


def _decided(context: Context, inbound: Inbound, now: float) -> Decision:
    before, context = context.chat, _spoken_to(context, inbound)
    verdict = admitted(inbound, context.settings, context.space)
    spec = commands.COMMAND_ROWS[inbound.command] if inbound.command else None
    if context.banned and inbound.command not in THEIR_RIGHT:
        spec, reason = None, "" if inbound.place.space else BANNED
        context, verdict = replace(context, chat=before), Verdict(False, reason)
    refused = not verdict.allowed and not (spec and spec.everywhere)
    if refused and inbound.sender.masked:
        return Decision(before)
    if inbound.sender.masked:
        return replace(commands.unnamed(context, inbound, now), chat=before)
    if refused and not inbound.addressed:
        return Decision(context.chat)
    if refused:
        return _refusal(context, inbound, verdict.reason)
    return _admitted(context, inbound, before, now)


def _spoken_to(context: Context, inbound: Inbound) -> Context:
    """The context once it is noticed how the user speaks, and which profile the message chooses."""
    chosen = inbound.happened.skill if isinstance(inbound.happened, Called) else ""
    chat = heard(context.chat, inbound, context.space.language)
    return replace(context, chat=chat, wanted=chosen if chosen in context.skills else "")


def _admitted(context: Context, inbound: Inbound, before: Chat, now: float) -> Decision:
    """What is done for somebody who may use the bot here; `before` is the chat as it was."""
    may_be_of_reel = context.reel is not None or inbound.command is Command.REEL
    if may_be_of_reel and (reeled := about_reel(context, inbound, now)) is not None:
        silent = reeled == Decision(context.chat)
        return Decision(before) if silent else _bounded(context, inbound, reeled, now)
    if inbound.job and context.named is not None and not commands.owns(inbound, context.named):
        return commands.not_yours(context, inbound)
    context = _focused(context, inbound)
    decision = _route(context, inbound, now)
    if inbound.command is not None:
        decision = pressing.once(context, inbound, decision)
    decision = _back(before, inbound, _bounded(context, inbound, decision, now))
    untouched = Decision(replace(context.chat, project=before.project))
    if inbound.heard is Heard.REPLY and decision == untouched:
        # talk among friends under a video: nothing is kept of who only remarked
        return Decision(before)
    decision = _noticed(context, inbound, decision)
    private = inbound.place.private
    return decision if private else commands.told_aside(context, inbound, decision)


THEIR_RIGHT = frozenset({Command.FORGET, Command.MYDATA, Command.PRIVACY})
"""What is answered also to somebody who is banned: what is kept is still theirs."""
BANNED = "talk.banned"


def _focused(context: Context, inbound: Inbound) -> Context:
    """The context in which the project at hand is that of the video which the message is about.

    Of who answers somebody else's video there is none: their own is not meant."""
    subject = context.named if inbound.job else context.answered
    if subject is None or inbound.command is Command.VIDEO:  # that begins with photos that wait
        return context
    if not commands.owns(inbound, subject):
        return replace(context, chat=replace(context.chat, project=None))
    project = project_from(subject, context.chat.project)
    if project is None:
        return context
    number = version_shown(subject, context.versions)
    # under what is shown it is about the project as it is by then: more may be on its way
    project = replace(project, version=0 if number == context.versions.shown else number)
    chat = replace(context.chat, project=project)
    return replace(context, chat=chat, about=replace(project, claim="", claimed=0.0))


def _back(before: Chat, inbound: Inbound, decision: Decision) -> Decision:
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


def _noticed(context: Context, inbound: Inbound, decision: Decision) -> Decision:
    """What joins a request that gathers is answered there; whoever waits for an answer to a command
    is told so."""
    if inbound.ticket is None or not decision.grow or decision.posts:
        return decision
    return replace(decision, posts=(hint(context, inbound, "talk.joined"),))


def _bounded(context: Context, inbound: Inbound, decision: Decision, now: float) -> Decision:
    """The decision, unless this user has too much coming. Ending requests, and forgetting all, is
    always possible."""
    verdict = within_open_requests(context.waiting, context.owed)
    begins = any(start.job.plan is not Plan.ABANDON for start in decision.start)
    flooded = verdict.reason == SLOWLY and bool(decision.posts or begins)
    always = inbound.command is not None and commands.COMMAND_ROWS[inbound.command].always
    if verdict.allowed or always or not (begins or flooded):
        return decision
    if not inbound.addressed:
        return Decision(context.chat)
    refused = commands.too_many(context, inbound, verdict, now)
    if not flooded:
        return refused
    # one message for all of a flood, in place: it must not add to what is owed
    manner = Status(f"slowly-{now // REPEATED_SECONDS:.0f}", silent=False)
    return replace(refused, posts=tuple(replace(post, manner=manner) for post in refused.posts))


SLOWLY = "talk.slowly"


def _refusal(context: Context, inbound: Inbound, reason: str) -> Decision:
    """With the user's id, as the owner of the bot has to write it into ALLOWED_USERS.

    In a group where the bot is off it is silent, unless somebody waits for the answer to a command
    or a button."""
    if not reason and inbound.ticket is not None:
        return Decision(context.chat, posts=(hint(context, inbound, NOT_HERE),), refused=NOT_HERE)
    if not reason:
        return Decision(context.chat)
    words = text(reason, context.chat.speaks, id=f"{inbound.address.platform}:{inbound.user}")
    return Decision(context.chat, posts=(reply(context, inbound, words),), refused=reason)


NOT_HERE = "talk.not_here"


def _route(context: Context, inbound: Inbound, now: float) -> Decision:
    match inbound.happened:
        case Said():
            return photos.said(context, inbound, now)
        case Pressed() as press if pressing.makes(press):
            return pressing.pressed(context, inbound, press, now)
        case Called() as call if pressing.makes(call):
            return pressing.wanted(context, inbound, now)
        case Pressed(command=Command.PRESETS) | Called(command=Command.PRESETS) if (
            look := commands.look_named(context, inbound.text)
        ):
            return presets.take(context, inbound, look, now)
        case Pressed(command=command) | Called(command=command):
            return commands.obey(context, inbound, command, now)
        case Confided() as secret:
            return commands.log_in(context, inbound, secret, now)
        case Amended():
            return amendments.amend(context, inbound, now)
        case Moved() | Presence() as told:
            here = not isinstance(told, Presence) or told.present
            away = context.chat.introduced and not here  # of a stranger nothing is kept
            return Decision(replace(context.chat, away=away))
        case _:
            assert_never(inbound.happened)
