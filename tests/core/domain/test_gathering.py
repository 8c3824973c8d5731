"""A pile keeps the order of sending, every caption once, and closes when it should."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.gathering import (
    Bundle,
    closes_at,
    files_not_in,
    is_apart,
    is_complete,
    with_message,
)
from core.domain.gathering.bundle import CAP, FULL
from core.messages import Address, Attachment, Command, Inbound, Ticket
from tests import messages

NOW = 1_800_000_000.0


def inbound(order: int, words: str = "", photos: int = 1, addressed: bool = True) -> Inbound:
    files = tuple(Attachment(f"f:{order}.{n}") for n in range(photos))
    return messages.said(
        f"m{order}",
        "u",
        Address("fake", "c"),
        words,
        files,
        album="album",
        order=order,
        heard="direct" if addressed else "overheard",
    )


def piled(*messages: Inbound) -> Bundle:
    bundle = Bundle()
    for message in messages:
        bundle = with_message(bundle, message, NOW)
    return bundle


@given(st.permutations([inbound(n, f"caption {n}") for n in range(5)]))
def test_the_order_is_that_of_sending_however_they_arrive(messages: list[Inbound]) -> None:
    bundle = piled(*messages)
    assert [file.ref for file in bundle.files] == [f"f:{n}.0" for n in range(5)]
    assert bundle.words == "\n".join(f"caption {n}" for n in range(5))


def test_the_same_caption_on_every_item_is_said_once() -> None:
    assert piled(inbound(1, "a trip"), inbound(2, "a trip"), inbound(3)).words == "a trip"


def test_a_mention_on_any_item_addresses_the_whole() -> None:
    assert not piled(inbound(1, addressed=False), inbound(2, addressed=False)).addressed
    assert piled(inbound(1, addressed=False), inbound(2, addressed=True)).addressed


def test_each_photo_pushes_the_closing_but_not_for_ever() -> None:
    bundle = piled(inbound(1))
    assert closes_at(bundle, NOW + 1, 1.2) == NOW + 2.2
    assert closes_at(bundle, NOW + 5.5, 1.2) == NOW + CAP * 1.2


def test_a_full_pile_closes_at_once() -> None:
    assert closes_at(piled(inbound(1, photos=FULL)), NOW, 1.2) == NOW
    assert closes_at(piled(inbound(1, photos=FULL - 1)), NOW, 1.2) > NOW


ONE, TWO = (Attachment("f:1"),), (Attachment("f:1"), Attachment("f:2"))
LINE = Ticket("t", NOW + 900)


def alone(words: str, files: tuple[Attachment, ...] = (), **more: Any) -> Inbound:
    return messages.said("m1", "u", Address("fake", "c"), words, files, order=1, **more)


def by_command(words: str, files: tuple[Attachment, ...] = (), **more: Any) -> Inbound:
    return messages.called("m1", "u", Address("fake", "c"), Command.VIDEO, words, files, **more)


def by_button(words: str) -> Inbound:
    return messages.pressed("m1", "u", Address("fake", "c"), Command.VIDEO, words)


@pytest.mark.parametrize(
    ("before", "said", "photos_wait", "whole"),
    [
        ((), alone("a clip", ONE), False, True),
        ((), alone("a clip", ONE, album="a"), False, False),  # the others are on their way
        ((), alone("", ONE), False, False),  # its words may be
        ((), alone("a clip"), True, False),  # its photo may be
        ((), alone("a clip", TWO), False, False),
        ((inbound(9),), alone("a clip", ONE), False, False),  # one after the other
        ((alone("look:"),), alone("a clip", ONE), False, False),
        ((alone("", ONE),), alone("a clip"), False, False),
        ((), by_command("a clip", ONE), False, True),
        ((), by_command("a clip", ticket=LINE), False, True),
        ((), by_command("a clip"), False, False),  # typed, with the photo to follow
        ((), by_command("a clip"), True, True),
        ((alone("", TWO),), by_command("a clip"), False, True),
        ((inbound(9),), by_command("a clip"), True, False),
        ((), by_button("s0"), False, True),
        ((alone("", TWO),), by_button("s0"), False, True),
        ((inbound(9),), by_button("s0"), False, False),
    ],
)
def test_what_is_complete_waits_for_nothing_more(
    before: tuple[Inbound, ...], said: Inbound, photos_wait: bool, whole: bool
) -> None:
    assert is_complete(piled(*before, said), said, photos_wait=photos_wait) is whole


WISH = messages.said(
    "m1",
    "u",
    Address("fake", "c"),
    "a clip",
    (Attachment("f:1", bytes=7, width=4, height=3),),
    at=NOW,
)
PHOTO, WORDS = messages.changed(WISH, text=""), messages.changed(WISH, attachments=())
OTHER = (Attachment("f:2", bytes=8, width=4, height=3),)
UNKNOWN = (Attachment("f:3"),)


@pytest.mark.parametrize(
    ("first", "then", "later", "another"),
    [
        (WISH, {"attachments": OTHER}, 3.3, True),
        (WISH, {"attachments": OTHER}, 3.1, False),
        (WISH, {"attachments": OTHER}, -60.0, True),
        (WISH, {"attachments": OTHER, "text": ""}, 59.0, False),
        (WISH, {"attachments": OTHER, "text": ""}, 61.0, True),
        (WISH, {"attachments": ()}, 600.0, False),
        (WISH, {"attachments": OTHER, "at": 0.0}, 0.0, False),
        (messages.changed(WISH, at=0.0), {"attachments": OTHER}, 60.0, False),
        (WISH, {"attachments": OTHER, "text": ""}, 60.0, False),
        (PHOTO, {"attachments": OTHER}, 60.0, False),
        (WORDS, {"attachments": OTHER}, 60.0, False),
        (PHOTO, {"attachments": OTHER, "text": ""}, 61.0, False),
        (messages.changed(WISH, album="a"), {"attachments": OTHER, "album": "a"}, 60.0, False),
        (WISH, {"text": "another clip"}, 60.0, True),
        (WISH, {}, 60.0, False),
        (messages.changed(WISH, attachments=UNKNOWN), {"attachments": UNKNOWN}, 60.0, True),
    ],
)
def test_what_was_said_apart_is_another_request_only_where_both_are_whole(
    first: Inbound, then: dict[str, object], later: float, another: bool
) -> None:
    second = messages.changed(first, **({"at": NOW + later} | then))
    assert is_apart(piled(first), second, 1.2) is another


def test_words_in_between_bring_two_requests_no_closer() -> None:
    bundle = piled(WISH, messages.changed(WORDS, text="hello?", at=NOW + 57))
    assert is_apart(bundle, messages.changed(WISH, attachments=OTHER, at=NOW + 60), 1.2)


def test_who_answers_their_own_photo_has_not_sent_it_twice() -> None:
    photo = Attachment("telegram:1", bytes=1000, width=30, height=20)
    bundle = with_message(Bundle(), messages.changed(inbound(1), attachments=(photo,)), NOW)
    bundle = with_message(
        bundle, messages.changed(inbound(2, "make it move"), album="", attachments=(photo,)), NOW
    )
    assert (bundle.files, bundle.words) == ((photo,), "make it move")
    other = replace(photo, ref="telegram:2", bytes=1001)
    assert files_not_in((photo, other), (replace(photo, ref="telegram:quoted"),)) == (other,)
    unmeasured = Attachment("telegram:3", bytes=1000)
    assert files_not_in((unmeasured,), (replace(unmeasured, ref="telegram:4"),)) == (unmeasured,)


def test_what_is_said_again_goes_into_the_pile_once() -> None:
    twice = piled(
        WISH,
        messages.changed(WISH, id="m2", attachments=(replace(WISH.attachments[0], ref="f:9"),)),
    )
    assert ([file.ref for file in twice.files], twice.words) == (["f:1"], "a clip")
    assert len(piled(WISH, messages.changed(WISH, attachments=OTHER)).files) == 2
    elsewhere = (replace(WISH.attachments[0], ref="f:9"),)
    assert (
        len(piled(WISH, messages.changed(WISH, text="another", attachments=elsewhere)).files) == 2
    )
    assert len(piled(PHOTO, PHOTO).files) == 2, "an album may hold the same picture twice"


@pytest.mark.parametrize(
    ("known", "again", "one"),
    [
        (
            Attachment("f:1", bytes=7, width=4, height=3),
            Attachment("f:2", bytes=7, width=4, height=3),
            True,
        ),
        (
            Attachment("f:1", bytes=7, width=4, height=3),
            Attachment("f:2", bytes=7, width=5, height=3),
            False,
        ),
        (
            Attachment("f:1", bytes=7, width=4, height=3),
            Attachment("f:2", bytes=7, width=4, height=4),
            False,
        ),
        (Attachment("f:1", bytes=7, width=4, height=3), Attachment("f:2", bytes=7), False),
        (Attachment("f:1", bytes=0), Attachment("f:2", bytes=1, width=1, height=1), False),
        (Attachment("f:1"), Attachment("f:2", bytes=1), False),
        (Attachment("f:1", bytes=1), Attachment("f:2", bytes=1, width=1), False),
        (Attachment("f:1", bytes=1), Attachment("f:2", bytes=1, height=1), False),
    ],
)
def test_a_photo_is_known_again_by_its_size_in_every_way(
    known: Attachment, again: Attachment, one: bool
) -> None:
    first = messages.changed(WISH, attachments=(known,))
    assert (len(piled(first, messages.changed(first, attachments=(again,))).files) == 1) is one


def meant(here: bool) -> Inbound:
    return messages.changed(WISH, heard="direct" if here else "overheard")


def test_a_repetition_addresses_the_pile_as_any_item_does() -> None:
    for first in (False, True):
        for again in (False, True):
            bundle = piled(meant(first), meant(again))
            assert bundle.addressed is (first or again)


def test_a_photo_without_words_adds_no_line_and_the_latest_profile_counts() -> None:
    assert piled(PHOTO).lines == ()
    assert piled(WISH, PHOTO).skill == ""
    chosen = with_message(Bundle(), WISH, NOW, "one")
    assert with_message(chosen, messages.changed(PHOTO, album="a"), NOW).skill == "one"
    assert with_message(chosen, PHOTO, NOW, "two").skill == "two"
    assert with_message(piled(WISH), PHOTO, NOW, "two").skill == "two"
