"""A pile keeps the order of sending, every caption once, and closes when it should."""

from hypothesis import given
from hypothesis import strategies as st

from core.gathering import CAP, FULL, Pile, closes, join
from core.messages import Address, Attachment, Inbound

NOW = 1_800_000_000.0


def inbound(order: int, words: str = "", photos: int = 1, addressed: bool = True) -> Inbound:
    files = tuple(Attachment(f"f:{order}.{n}") for n in range(photos))
    return Inbound(f"m{order}", "u", Address("fake", "c"), words, files, "album", order, addressed=addressed)


def piled(*messages: Inbound) -> Pile:
    pile = Pile()
    for message in messages:
        pile = join(pile, message, NOW)
    return pile


@given(st.permutations([inbound(n, f"caption {n}") for n in range(5)]))
def test_the_order_is_that_of_sending_however_they_arrive(messages: list[Inbound]) -> None:
    pile = piled(*messages)
    assert [file.ref for file in pile.files] == [f"f:{n}.0" for n in range(5)]
    assert pile.words == "\n".join(f"caption {n}" for n in range(5))


def test_the_same_caption_on_every_item_is_said_once() -> None:
    assert piled(inbound(1, "a trip"), inbound(2, "a trip"), inbound(3)).words == "a trip"


def test_a_mention_on_any_item_addresses_the_whole() -> None:
    assert not piled(inbound(1, addressed=False), inbound(2, addressed=False)).addressed
    assert piled(inbound(1, addressed=False), inbound(2, addressed=True)).addressed


def test_each_photo_pushes_the_closing_but_not_for_ever() -> None:
    pile = piled(inbound(1))
    assert closes(pile, NOW + 1, 1.2) == NOW + 2.2
    assert closes(pile, NOW + 5.5, 1.2) == NOW + CAP * 1.2


def test_a_full_pile_closes_at_once() -> None:
    assert closes(piled(inbound(1, photos=FULL)), NOW, 1.2) == NOW
    assert closes(piled(inbound(1, photos=FULL - 1)), NOW, 1.2) > NOW
