"""Which earlier requests a message makes the store look up."""

import pytest

from core.domain.conversation import Past, looked_at
from core.messages import Address, Command, Inbound


@pytest.mark.parametrize(
    ("more", "past"),
    [
        ({"edited": True, "text": "undo"}, Past.ANY),
        ({"command": Command.HISTORY}, Past.VIDEOS),
        ({"command": Command.UNDO}, Past.CHANGES),
        ({"command": Command.UNDO, "job": 4}, Past.NONE),
        ({"command": Command.VIDEO, "text": "o:1"}, Past.MADE),
        ({"command": Command.CREDITS}, Past.NONE),
        ({"text": "my videos"}, Past.VIDEOS),
        ({"text": "undo"}, Past.CHANGES),
        ({"text": "again but slower"}, Past.MADE),
        ({"text": "make it slower"}, Past.NONE),
        ({"text": ""}, Past.NONE),
    ],
)
def test_no_more_is_looked_up_than_the_words_need(more: dict[str, object], past: Past) -> None:
    inbound = Inbound(id="m1", user="7", address=Address("telegram", "7"), **more)  # type: ignore[arg-type]
    assert looked_at(inbound) is past
