"""News from whoever runs the bot: shown first, asked about, and ended by whoever reads them."""

from dataclasses import replace

import pytest

from core.domain.conversation import Context, Decision, decide
from core.domain.conversation.chat import Chat
from core.domain.conversation.commands import obey
from core.domain.limits.capacity import Rank, rank_of
from core.domain.operating import Announce, Draft, Hush, News, NewsState, Operation, Overview
from core.domain.operating.news import LONGEST_NEWS, news_for, news_progress, news_report
from core.i18n import text
from core.messages import (
    RINGING,
    Address,
    Announcement,
    Button,
    Called,
    Command,
    Inbound,
    Place,
    Presence,
    Pressed,
    Recipient,
    Said,
    Sender,
)
from core.settings import Settings
from core.skills import load

NOW = 1_800_000_000.0
KEY = "1800000000"
HERE, GROUP = Address("fake", "7"), Address("fake", "-7")
ALONE, AMONG = Place(HERE), Place(GROUP, private=False, space="-7", aside=HERE)
UNSEEN = Place(GROUP, private=False, space="-7")
NEWS = News(KEY, "New looks!", HERE, "7")
SENDING = replace(NEWS, state=NewsState.SENDING, total=9, sent=4, blocked=2, unsure=1)


def said(
    words: str, place: Place = ALONE, news: News | None = None, *, people: int = 214
) -> Decision:
    seen = Overview(people=people, news=news)
    context = Context(Chat("7", HERE), load(), Settings(), overview=seen)
    inbound = Inbound("m", Sender("7"), place, Called(Command.BROADCAST, words))
    return obey(context, inbound, Command.BROADCAST, NOW)


@pytest.mark.parametrize(("place", "to"), [(ALONE, HERE), (AMONG, HERE), (UNSEEN, None)])
def test_what_people_will_see_is_shown_and_asked_about(place: Place, to: Address | None) -> None:
    decision = said("New looks!", place)
    shown, asked = decision.posts[:2]
    assert decision.operate == Draft(replace(NEWS, to=to))
    seen = news_for(NEWS, Recipient(Address("fake", "9"), "9"))
    assert (shown.words, shown.manner) == (seen.words, RINGING)
    assert "214 people" in asked.text
    assert [[button.text for button in row] for row in asked.buttons] == [
        [f"send:{KEY}", f"stop:{KEY}"]
    ]
    assert shown.discreet == asked.discreet


@pytest.mark.parametrize(
    ("words", "news", "people", "answer"),
    [
        ("", None, 9, "news.how"),
        ("", NEWS, 9, "news.how"),
        ("x" * (LONGEST_NEWS + 1), None, 9, "news.too_long"),
        ("hello", None, 0, "news.nobody"),
        ("send:1", NEWS, 9, "news.stale"),
        ("stop:1", NEWS, 9, "news.stale"),
        (f"send:{KEY}", None, 9, "news.stale"),
        (f"send:{KEY}", SENDING, 9, "news.stale"),
        (f"stop:{KEY}", replace(NEWS, state=NewsState.DONE), 9, "news.stale"),
    ],
)
def test_what_cannot_be_sent_says_so(
    words: str, news: News | None, people: int, answer: str
) -> None:
    decision = said(words, news=news, people=people)
    params = {"count": len(words), "limit": LONGEST_NEWS}
    assert [post.text for post in decision.posts] == [text(answer, "en", **params)]
    assert decision.operate is None


@pytest.mark.parametrize(
    ("words", "news", "operation", "answer", "stops"),
    [
        (f"send:{KEY}", NEWS, Announce(KEY), text("news.begun", "en", count=214), True),
        (f"stop:{KEY}", NEWS, Hush(KEY), text("news.dropped", "en"), False),
        (f"stop:{KEY}", SENDING, Hush(KEY), "⏹ Stopped: 4 of 9 have it", False),
        ("more", SENDING, None, "📣 On its way: 4 of 9", True),
        ("", SENDING, None, "📣 On its way: 4 of 9", True),
        ("", replace(SENDING, state=NewsState.DONE), None, "✅ All sent: 4 of 9", False),
    ],
)
def test_one_at_a_time_is_on_its_way_and_can_be_stopped(
    words: str, news: News, operation: Operation | None, answer: str, stops: bool
) -> None:
    decision = said(words, news=news)
    (told,) = decision.posts
    assert decision.operate == operation
    assert told.text.startswith(answer)
    carried = [button.text for row in told.buttons for button in row]
    assert carried == ([f"stop:{KEY}"] if stops else [])


def test_news_come_after_everything_else_and_name_their_end() -> None:
    message = news_for(NEWS, Recipient(HERE, "9", "de"))
    assert (message.manner, message.news, message.silent) == (Announcement(KEY), KEY, True)
    assert rank_of(message, standing=False) is Rank.NEWS
    (row,) = message.buttons
    assert row == (Button(text("button.no_news", "de"), Command.NEWS, None, "off"),)
    assert replace(message, manner=RINGING).news == ""


def test_the_report_goes_to_the_admin_who_has_asked() -> None:
    told = news_report(replace(SENDING, state=NewsState.DONE))
    assert told is not None
    assert (told.address, told.user) == (HERE, "7")
    assert "opted out: 2" in told.text
    assert told.text == news_progress(replace(SENDING, state=NewsState.DONE), "en")
    assert news_report(replace(NEWS, to=None)) is None


@pytest.mark.parametrize(
    ("happened", "before", "news", "away", "answer"),
    [
        (Pressed(Command.NEWS, "off"), True, False, False, "news.off"),
        (Called(Command.NEWS, " ON "), False, True, False, "news.on"),
        (Called(Command.NEWS), True, False, False, "news.off"),
        (Presence(False), True, True, True, ""),
        (Presence(True), True, True, False, ""),
        (Said("hello"), True, True, False, "hello"),
    ],
)
def test_a_no_counts_and_whoever_is_away_gets_none(
    happened: Pressed | Called | Presence | Said, before: bool, news: bool, away: bool, answer: str
) -> None:
    chat = Chat("7", HERE, introduced=True, news=before, away=not away)
    decision = decide(
        Context(chat, load(), Settings()), Inbound("m", Sender("7"), ALONE, happened), NOW
    )
    assert (decision.chat.news, decision.chat.away) == (news, away)
    if answer.startswith("news."):
        assert [post.text for post in decision.posts] == [text(answer, "en")]


def test_of_a_stranger_who_leaves_nothing_is_kept() -> None:
    here = Context(Chat("7", HERE), load(), Settings())
    assert not decide(here, Inbound("m", Sender("7"), ALONE, Presence(False)), NOW).chat.away
