"""Somebody's account, their own or the free one, with its balance; and what else is kept of them: a
copy of all, why and how long, and its end."""

from dataclasses import replace

from core.domain.conversation.chat import (
    Chat,
    Context,
    Decision,
    Start,
    reply,
    suggestion_buttons,
    to_job,
    what_now,
)
from core.domain.conversation.commands.replies import phrase
from core.domain.gathering import fitting_files
from core.domain.limits import is_named
from core.domain.privacy import described
from core.domain.requests import Plan, Progress, Secret, Wish
from core.i18n import text
from core.messages import Button, Command, Confided, Inbound, Payload


def look_at_credits(context: Context, inbound: Inbound, now: float) -> Decision:
    """The balance, told by a job since the service is asked for it."""
    administers = inbound.sender.admin or is_named(context.settings.admins, inbound, inbound.user)
    learnt = Progress(Wish(for_group=bool(inbound.place.space) and administers))
    return Decision(
        context.chat, start=(Start(to_job(context, inbound, Plan.CREDITS, learnt, now)),)
    )


def ask_for_token(context: Context, inbound: Inbound, now: float) -> Decision:
    """Asked for without a token: how to come by one, and where to say it."""
    unseen = inbound.place.private or inbound.ticket is not None
    return Decision(
        context.chat,
        posts=(phrase(context, inbound, "talk.login_ask" if unseen else "talk.login_in_private"),),
    )


def log_in(context: Context, inbound: Inbound, secret: Confided, now: float) -> Decision:
    """A token, sealed before it came here. Where others read it is not used: everybody there has
    it.

    Of the words beside it nothing is left; photos wait for words.
    """
    if not inbound.place.private and (not secret.by_command or inbound.ticket is None):
        return Decision(
            context.chat,
            posts=(reply(context, inbound, text("talk.token_in_public", context.chat.speaks)),),
        )
    job = replace(
        to_job(context, inbound, Plan.LOGIN, Progress(), now), secret=Secret(secret.token)
    )
    if not inbound.attachments:
        return Decision(context.chat, start=(Start(job),))
    waiting, language = context.chat.holds(now), context.chat.speaks
    files = waiting.files + fitting_files(inbound.attachments, waiting.files, context.settings)
    words = what_now(files, language, inbound.address, private=inbound.place.private)
    question = reply(context, inbound, words, *suggestion_buttons(context.skill, language))
    chat = context.chat.keeping(replace(waiting, files=files), now)
    return Decision(chat, posts=(question,), start=(Start(job),))


def log_out(context: Context, inbound: Inbound, now: float) -> Decision:
    """The own token goes, and the project that it paid for."""
    chat = replace(context.chat, project=None, renewed=now, used_up=0.0)
    return Decision(chat, posts=(phrase(context, inbound, "talk.logged_out"),), log_out=True)


def tell_privacy(context: Context, inbound: Inbound, now: float) -> Decision:
    """What is kept, why and how long."""
    words = described(context.chat.speaks, sandbox=context.settings.sandbox)
    return Decision(context.chat, posts=(reply(context, inbound, words),))


def forget(context: Context, inbound: Inbound, now: float) -> Decision:
    """Ask first; the button carries `yes`. Running requests end, and everything kept of the user is
    erased."""
    language = context.chat.speaks
    if inbound.text.strip() == Payload.SURE:
        chat = Chat(
            user=inbound.user,
            address=inbound.address,
            spoken=language,
            private=inbound.place.private,
        )
        return Decision(
            chat,
            posts=(reply(context, inbound, text("talk.forgotten", language)),),
            cancel=tuple(job.id for job in context.open),
            erase=True,
        )
    row = (Button(text("button.forget", language), Command.FORGET, None, Payload.SURE),)
    words = "\n".join((text("talk.forget_ask", language), text("reel.forget", language)))
    return Decision(context.chat, posts=(reply(context, inbound, words, row),))


def copy_all(context: Context, inbound: Inbound, now: float) -> Decision:
    """The words here; the store adds what it keeps, as JSON, in the same write."""
    return Decision(context.chat, posts=(phrase(context, inbound, "talk.mydata"),), copy=True)
