"""Small decisions of Discord's side: a picture of looks goes along as a file, and a form in which
nothing was chosen changes no word."""

from bots.discord.translate import EDITS, with_edits
from bots.discord.translate.outbound import pieces
from core.messages import Address, Gallery
from tests.outgoing import outgoing

HERE = Address("discord", "1")


def test_a_picture_of_looks_goes_along_with_the_words() -> None:
    looks = Gallery(("Noir", "Dreamy"), alt="two looks", path="/tmp/looks.jpg")
    (piece,) = pieces(outgoing(HERE, "Pick one", looks), "n", attached=False)
    assert (piece.file, piece.alt) == ("/tmp/looks.jpg", "two looks")


def test_what_was_chosen_travels_with_the_words_and_nothing_chosen_leaves_them() -> None:
    nothing = dict.fromkeys(EDITS, "?")
    assert with_edits("slower", nothing) == "slower"
    assert with_edits("slower", nothing | {"length": "10"}).endswith("slower")
    assert with_edits("slower", nothing | {"length": "10"}) != "slower"
