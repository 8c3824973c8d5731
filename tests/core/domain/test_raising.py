"""/budget: what is spent of the operator's credits, and one person given more of them."""

import pytest

from core.domain.conversation import Chat, Context, Decision
from core.domain.conversation.commands import obey
from core.domain.limits.budgets import Charged, Used
from core.domain.operating import Raise, raised
from core.i18n import text
from core.messages import Address, Called, Command, Inbound, Place, Sender
from core.settings import Settings
from core.skills import load
from core.variables import SecretStr

HERE, NOW = Address("telegram", "7"), 1_800_000_000.0
SHARED = Settings(nemo_token=SecretStr("nmv_usr_x"), budget_bot_month=0, budget_user_day=500)
SKILLS = load()


def says(words: str, settings: Settings = SHARED) -> Decision:
    charged = Charged(bot=Used(1200, 34_000))
    context = Context(Chat("7", HERE), SKILLS, settings, charged=charged)
    call = Inbound("m", Sender("7"), Place(HERE), Called(Command.BUDGET, words))
    return obey(context, call, Command.BUDGET, NOW)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("12 +500", Raise("here", "12", 500)),
        ("discord:12 500", Raise("discord", "12", 500)),
        (" <@12>  +50 ", Raise("here", "12", 50)),
        ("telegram:12 reset", Raise("telegram", "12", None)),
        ("12 RESET", Raise("here", "12", None)),
        ("12", None),
        ("+500", None),
        ("12 -500", None),
        ("12 +5000000000", None),
        ("12 a lot", None),
        ("@name +500", None),
        ("", None),
    ],
)
def test_whom_and_by_how_much(words: str, found: Raise | None) -> None:
    assert raised(words, "here") == found


@pytest.mark.parametrize(
    ("words", "done", "key"),
    [
        ("12 +500", Raise("telegram", "12", 500), "budget_raised"),
        ("12 reset", Raise("telegram", "12", None), "budget_reset"),
        ("12 more", None, "budget_how"),
    ],
)
def test_somebody_is_given_more_or_it_is_said_how(words: str, done: Raise | None, key: str) -> None:
    decision = says(words)
    assert decision.operate == done
    (post,) = decision.posts
    assert post.text == text(f"operating.{key}", "en", id="telegram:12", more=500)


def test_what_is_spent_is_told_with_what_may_be() -> None:
    (post,) = says("").posts
    assert post.text.split("\n")[:4] == [
        "💳 Spent of your credits",
        "• today: 1,200 of 2,000",
        "• this month: 34,000 of ∞",
        "One person may spend 500 a day and 3,000 a month, one group 1,000 and 6,000.",
    ]
    assert post.text.endswith(text("operating.budget_how", "en"))
    (off,) = says("", Settings()).posts
    assert off.text == text("operating.budget_off", "en")
