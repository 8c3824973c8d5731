"""Titles that cannot be shown as they are, and which fonts their letters are drawn with."""

from pathlib import Path

import pytest

from bots.sandbox.standin.answers import noted
from bots.sandbox.standin.lettering import ROOM, legible, shortened
from bots.sandbox.standin.video import fonts
from bots.sandbox.standin.wishes import Wishes


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Our Summer 2026", "NotoSansSC-Regular.otf"),
        ("海边的夏天", "NotoSansSC-Regular.otf"),
        ("ことしの夏", "NotoSansSC-Regular.otf"),
        ("Лето на море", "NotoSansSC-Regular.otf"),
        ("여름 방학 2026", "NotoSansKR-Regular.otf"),
        ("हमारी छुट्टियाँ", "NotoSansDevanagari-Variable.ttf"),
        ("صيفنا الجميل", "NotoSansArabic-Variable.ttf"),
    ],
)
def test_a_line_is_set_in_one_font_that_has_all_of_it(words: str, name: str) -> None:
    assert fonts.drawable(words) == words
    assert [(run.words, Path(run.path).name) for run in fonts.runs(words)] == [(words, name)]


def test_a_line_in_two_scripts_is_set_in_two_fonts_in_the_order_it_is_read() -> None:
    assert [run.words for run in fonts.runs("여름 हमारी")] == ["여름 ", "हमारी"]
    assert [run.words for run in fonts.runs("صيفنا 여름")] == ["여름", "صيفنا "]


@pytest.mark.parametrize(
    ("words", "kept", "lost"),
    [
        ("Sun and \U0001f3d6 fun", "Sun and fun", ("\U0001f3d6",)),
        ("\U0001f984", "", ("\U0001f984",)),
        ("  a   b ", "a b", ()),
        (
            "us \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "us",
            ("\U0001f468\u200d\U0001f469\u200d\U0001f467",),
        ),
        (
            "\U0001f44b\U0001f3fd hi \U0001f1e9\U0001f1ea",
            "hi",
            ("\U0001f44b\U0001f3fd", "\U0001f1e9\U0001f1ea"),
        ),
        ("\U0001f984\U0001f984", "", ("\U0001f984",)),
        ("❤\ufe0f", "❤", ()),
    ],
)
def test_signs_that_no_font_has_are_left_out_whole(
    words: str, kept: str, lost: tuple[str, ...]
) -> None:
    assert fonts.drawable(words) == kept
    assert fonts.lost(words) == lost


def test_an_accented_letter_is_never_put_together_of_others() -> None:
    assert {Path(run.path).name for run in fonts.runs("İstanbul")} != {"NotoSansSC-Regular.otf"}


@pytest.mark.parametrize(
    "words",
    [
        "Summer",
        "x" * ROOM,
        "夏" * (ROOM // 2),
        "one two three " * 30,
        "夏" * 120,
        "x" * 130,
        "हमारी " * 40,
    ],
)
def test_a_title_is_no_longer_than_the_picture_has_room_for(words: str) -> None:
    short = shortened(words)
    if len(words) <= ROOM // 2:
        assert short == words
    assert sum(2 if letter >= "\u1100" else 1 for letter in short) <= ROOM + 2
    assert short == words or short.endswith("…")
    assert not short.endswith(" …")
    assert words.startswith(short.rstrip("…"))


@pytest.mark.parametrize(
    ("title", "kept", "says"),
    [
        ("Summer", "Summer", ""),
        ("Summer \U0001f3d6", "Summer", "\U0001f3d6"),
        ("\U0001f3d6\U0001f3d6", None, "no title"),
        ("on and on " * 20, "on and on " * 9 + "on and on…", 'ends at "'),
    ],
)
def test_the_person_is_told_what_is_missing(title: str, kept: str | None, says: str) -> None:
    wishes = legible(Wishes(title=title))
    assert wishes.title == kept
    assert says in " ".join(noted(wishes))
    assert bool(noted(wishes)) is bool(says)
    assert all(noted(legible(Wishes("zh", title=title))) for _ in says)
