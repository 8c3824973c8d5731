"""Credits that are known to be used up: what a chat learns of them, and what unclear words are then
answered with."""

import json
from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, close, decide, offers
from core.domain.conversation.chat.memory import chat_after_step
from core.domain.gathering import Bundle, Item, Line
from core.domain.requests import Advanced, Does, Job, Offer, Payer, Plan, Project, Step, Why
from core.i18n import LANGUAGES
from core.messages import Address, Attachment, Button, Called, Command, Inbound, Place, Sender
from core.settings import Settings
from core.skills import load
from core.store.statements.rows import CHAT as ROW
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE, WEB = Address("fake", "c"), "https://nemovideo.com/register"
SKILLS = load()
PROJECT = Project("s-1", made=True)
CHAT = Chat("u", HERE, project=PROJECT)
EMPTY = replace(CHAT, used_up=NOW - 60)
UNCLEAR = "blorp flim"


def after(
    chat: Chat, balance: int | None, payer: Payer = Payer.ANONYMOUS, why: Why = Why.OTHER
) -> float:
    learnt = knowing(balance=balance, payer=payer)
    job = Job(4, "", "u", HERE, Plan.MAKE, Step.PRICE, learnt, why=why)
    return chat_after_step(chat, Advanced(job), NOW).used_up


@pytest.mark.parametrize(
    ("balance", "why", "before", "left"),
    [
        (0, Why.OTHER, CHAT, NOW),
        (-3, Why.OTHER, CHAT, NOW),
        (100, Why.CREDITS, CHAT, NOW),  # the turn was refused whatever had been seen before it
        (None, Why.CREDITS, CHAT, NOW),
        (0, Why.OTHER, EMPTY, NOW - 60),
        (1, Why.OTHER, EMPTY, 0.0),
        (None, Why.OTHER, EMPTY, NOW - 60),
        (None, Why.OTHER, CHAT, 0.0),
    ],
)
def test_a_chat_learns_from_each_look_at_the_balance(
    balance: int | None, why: Why, before: Chat, left: float
) -> None:
    assert after(before, balance, why=why) == left


@pytest.mark.parametrize("why", [Why.OTHER, Why.CREDITS])
def test_what_is_left_to_the_operator_says_nothing_about_anybodys_own(why: Why) -> None:
    assert after(CHAT, 0, Payer.OPERATOR, why) == 0.0
    assert after(EMPTY, 900, Payer.OPERATOR, why) == NOW - 60


def test_a_chat_of_an_earlier_version_is_not_known_to_have_none() -> None:
    row = json.loads(ROW.text(CHAT))
    del row["used_up"]
    assert ROW.read(json.dumps(row)).used_up == 0.0


def test_another_account_is_not_known_to_have_none() -> None:
    inbound = Inbound("m", Sender("u"), Place(HERE), Called(Command.LOGOUT))
    decision = decide(Context(EMPTY, SKILLS, Settings()), inbound, NOW)
    assert (decision.log_out, decision.chat.used_up) == (True, 0.0)


def told(chat: Chat, words: str = UNCLEAR) -> tuple[str, list[Button]]:
    decision = decide(Context(chat, SKILLS, Settings()), messages.said("m2", "u", HERE, words), NOW)
    assert (decision.start, len(decision.posts)) == ((), 1)
    (post,) = decision.posts
    return post.text, [button for row in post.buttons for button in row]


def test_unclear_words_are_told_the_price_and_the_way_to_more() -> None:
    words, (more, go, leave) = told(EMPTY)
    assert words == (
        "💳 This takes about 50 credits, and yours were used up when I last looked."
        " The button leads to more; after that tap “✅ Change it”."
    )
    assert (more.url, go.command, leave.command) == (WEB, Command.VIDEO, Command.VIDEO)
    words, buttons = told(CHAT)
    assert "Shall I change the video" in words
    assert not any(button.url for button in buttons)


def test_unclear_words_are_no_answer_to_the_service_that_nobody_can_pay_for() -> None:
    asking = replace(PROJECT, asks=True)
    assert told(replace(EMPTY, project=asking))[0].startswith("💳 This takes about 50 credits")
    decision = decide(
        Context(replace(CHAT, project=asking), SKILLS, Settings()),
        messages.said("m2", "u", HERE, UNCLEAR),
        NOW,
    )
    assert len(decision.start) == 1


@pytest.mark.parametrize(
    ("chat", "settings", "more"),
    [
        (EMPTY, Settings(), WEB),
        (replace(EMPTY, project=None), Settings(), WEB),
        (replace(EMPTY, project=replace(PROJECT, bind="anon_1")), Settings(), f"{WEB}?bind=anon_1"),
        (replace(EMPTY, project=Project("s", "t", "u", Payer.OWN)), Settings(), WEB),
        (CHAT, Settings(), ""),
        (replace(EMPTY, private=False), Settings(), ""),
    ],
)
def test_in_a_group_it_is_nobody_elses_business(chat: Chat, settings: Settings, more: str) -> None:
    assert offers.way_to_more(chat, settings) == more


@pytest.mark.parametrize(("chat", "asked"), [(EMPTY, True), (CHAT, False)])
def test_unclear_words_under_a_photo_are_asked_about(chat: Chat, asked: bool) -> None:
    photo = Attachment("fake:1", "1.jpg", "image/jpeg")
    lines = (Line(1, "this one too"),)
    bundle = Bundle((Item(1, photo),), lines, opened=NOW, addressed=True)
    job = Job(1, "", "u", HERE, Plan.MAKE, Step.GATHER, bundle=bundle)
    outcome = close(job, chat, SKILLS["ai-video-generator-from-image"], NOW, Settings())
    assert outcome.last is asked
    if asked:
        assert outcome.notice is not None
        assert outcome.notice.text.startswith("💳 This takes about 50 credits")
        assert outcome.notice.buttons[0][0].url == WEB


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_price_and_the_button_are_named_in_every_language(language: str) -> None:
    offer = Offer("7", Does.MAKE, "w", NOW)
    said = offers.question(offer, language, more=WEB)
    _, (go, _) = offers.buttons(offer, language, more=WEB)
    assert "100" in said or "١٠٠" in said
    assert go.label in said
