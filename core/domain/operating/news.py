"""News from whoever runs the bot: one message to everybody who has a direct chat with it and has
not said no."""

from dataclasses import dataclass
from enum import StrEnum

from core.i18n import text
from core.messages import (
    Address,
    Announcement,
    Button,
    Command,
    Outbound,
    Recipient,
    Words,
)

LONGEST_NEWS = 1500
"""Signs of the words, so that they are one message on every platform."""
NEWS_AT_ONCE = 10
"""Messages of it that are owed on one platform at a time, and added at each look: five a second,
far below what platforms allow."""


class NewsState(StrEnum):
    """How far it is."""

    DRAFT = "draft"
    """Shown to an admin, who has yet to say yes."""
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class News:
    """One of them. `key` tells it from all others; `to` and `user` are the admin's, for the report,
    in their `language`; empty where it comes from the command line. Of the `total` people it is for
    when it begins, `sent` have it, `blocked` could not be reached, and of `unsure` nobody knows."""

    key: str
    words: str
    to: Address | None = None
    user: str = ""
    language: str = "en"
    state: NewsState = NewsState.DRAFT
    total: int = 0
    sent: int = 0
    blocked: int = 0
    unsure: int = 0

    @property
    def left(self) -> int:
        """Who has said no, was banned or forgotten before it came to them; while it is on its way,
        also who is still to get it."""
        return max(self.total - self.sent - self.blocked - self.unsure, 0)


def news_for(news: News, to: Recipient) -> Outbound:
    """The message as one person sees it, with the way to have no more of its kind."""
    words = f"{news.words}\n\n{text('news.line', to.language)}"
    row = (Button(text("button.no_news", to.language), Command.NEWS, None, "off"),)
    return Outbound(to, Words(words, (row,)), manner=Announcement(news.key))


def news_progress(news: News, language: str) -> str:
    """Words for admins: what has become of it so far."""
    return text(
        f"news.{news.state}",
        language,
        total=news.total,
        sent=news.sent,
        blocked=news.blocked,
        unsure=news.unsure,
        left=news.left,
    )


def news_report(news: News) -> Outbound | None:
    """What the admin reads at its end; None where nobody in a chat has asked for it."""
    if news.to is None:
        return None
    to = Recipient(news.to, news.user, news.language)
    return Outbound(to, Words(news_progress(news, news.language)))
