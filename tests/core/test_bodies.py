"""Records as JSON: they are read as they were written, also by an earlier version."""

from typing import get_args

import pytest

from core.adapter import Posted
from core.bodies import Body, Unreadable
from core.messages import (
    RINGING,
    Address,
    Announcement,
    Attachment,
    Button,
    Called,
    Card,
    Command,
    Document,
    Gallery,
    Happened,
    Manner,
    Media,
    Outbound,
    Recipient,
    Single,
    Status,
    Subject,
    Ticket,
    Toast,
    Video,
    Words,
)

MESSAGE = Body[Outbound](Outbound, media=get_args(Media), manner=get_args(Manner))
HAPPENED = Body[Called](Called)
TO = Recipient(Address("telegram", "1"), "u", ticket=Ticket("v", 9.5, "sealed"))
WORDS = Words("é", ((Button("Go", Command.CONFIRM, 7),),))
BARE = '{"to":{"address":{"platform":"t","chat":"1"}},"words":{"text":"x"}'


@pytest.mark.parametrize(
    "message",
    [
        Outbound(TO, WORDS),
        *(
            Outbound(TO, WORDS, media, about=Subject(7, last=True))
            for media in (Video("u"), Document("{}"), Gallery(), Gallery(("a",), photos=(None,)))
        ),
        *(
            Outbound(TO, WORDS, manner=manner)
            for manner in (
                Single(True), Announcement("k"), Status("s"), Toast(),
                Status("s", card=Card("p", photo=Attachment("r", bytes=3))),
            )
        ),
    ],
)  # fmt: skip
def test_a_message_is_read_as_it_was_written(message: Outbound) -> None:
    assert MESSAGE.read(MESSAGE.text(message)) == message


@pytest.mark.parametrize(
    ("more", "media", "manner"),
    [
        ("}", None, RINGING),
        (',"gone":[1]}', None, RINGING),
        (',"media":{"url":"u","seconds":3}}', Video("u", seconds=3.0), RINGING),
        (',"media":{"text":"{}"},"manner":{}}', Document("{}"), Toast()),
        (',"media":{"of":["a"],"gone":1}}', Gallery(("a",)), RINGING),
        (',"media":null,"manner":{"silent":1}}', None, Single(True)),
        (',"manner":{"key":"k"}}', None, Announcement("k")),
        (',"manner":{"slot":"s","gone":1}}', None, Status("s")),
    ],
)
def test_a_message_of_another_version_is_told_by_what_it_holds(
    more: str, media: Media | None, manner: Manner
) -> None:
    found = MESSAGE.read(BARE + more)
    assert (found.media, found.manner) == (media, manner)


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "7", "{}", '{"words":{"text":"x"}}', BARE, BARE + ',"manner":null}',
     BARE + ',"manner":{"slot":[]}}', BARE + ',"media":7}', BARE + ',"about":{"job":"x"}}'],
)  # fmt: skip
def test_what_is_no_such_record_is_said_to_be_none(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        MESSAGE.read(body)


def test_one_record_among_several_kinds_of_what_happens_is_itself() -> None:
    called = Called(Command.VIDEO, "x", (Attachment("r"),))
    whole = Body[tuple[Called]](tuple[Called])
    assert HAPPENED.read(HAPPENED.text(called)) == called
    assert whole.read(whole.text((called,))) == (called,)
    assert Called in get_args(Happened)


def test_what_an_adapter_says_of_a_message_is_kept_as_its_id() -> None:
    replying = Outbound(Recipient(Address("telegram", "1"), reply_to=Posted("7", "clip")), WORDS)
    assert MESSAGE.read(MESSAGE.text(replying)) == replying


def test_what_no_record_holds_is_refused_before_it_is_on_disk() -> None:
    with pytest.raises(ValueError, match="object"):
        Body[object](object).text(object())


def test_what_is_no_text_is_refused_before_it_is_on_disk() -> None:
    with pytest.raises(ValueError, match=r"."):
        HAPPENED.text(Called(Command.VIDEO, "\ud83d"))


def test_what_cannot_be_read_says_where_and_nothing_of_what_stands_there() -> None:
    written = BARE.replace('"chat":"1"', '"chat":["secret"]') + "}"
    with pytest.raises(Unreadable) as raised:
        MESSAGE.read(written)
    assert raised.value.field == "$.to.address.chat"
    with pytest.raises(Unreadable) as raised:
        MESSAGE.read("secret")
    assert raised.value.field == ""
