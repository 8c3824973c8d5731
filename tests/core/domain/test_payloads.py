"""What buttons carry: posted ones are pressed for years, so the words are fixed, and read back."""

import pytest

from bots.codec import from_data, to_data
from core.messages import Button, Command
from core.messages.payloads import Carried, Payload, payload_words, read_payload

POSTED = {
    "go": Carried(Payload.GO_ON),
    "do-it": Carried(Payload.DO_IT),
    "check": Carried(Payload.CHECK),
    "edited": Carried(Payload.AMENDED),
    "yes": Carried(Payload.SURE),
    "strip:audio": Carried(Payload.STRIP, "audio"),
    "o:19a5f3c": Carried(Payload.TAKE, "19a5f3c"),
    "x:19a5f3c": Carried(Payload.LEAVE, "19a5f3c"),
    "t:slow-zoom": Carried(Payload.LOOK, "slow-zoom"),
    "p:1": Carried(Payload.PAGE, "1"),
    "as:gif": Carried(Payload.AS, "gif"),
    "as:mp4": Carried(Payload.AS, "mp4"),
    "as:9:16": Carried(Payload.AS, "9:16"),
    "c:p10c.18": Carried(Payload.CHOOSE, "p10c.18"),
    "g:w": Carried(Payload.CHOSEN, "w"),
    "reel-add": Carried(Payload.REEL_ADD),
    "reel-make": Carried(Payload.REEL_MAKE),
    "reel-close": Carried(Payload.REEL_CLOSE),
    "a0": Carried(Payload.ANSWER, "0"),
    "s12": Carried(Payload.SUGGESTION, "12"),
}
"""As they stand under messages of long ago."""


def test_every_payload_is_posted_somewhere() -> None:
    assert {pressed.payload for pressed in POSTED.values()} == set(Payload)


@pytest.mark.parametrize("words", POSTED)
def test_what_was_posted_long_ago_means_what_it_meant(words: str) -> None:
    pressed = POSTED[words]
    assert read_payload(words) == read_payload(f" {words}\n") == pressed
    assert payload_words(pressed.payload, pressed.which) == words
    button = Button("Label", Command.VIDEO, 7, payload_words(pressed.payload, pressed.which))
    assert from_data(to_data(button), "Label") == button


@pytest.mark.parametrize(
    "words",
    [
        "",
        "go on",
        "Go",
        "a",
        "s",
        "a1234",
        "s-1",
        "s²",
        "a 0",
        "strip",
        "do-it now",
        "o 1",
        "yes!",
    ],
)
def test_words_as_people_say_them_carry_nothing(words: str) -> None:
    assert read_payload(words) is None
