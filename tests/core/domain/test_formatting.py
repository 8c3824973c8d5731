"""The Markdown of a language model becomes plain words and what of them is set apart; what only
looks like it stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import sanitize
from core.domain.formatting import Rich, clipped, joined, posted, read_markdown, replaced
from core.domain.formatting.markdown import LONGEST
from core.messages import Span, Style

BOLD, ITALIC, STRUCK, CODE, BLOCK, QUOTE = Style

ROWS: tuple[tuple[str, str, tuple[tuple[Style, str], ...]], ...] = (
    ("### All done!\n\n**Video**: *smooth* motion.", "All done!\n\nVideo: smooth motion.",
     ((BOLD, "All done!"), (BOLD, "Video"), (ITALIC, "smooth"))),
    ("| Track | What |\n|---|---|\n| 1 | photo |\n| 2 |  |", "Track · What\n1 · photo\n2",
     ((BOLD, "Track · What"),)),
    ("1. **Zoom** in\n2. `BGM` added\n\n---\nAnything else?",
     "1. Zoom in\n2. BGM added\n\nAnything else?", ((BOLD, "Zoom"), (CODE, "BGM"))),
    ("- a\n- b\n  - c\n    d\n\n* e\n+ f\n7) g", "• a\n• b\n  • c\n    d\n\n• e\n+ f\n7) g", ()),
    ("> a *b*\n> c\n\nd", "a b\nc\n\nd", ((ITALIC, "b"), (QUOTE, "a b\nc"))),
    ("> a\n>\n> b", "a\n\nb", ((QUOTE, "a\n\nb"),)),
    ("```py\nx = `1`\n\ny\n```\n~~old~~", "x = `1`\n\ny\nold",
     ((BLOCK, "x = `1`\n\ny"), (STRUCK, "old"))),
    ("Heading\n---\nthe end\n***", "Heading\nthe end", ()),
    ("***both*** and __bold__ and _italic_", "both and bold and italic",
     ((BOLD, "both"), (ITALIC, "both"), (BOLD, "bold"), (ITALIC, "italic"))),
    # links stand behind their words
    ("see [the sea](https://e.com/a_b_c) there", "see the sea (https://e.com/a_b_c) there", ()),
    ("[https://e.com](https://e.com) <https://a.b>", "https://e.com https://a.b", ()),
    ("[](https://e.com) ![view](https://e.com/v.png)",
     "https://e.com view (https://e.com/v.png)", ()),
    ("[mail](mailto:a@b.c) **https://c.d/e_f_g**", "mail https://c.d/e_f_g",
     ((BOLD, "https://c.d/e_f_g"),)),
    ("https://c.d/e*f*g_h_ and `https://x`", "https://c.d/e*f*g_h_ and https://x",
     ((CODE, "https://x"),)),
    # where the standard is too strict for Chinese
    ("**时长：**10秒，**“标题”**已添加，已**添加**了，*斜体*字",
     "时长：10秒，“标题”已添加，已添加了，斜体字",
     ((BOLD, "时长："), (BOLD, "“标题”"), (BOLD, "添加"), (ITALIC, "斜体"))),
    ("**Video:**10s, un**believ**able", "Video:10s, unbelievable",
     ((BOLD, "Video:"), (BOLD, "believ"))),
    ("مرحبا **بالعالم** 🎬 **👍**", "مرحبا بالعالم 🎬 👍", ((BOLD, "بالعالم"), (BOLD, "👍"))),
    # what only looks like it
    ("snake_case, 2*3*4, 2**3**4, :-) _ __ ` ``", "snake_case, 2*3*4, 2**3**4, :-) _ __ ` ``", ()),
    (r"(*_*) ¯\_(ツ)_/¯ <3", r"(*_*) ¯\_(ツ)_/¯ <3", ()),
    ("<b>x</b> &amp; #tag -5", "<b>x</b> &amp; #tag -5", ()),
    ("5*, 4* hotels, **** secret **, a *", "5*, 4* hotels, **** secret **, a *", ()),
    ("unclosed **bold and `code", "unclosed **bold and `code", ()),
    (r"2\*3 and snake\_case", "2*3 and snake_case", ()),
    ("    four spaces\n\tand a tab", "four spaces\nand a tab", ()),
    ("2024. A good year\n1.", "2024. A good year\n1.", ()),
    ("Line one  \nLine two", "Line one\nLine two", ()),
    ("a ` ` b\n```\n```\nend", "a   b\nend", ()),
    ("before\n\n>\n\nafter", "before\n\nafter", ()),
    (">", "", ()),
    ("", "", ()),
    ("\n\n", "", ()),
    ("a::b :// x", "a::b :// x", ()),
)  # fmt: skip


@pytest.mark.parametrize(("source", "text", "apart"), ROWS)
def test_markdown_is_read(source: str, text: str, apart: tuple[tuple[Style, str], ...]) -> None:
    rich = read_markdown(source)

    assert rich.text == text
    found = [(span.style, text[span.start : span.stop]) for span in rich.spans]
    assert sorted(found) == sorted(apart)


def test_beyond_what_is_read_the_words_stay_as_they_are() -> None:
    head, tail = "**a** b\n\n" * 1200, "**the end**"

    rich = read_markdown(head + tail)

    assert len(head) > LONGEST
    assert rich.text.startswith("a b\n\na b")
    assert rich.text.endswith(tail)
    assert read_markdown("x" * (LONGEST + 9) + "**").text == "x" * (LONGEST + 9) + "**"


@given(st.text(alphabet="ab *_`~#>-|[]()\\!1.\n\t:/汉。🎬", max_size=60))
def test_any_words_can_be_read_and_no_letter_is_lost(source: str) -> None:
    rich = read_markdown(source)

    letters = [sign for sign in source if sign in "ab汉🎬"]
    assert (
        [sign for sign in rich.text if sign in "ab汉🎬"] == letters
        or "```" in source
        or "~~~" in source
        or re.search(r"\](?:\(|:)", source)  # a place within a page is no address for anybody
    )
    assert all(0 <= span.start < span.stop <= len(rich.text) for span in rich.spans)


@given(st.text(alphabet=st.characters(categories=["L", "Nd"], max_codepoint=0x2FFF), max_size=40))
def test_words_without_signs_come_back_as_they_were(source: str) -> None:
    assert read_markdown(source) == Rich(source)


def test_parts_are_joined_with_their_spans() -> None:
    rich = joined(["Ready!", "", read_markdown("a **b**"), Rich(), read_markdown("*c*")], "\n\n")

    assert rich == Rich("Ready!\n\na b\n\nc", (Span(10, 11, BOLD), Span(13, 14, ITALIC)))


def test_a_span_that_is_cut_goes_on_in_the_other_part() -> None:
    spans = (Span(0, 2, BOLD), Span(4, 9, CODE))

    assert clipped(spans, 0, 6) == (Span(0, 2, BOLD), Span(4, 6, CODE))
    assert clipped(spans, 6, 12) == (Span(0, 3, CODE),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Span(0, 2, BOLD), Span(0, 2, BOLD)),  # before it
        (Span(2, 4, BOLD), Span(2, 5, BOLD)),  # just what is replaced
        (Span(3, 4, BOLD), Span(2, 5, BOLD)),  # from the middle of it
        (Span(0, 3, BOLD), Span(0, 5, BOLD)),  # to the middle of it
        (Span(4, 6, BOLD), Span(5, 7, BOLD)),  # behind it
    ],
)
def test_spans_follow_their_words_where_some_are_replaced(before: Span, after: Span) -> None:
    rich = replaced(sanitize.RINGS, lambda _: "123", Rich("ab@ cd", (before,)))
    assert rich == Rich("ab@ cd", (before,))

    assert replaced(re.compile("XY"), lambda _: "123", Rich("abXYcd", (before,))) == Rich(
        "ab123cd", (after,)
    )


def test_what_is_replaced_by_nothing_is_set_apart_no_more() -> None:
    rich = Rich("aXb", (Span(1, 2, BOLD), Span(2, 3, CODE)))
    assert replaced(re.compile("X"), lambda _: "", rich) == Rich("ab", (Span(1, 2, CODE),))


def test_nobody_is_named_by_words_that_are_set_apart() -> None:
    rich = read_markdown("hi @**everyone**\r\nand **you**")

    found = posted(rich)

    assert found.text == sanitize.posted("hi @everyone\nand you")
    assert [found.text[span.start : span.stop] for span in found.spans] == ["everyone", "you"]
    assert posted(Rich("hi @all")) == Rich(sanitize.posted("hi @all"))
