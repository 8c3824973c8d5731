"""Yes or no to what was asked back: a price, an offer, photos and words that wait, a question of
the service."""

from dataclasses import replace

from core.domain.conversation import commands, offers
from core.domain.conversation.chat import (
    OFFER_SECONDS,
    Chat,
    Context,
    Decision,
    asks,
    reply,
    suggestion_buttons,
    what_now,
)
from core.domain.conversation.new_requests import agreed_to
from core.domain.conversation.scene import (
    asked_for_price,
    running,
)
from core.domain.policy import Make
from core.domain.requests import Does, Job, Offer
from core.i18n import text
from core.messages import Command, Inbound, Pressed


def accept(context: Context, inbound: Inbound, now: float) -> Decision:
    """Yes: to the price, to what was asked back, to photos and words that wait, or to the question
    of the service."""
    offer = context.chat.offered(now)
    if waiting := _price_asked_last(context, offer):
        return _as_by_button(context, inbound, Command.CONFIRM, waiting, now)
    if offer:
        return take(context, inbound, offer, now)
    kept = context.chat.holds(now)
    if kept.files and kept.wish and _is_doubtful(context.chat, kept.wish, now):
        return _asked_once_more(context, inbound, kept.wish, now)
    if kept.files and kept.wish:
        return agreed_to(context, inbound.worded(kept.wish), now)
    return agreed_to(context, inbound, now)


def _is_doubtful(chat: Chat, wish: str, now: float) -> bool:
    """Whether it waits for long, or was asked about before something else was said."""
    asked = any(offer.words == wish for offer in chat.offers)
    return asked or now - chat.wish_at >= OFFER_SECONDS


def _asked_once_more(context: Context, inbound: Inbound, wish: str, now: float) -> Decision:
    """What waits is named before it is paid for: nobody knows what a yes is to that comes hours
    later, or after something else was said."""
    chat, language = context.chat, context.chat.speaks
    offer = offers.to_offer(Make(), wish, now)
    more = offers.way_to_more(chat, context.settings)
    words = offers.question(offer, language, old=True, more=more)
    post = reply(context, inbound, words, *offers.buttons(offer, language, more=more))
    return Decision(chat.offering(offer), posts=(post,))


def _as_by_button(
    context: Context, inbound: Inbound, command: Command, job: Job, now: float
) -> Decision:
    """What the button under the question about this request's price does."""
    press = replace(inbound, happened=Pressed(command, job=job.id))
    return commands.obey(context, press, command, now)


def _price_asked_last(context: Context, offer: Offer | None) -> Job | None:
    """The request whose price is the last thing that was asked about."""
    waiting = asked_for_price(context)
    return (
        waiting[-1] if waiting and (offer is None or offer.at <= waiting[-1].notified_at) else None
    )


def take(context: Context, inbound: Inbound, offer: Offer, now: float) -> Decision:
    """Begin what was offered, with the words it was offered for."""
    chat = replace(context.chat, offers=offers.without(context.chat.offers, offer))
    if offer.does is Does.MAKE and chat.wish == offer.words:
        chat = replace(chat, wish="")
    context = replace(context, chat=chat)
    if offer.about is not None:
        chat = replace(chat, project=offer.about)
        context = replace(context, chat=chat, about=offer.about)
    if offer.does is Does.AGAIN:
        return commands.once_more(context, inbound, offer.words, now)
    words = offer.words or text("wish.default", chat.speaks)
    return agreed_to(context, inbound.saying(words), now, offer.split)


def dismiss(context: Context, inbound: Inbound, now: float) -> Decision:
    """No: the price question ends its request, an offer is over, a question of the service stays
    unanswered."""
    if waiting := _price_asked_last(context, context.chat.offered(now)):
        return _as_by_button(context, inbound, Command.CANCEL, waiting, now)
    return leave(context, inbound, now)


def leave(context: Context, inbound: Inbound, now: float) -> Decision:
    """Nothing of what was asked back; photos stay without the words that waited with them, and what
    they could become is said once more."""
    project = (
        replace(context.chat.project, asks=False, options=()) if context.chat.project else None
    )
    chat = replace(context.chat, offers=(), project=project)
    waiting, language = chat.holds(now), chat.speaks
    if waiting.files:
        chat = replace(chat, wish="")
        words = what_now(waiting.files, language, inbound.address, private=inbound.place.private)
        return Decision(
            chat,
            posts=(reply(context, inbound, words, *suggestion_buttons(context.skill, language)),),
        )
    key = "ask.dropped_offer" if project or running(context) else "ask.what_nothing"
    return Decision(chat, posts=(asks(context, inbound, key),))
