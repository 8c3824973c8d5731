"""What is kept of somebody: a copy of all, why and how long, and its end."""

from core.domain.conversation.chat import Chat, Context, Decision, reply
from core.domain.conversation.commands.replies import phrase
from core.domain.payloads import Payload
from core.domain.privacy import described
from core.i18n import text
from core.messages import Button, Command, Inbound


def tell_privacy(context: Context, inbound: Inbound, now: float) -> Decision:
    """What is kept, why and how long."""
    words = described(context.chat.speaks)
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
