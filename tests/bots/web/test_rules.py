"""What the page may be asked, by whom, and how often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.web import rules
from bots.web.settings import loopback
from core.i18n import LANGUAGES

COOKIE = "A-_" + "x" * 40


@pytest.mark.parametrize(
    ("host", "guarded", "allowed"),
    [
        ("127.0.0.1:8080", False, True),
        ("localhost", False, True),
        ("[::1]:8080", False, True),
        ("127.0.0.2:8080", False, True),
        ("localhost.:8080", False, False),
        ("0.0.0.0:8080", False, False),
        ("127.0.0.1.evil.example:8080", False, False),
        ("evil.example", False, False),
        ("localhost:8080:1", False, False),
        ("", False, False),
        ("videos.example", True, True),
        ("", True, False),
    ],
)
def test_only_names_of_this_machine_are_answered_unless_a_token_guards(
    host: str, guarded: bool, allowed: bool
) -> None:
    assert rules.host_allowed(host, guarded=guarded) is allowed


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("http://127.0.0.1:8080", True),
        ("https://127.0.0.1:8080", True),
        ("http://127.0.0.1:8081", False),
        ("http://localhost:8080", False),
        ("ftp://127.0.0.1:8080", False),
        ("null", False),
        ("", False),
        ("http://é", False),
        ("http://[", False),
    ],
)
def test_only_the_page_itself_sends(origin: str, same: bool) -> None:
    assert rules.same_origin(origin, "127.0.0.1:8080") is same
    assert not rules.same_origin(origin, "")


def test_a_visitor_is_told_by_what_only_their_browser_knows() -> None:
    user = rules.user_of(COOKIE)
    assert len(user) == 32
    assert user != rules.user_of(COOKIE[:-1] + "y")
    assert COOKIE not in user
    assert [rules.user_of(it) for it in ("", "short", f"{COOKIE}x", "é" * 43)] == [""] * 4


def test_what_opens_the_page_is_not_the_token_itself() -> None:
    assert rules.alike(rules.pass_of("a"), rules.pass_of("a"))
    assert not rules.alike(rules.pass_of("a"), rules.pass_of("b"))
    assert not rules.alike("\ud800", "a")


def test_who_sends_too_much_waits_and_may_go_on() -> None:
    bucket, waits = rules.Bucket(2.0, 100.0), []
    for now in (100.0, 100.0, 100.0, 104.0, 103.0):
        bucket, wait = bucket.take(now, most=2.0, each=4.0)
        waits.append(wait)
    assert waits == [0.0, 0.0, 4.0, 0.0, 4.0]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("tlh, fr;q=0.3, es;q=0.7", "es"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("en-XX-x-anything", "en"),
        ("pt", "pt-BR"),
        ("de;q=0, ja", "ja"),
        ("de;q=much", "de"),
        ("*, ;;", "en"),
    ],
)
def test_the_first_language_that_a_browser_asks_for_and_we_speak(
    accepted: str, language: str
) -> None:
    assert rules.preferred(accepted) == language


@given(st.text(max_size=60))
def test_whatever_a_header_says_nothing_breaks(said: str) -> None:
    rules.host_allowed(said, guarded=False)
    rules.same_origin(said, said)
    rules.user_of(said)
    assert rules.preferred(said) in LANGUAGES


def test_a_language_is_one_of_ours_or_none() -> None:
    assert [rules.known(it) for it in ("ar", "xx", None, 7)] == ["ar", "", "", ""]


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_what_only_this_machine_reaches(host: str, own: bool) -> None:
    assert loopback(host) is own
