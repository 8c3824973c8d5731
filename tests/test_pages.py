"""How the pages are made from the code: the picture leaves out what follows, and a sentence ends
where it ends."""

from pathlib import Path

import pytest

from tests.pages import Arrows, sentence, told_apart


@pytest.mark.parametrize(
    ("found", "drawn"),
    [
        pytest.param({("a", "b")}, {("a", "b")}, id="one arrow"),
        pytest.param(
            {("a", "b"), ("b", "c"), ("a", "c")}, {("a", "b"), ("b", "c")}, id="a triangle"
        ),
        pytest.param({("a", "b"), ("a", "c")}, {("a", "b"), ("a", "c")}, id="a fork"),
        pytest.param(
            {("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("b", "d")},
            {("a", "b"), ("b", "c"), ("c", "d")},
            id="a chain",
        ),
        pytest.param(
            {("a", "b"), ("b", "a"), ("c", "a"), ("c", "b")},
            {("a", "b"), ("b", "a"), ("c", "b")},
            id="a circle, which is still reached",
        ),
    ],
)
def test_the_picture_leaves_out_the_arrows_that_follow_from_others(
    found: Arrows, drawn: Arrows
) -> None:
    assert told_apart(found) == drawn


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('"""One thing."""', "One thing."),
        ('"""One thing. And more."""', "One thing."),
        (
            '"""One thing over\ntwo lines: 0.5 s.\n\nAnd more.\n"""',
            "One thing over two lines: 0.5 s.",
        ),
        ("x = 1", ""),
    ],
)
def test_a_module_is_listed_by_its_first_sentence(tmp_path: Path, source: str, told: str) -> None:
    file = tmp_path / "module.py"
    file.write_text(source, encoding="utf-8")
    assert sentence(file) == told
