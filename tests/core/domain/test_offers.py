"""What is asked back: the question with its price, its two buttons, and what is remembered for the
tap."""

from typing import Any

import pytest

from core.domain.conversation import offers
from core.domain.policy import Choose, Edit, Make, Paid, Repeat
from core.domain.requests import Does, Offer
from core.messages import Command

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("paid", "does", "words"),
    [
        (Make(), Does.MAKE, "my cat"),
        (Edit(), Does.EDIT, "my cat"),
        (Repeat("slower"), Does.AGAIN, "slower"),
        (Repeat(), Does.AGAIN, ""),
        (Choose(2), Does.MAKE, "my cat"),
    ],
)
def test_what_is_offered_is_remembered_with_its_words(paid: Paid, does: Does, words: str) -> None:
    offer = offers.to_offer(paid, "my cat", NOW)
    assert (offer.does, offer.words, offer.at) == (does, words, NOW)
    assert offer.number != offers.to_offer(paid, "my cat", NOW + 0.001).number


@pytest.mark.parametrize(
    ("does", "words", "more", "said"),
    [
        (
            Does.MAKE,
            "my cat",
            {},
            "Shall I make a video with “my cat”? It takes about 100 credits.",
        ),
        (Does.MAKE, "", {"standard": True}, "Shall I make a video of it, with smooth motion?"),
        (Does.MAKE, "snow", {"old": True}, "Earlier you wished for “snow”."),
        (
            Does.EDIT,
            "a  bit\nbetter",
            {},
            "Shall I change the video: “a bit better”? It takes about 50 credits.",
        ),
        (Does.AGAIN, "", {}, "Shall I make the video once more?"),
        (Does.AGAIN, "slower", {}, "Shall I make it once more, with “slower”?"),
        (Does.MAKE, "x" * 121, {}, f"“{'x' * 120}…”"),
        (Does.MAKE, "x" * 120, {}, f"“{'x' * 120}”"),
    ],
)
def test_the_question_names_the_words_and_the_price(
    does: Does, words: str, more: dict[str, Any], said: str
) -> None:
    assert said in offers.question(Offer("1", does, words, NOW), "en", **more)


@pytest.mark.parametrize("does", Does)
def test_one_button_goes_ahead_and_one_leaves_it(does: Does) -> None:
    ((go, leave),) = offers.buttons(Offer("7f", does, "w", NOW), "en", 4)
    assert [(button.command, button.job, button.text) for button in (go, leave)] == [
        (Command.VIDEO, 4, "o:7f"),
        (Command.VIDEO, 4, "x:7f"),
    ]


def test_an_offer_is_found_by_either_button_until_it_is_over() -> None:
    first, second = (Offer(number, Does.MAKE, "w", NOW) for number in ("1", "2"))
    assert offers.found((first, second), "2") == second
    assert offers.found(offers.without((first, second), second), "2") is None


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        ("ok", True),
        ("k!", True),
        ("👍", True),
        ("yes", True),
        ("2", True),
        ("✏️ Edit", True),
        ("Edit the sky", False),
        ("love", False),
        ("好", False),
        ("15s", False),
        ("9:16", False),
    ],
)
def test_too_little_is_not_repeated_as_a_wish(words: str, nothing: bool) -> None:
    assert offers.says_nothing(words, "en") is nothing
