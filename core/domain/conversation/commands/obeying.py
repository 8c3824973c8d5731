"""A command is carried out: by its row, with its answer where it belongs."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, reply, toast
from core.domain.conversation.commands.table import COMMAND_ROWS, Readers, Spec
from core.i18n import text
from core.messages import Command, Confided, Inbound, Outbound, Pressed


def obey(context: Context, inbound: Inbound, command: Command, now: float) -> Decision:
    """Carry out a command. In a group, what is for one reader's eyes is answered aside, and the
    group is told so."""
    spec = COMMAND_ROWS[command]
    decision = _answered(context, inbound, spec, now)
    if inbound.place.private:
        return decision
    later = spec.readers is Readers.ALONE and bool(decision.start)
    return told_aside(context, inbound, decision, later=later)


def _answered(context: Context, inbound: Inbound, spec: Spec, now: float) -> Decision:
    """What the row answers, for the eyes that it names."""
    decision = spec.answer(context, inbound, now)
    if spec.readers is not Readers.ALONE:
        return decision
    return replace(decision, posts=tuple(_aside(inbound, post) for post in decision.posts))


def _aside(inbound: Inbound, post: Outbound) -> Outbound:
    """The same for one reader alone; a video that was made among others may come there again."""
    if post.discreet or post.video is not None:
        return post
    if inbound.place.aside is None:
        return replace(post, to=replace(post.to, discreet=True))
    to = replace(post.to, discreet=True, address=inbound.place.aside, reply_to="")
    return replace(post, to=to)


def told_aside(
    context: Context, inbound: Inbound, decision: Decision, *, later: bool = False
) -> Decision:
    """The same about what was said among others, with words where it was asked that the whole
    answer is (or, `later`, will be) in private.

    For all to read under a message, for who pressed alone under a button. Where the platform itself
    finds its reader, a message is told of that too; what has a ticket is shown to them in its
    place.
    """
    direct = inbound.place.aside is None
    aside = bool(decision.posts) and all(_is_aside(inbound, post) for post in decision.posts)
    shown = direct and (inbound.ticket is not None or isinstance(inbound.happened, Pressed))
    if shown or not (aside or later):
        return decision
    words = text("talk.in_message" if direct else "talk.in_private", context.chat.speaks)
    note = (
        reply(context, inbound, words) if inbound.ticket is None else toast(context, inbound, words)
    )
    return replace(decision, posts=(*decision.posts, note))


def _is_aside(inbound: Inbound, post: Outbound) -> bool:
    """Whether it goes where only its reader looks: to that address, or as the platform finds it."""
    if inbound.place.aside is None:
        return post.discreet and not post.toast
    return post.address == inbound.place.aside


def unnamed(context: Context, inbound: Inbound, now: float) -> Decision:
    """Somebody whom the platform hides: what is everybody's is answered, for all else they must
    show themselves.

    Nothing is kept, since it would belong to all who write under that name. Who floods is answered
    a few times."""
    if not inbound.addressed or context.owed >= ENOUGH:
        return Decision(context.chat)
    if inbound.command is not None and COMMAND_ROWS[inbound.command].impersonal:
        decision = _answered(context, inbound, COMMAND_ROWS[inbound.command], now)
        return Decision(context.chat, posts=decision.posts, space=decision.space)
    key = "talk.token_in_public" if isinstance(inbound.happened, Confided) else "talk.masked"
    return Decision(
        context.chat, posts=(reply(context, inbound, text(key, context.chat.speaks)),), refused=key
    )


ENOUGH = 3
"""Answers on their way to one such name."""
