"""Answers of any length arrive whole: every part fits, nothing is lost, and nothing that belongs
together is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.parts import SLACK, parted, split, units
from core.messages import Address, Button, Document, Form, Outbound, Span, Style, Video
from tests.outgoing import outgoing

HERE = Address("telegram", "1")
LINK = "https://cdn.example/render-result/render_1.mp4"
ROW = ((Button("Export"),),)
FAMILY = "👩‍👩‍👧‍👦"


def every(message: Outbound, text: int = 4096, caption: int = 1024) -> list[Outbound]:
    found: list[Outbound] = []
    rest: Outbound | None = message
    while rest is not None:
        head, left = parted(rest, text, caption)
        found.append(head)
        assert left != rest
        rest = left
    return found


@given(st.text(alphabet=st.sampled_from("ab .\n。😀中\u0301"), max_size=400), st.integers(20, 90))
def test_every_part_fits_and_no_word_is_lost(words: str, limit: int) -> None:
    said, rest = [], words
    while rest:
        head, left = split(rest, limit)
        assert units(head) <= limit
        assert len(left) < len(rest) or not left
        said.append(head)
        rest = left
    assert "".join("".join(said).split()) == "".join(words.split())


@pytest.mark.parametrize(
    ("words", "head", "rest"),
    [
        ("short", "short", ""),
        ("one paragraph\n\nand another one", "one paragraph", "and another one"),
        ("one sentence. and another one", "one sentence.", "and another one"),
        (
            "一句话说完了。再来一句话也说完了。还有一句",
            "一句话说完了。再来一句话也说完了。",
            "还有一句",
        ),
        ("words without any full stop", "words without any", "full stop"),
        ("a" * 25, "a" * 20, "a" * 5),
        ("😀" * 12, "😀" * 10, "😀" * 2),
        ("a" * 15 + FAMILY, "a" * 15, FAMILY),
        ("a" * 17 + "🇩🇪🇫🇷", "a" * 17, "🇩🇪🇫🇷"),
        ("a" * 18 + "👍🏽", "a" * 18, "👍🏽"),
        ("a" * 19 + "e\u0301 and so", "a" * 19, "e\u0301 and so"),
        ("see this https://a.example/b", "see this", "https://a.example/b"),
        ("seethis,https://a.example/b", "seethis,", "https://a.example/b"),
        ("http://a.b " + "c" * 20, "http://a.b " + "c" * 9, "c" * 11),
        ("a\n\nhttp://a.b and more to it", "a\n\nhttp://a.b and", "more to it"),
    ],
)
def test_words_part_where_it_hurts_least(words: str, head: str, rest: str) -> None:
    assert split(words, 20) == (head, rest)


def test_link_and_buttons_go_with_the_last_part() -> None:
    answer = " ".join(f"Sentence {number} about the picture." for number in range(1000))
    words = f"Ready!\n\n{answer}\n\n🔗 {LINK}\n\nWant a change?"
    parts = every(outgoing(HERE, words, buttons=ROW, job=7, last=True, reply_to="5"))
    assert len(parts) > 5
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [LINK in part.text for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.reply_to for part in parts] == ["5"] + [""] * (len(parts) - 1)
    assert " ".join(" ".join(part.text for part in parts).split()) == " ".join(words.split())


@pytest.mark.parametrize("length", range(3600, 4200, 50))
def test_no_last_part_is_without_the_link_it_is_about(length: int) -> None:
    words = "a " * (length // 2) + f"\n\n🔗 {LINK}\n\nWant a change? " + "b " * 100
    assert LINK in every(outgoing(HERE, words))[-1].text


def test_a_video_has_its_headline_under_it_and_the_rest_follows_as_words() -> None:
    words = "Ready!\n\n" + "A word. " * 300 + f"\n\n🔗 {LINK}"
    clip, *rest = every(outgoing(HERE, words, Video(LINK), ROW))
    assert (clip.text, clip.video, clip.buttons) == ("Ready!", Video(LINK), ())
    (more,) = rest
    assert (more.video, more.buttons, more.silent) == (None, ROW, True)
    assert more.text.endswith(LINK)


def test_what_fits_stays_whole() -> None:
    for message in (
        outgoing(HERE, "Ready!", Video(LINK), ROW),
        outgoing(HERE, "a" * (4096 - SLACK), buttons=ROW),
        outgoing(HERE, "a" * (1024 - SLACK), media=Document("{}")),
        outgoing(HERE, "a" * 2000, Video(LINK, form=Form.LINK)),
        outgoing(HERE, "a" * 9000, slot="job-1"),
        outgoing(HERE, "a" * (4096 - SLACK - 5), Video(LINK, form=Form.LINK)),
    ):
        assert parted(message, 4096, 1024) == (message, None)


def test_what_is_set_apart_stays_so_in_every_part() -> None:
    text = "  " + "\n\n".join(f"Paragraph {number} of many words. " * 20 for number in range(20))
    spans = tuple(Span(at, at + 9, Style.BOLD) for at in range(2, len(text) - 9, 100))
    wide = Span(10, len(text) - 10, Style.QUOTE)

    parts = every(outgoing(HERE, text, spans=(wide, *spans)), text=1000)

    assert len(parts) > 5
    bold = [
        part.text[span.start : span.stop]
        for part in parts
        for span in part.spans
        if span.style is Style.BOLD
    ]
    apart = "".join(text[span.start : span.stop] for span in spans)
    assert "".join("".join(bold).split()) == "".join(apart.split())
    assert all(part.spans[0].style is Style.QUOTE for part in parts)
