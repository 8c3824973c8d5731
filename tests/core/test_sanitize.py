"""Words that deceive, ring or break are made harmless; all others stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sanitize import NAME_LIMIT, STOP, name, posted, words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("make it 15 seconds\nplease\t!", "make it 15 seconds\nplease\t!"),
        ("做成 10 秒的视频 👨‍👩‍👧 👍🏽", "做成 10 秒的视频 👨‍👩‍👧 👍🏽"),
        ("می‌خواهم", "می‌خواهم"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("un\u200bseen\ufeff", "unseen"),
        ("half \ud83d of an emoji", "half  of an emoji"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ],
)
def test_words_keep_all_that_can_be_seen(said: str, kept: str) -> None:
    assert words(said) == kept


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("IMG_0001.HEIC", "IMG_0001.HEIC"),
        ("照片 1.jpg", "照片 1.jpg"),
        ("cat\u202egpj.exe", "cat gpj.exe"),
        ("a\nb\tc.jpg", "a b c.jpg"),
        ("\u200f\u200d", ""),
        ("x" * 56 + ".jpg", "x" * 56 + ".jpg"),
        ("x" * 300 + ".jpg", "x" * 40 + "…" + "x" * 15 + ".jpg"),
    ],
)
def test_a_name_is_one_line_with_its_ending_in_sight(given_name: str, shown: str) -> None:
    assert name(given_name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hello @everyone", f"hello @{STOP}everyone"),
        ("<@123> <@!123> <@&9>", f"<@{STOP}123> <@{STOP}!123> <@{STOP}&9>"),
        ("@小明 你好", f"@{STOP}小明 你好"),
        ("at 5 @ noon", "at 5 @ noon"),
        ("[click](https://evil.example)", f"[click]{STOP}(https://evil.example)"),
        ("https://x.example/@user?m=@you here", "https://x.example/@user?m=@you here"),
        ("a\u202eb", "ab"),
    ],
)
def test_posted_words_ring_nobody_and_hide_no_link(text: str, shown: str) -> None:
    assert posted(text) == shown


@given(st.text(st.characters()))
def test_any_text_can_be_stored_and_is_settled_at_once(text: str) -> None:
    once = words(text)
    once.encode()
    assert words(once) == once
    name(text).encode()
    assert len(name(text)) <= NAME_LIMIT
    assert not set(once) & {"\u202e", "\x00", "\r"}
