"""News from whoever runs the bot: shown to the admin first, sent on a yes, and ended by a no of
whoever reads them."""

from dataclasses import replace

from core.domain.conversation.answering import Rows
from core.domain.conversation.chat import Context, Decision, reply
from core.domain.conversation.commands.replies import phrase
from core.domain.operating import (
    LONGEST_NEWS,
    Announce,
    Draft,
    Hush,
    News,
    NewsState,
    news_for,
    news_progress,
)
from core.i18n import text
from core.messages import RINGING, Button, Command, Inbound, Recipient

SEND, STOP = "send:", "stop:"
"""What the buttons carry, each before the key of the news."""


def broadcast(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/broadcast words` shows what people will see and asks; without words it tells how far the
    last ones are. One at a time."""
    words, last = inbound.text.strip(), context.overview.news
    for sign in (SEND, STOP):
        if words.startswith(sign):
            return _pressed(context, inbound, sign, words.removeprefix(sign))
    sent = last is not None and last.state is not NewsState.DRAFT
    if last is not None and (last.state is NewsState.SENDING or (sent and not words)):
        told = news_progress(last, context.chat.speaks)
        return Decision(context.chat, posts=(reply(context, inbound, told, *_stop(context, last)),))
    if problem := _problem(context, words):
        return Decision(context.chat, posts=(reply(context, inbound, problem),))
    return _drafted(context, inbound, words, now)


def _problem(context: Context, words: str) -> str:
    """Why nothing can be sent; empty where it can."""
    language = context.chat.speaks
    if not words:
        return text("news.how", language)
    if len(words) > LONGEST_NEWS:
        return text("news.too_long", language, count=len(words), limit=LONGEST_NEWS)
    return "" if context.overview.people else text("news.nobody", language)


def _drafted(context: Context, inbound: Inbound, words: str, now: float) -> Decision:
    """The words as everybody will see them, and the question."""
    language, place = context.chat.speaks, inbound.place
    to = place.aside or (place.address if place.private else None)
    news = News(f"{now:.0f}", words, to, inbound.user, language)
    seen = news_for(news, Recipient(inbound.address, inbound.user, language))
    row = (
        Button(text("button.send_news", language), Command.BROADCAST, None, f"{SEND}{news.key}"),
        Button(text("button.drop_news", language), Command.BROADCAST, None, f"{STOP}{news.key}"),
    )
    asked = reply(context, inbound, text("news.ask", language, count=context.overview.people), row)
    shown = replace(asked, words=seen.words, manner=RINGING)
    return Decision(context.chat, posts=(shown, asked), operate=Draft(news))


def _pressed(context: Context, inbound: Inbound, sign: str, key: str) -> Decision:
    """A button under the question, or under what tells how far it is."""
    news, language = context.overview.news, context.chat.speaks
    open_ = {NewsState.DRAFT} if sign == SEND else {NewsState.DRAFT, NewsState.SENDING}
    if news is None or news.key != key or news.state not in open_:
        return Decision(context.chat, posts=(phrase(context, inbound, "news.stale"),))
    if sign == SEND:
        words = text("news.begun", language, count=context.overview.people)
        rows = _stop(context, replace(news, state=NewsState.SENDING))
        post = reply(context, inbound, words, *rows)
        return Decision(context.chat, posts=(post,), operate=Announce(key))
    draft = news.state is NewsState.DRAFT
    over = replace(news, state=NewsState.STOPPED)
    words = text("news.dropped", language) if draft else news_progress(over, language)
    return Decision(context.chat, posts=(reply(context, inbound, words),), operate=Hush(key))


def _stop(context: Context, news: News) -> Rows:
    """The button that ends what is on its way."""
    if news.state is not NewsState.SENDING:
        return ()
    label = text("button.stop_news", context.chat.speaks)
    return ((Button(label, Command.BROADCAST, None, f"{STOP}{news.key}"),),)


def hear_news(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/news off`, which is a button under all news, and `/news on`."""
    wanted = inbound.text.strip().lower() == "on"
    said = phrase(context, inbound, "news.on" if wanted else "news.off")
    return Decision(replace(context.chat, news=wanted), posts=(said,))
