"""A token is found wherever it is pasted, however a client has dressed it; words that look alike
are left alone."""

import json

import pytest

from core.domain.tokens import pasted
from core.messages import (
    Amended,
    Attachment,
    Called,
    Command,
    Confided,
    Heard,
    Inbound,
    Pressed,
    Said,
)
from tests.core.domain.test_commands import asks, in_group

TOKEN = "nmv_usr_AbC3dEf-9hIjKlMnOpQrStUvWxYz0123456789_-abc"
BARE = "Zk3bQ9xT7LmN2pR5sV8wYaCdEfGhJkLm"
HEXED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.mark.parametrize(
    ("words", "token"),
    [
        (TOKEN, TOKEN),
        (f"  {TOKEN}\n", TOKEN),
        (f"here is my token {TOKEN}, thanks", TOKEN),
        (f"my token:{TOKEN}.", TOKEN),
        (f'"{TOKEN}"', TOKEN),
        (f"`{TOKEN}`", TOKEN),
        (f"> {TOKEN}\nthat one", TOKEN),
        (f"令牌{TOKEN}请登录", TOKEN),
        (f"https://nemovideo.com/workspace?token={TOKEN}&x=1", TOKEN),
        (f"https://nemovideo.com/?next=%3Ftoken%3D{TOKEN}", TOKEN),
        (f'{{"token":"{TOKEN}"}}', TOKEN),
        (f"Authorization: Bearer {TOKEN}", TOKEN),
        (f"/log_in {TOKEN}", TOKEN),
        (TOKEN.replace("nmv", "Nmv"), TOKEN),
        (TOKEN.replace("_", "\\_"), TOKEN),
        ("nmv_usr__-Ab0123456789", "nmv_usr__-Ab0123456789"),
        ("nmv_usr_abc\u200bdef\u00ad0123456789", "nmv_usr_abcdef0123456789"),
        ("ｎｍｖ＿usr＿abcdef0123456789", "nmv_usr_abcdef0123456789"),
        ("nmv_usr_abc\u20140123456789", "nmv_usr_abc--0123456789"),
        ("nmv_usr_abc\u20130123456789", "nmv_usr_abc--0123456789"),
        ("nmvusrAbCdEf0123456789", "nmv_usr_AbCdEf0123456789"),
        ("nmv-usr-AbCdEf0123456789", "nmv_usr_AbCdEf0123456789"),
        ("nmv_live_0123456789abcdef", "nmv_live_0123456789abcdef"),
        (BARE, BARE),
        (f" `{BARE}` ", BARE),
        (HEXED, HEXED),
        (f"login {BARE[:24]}", BARE[:24]),
        (f"my token is {BARE[:24]}", BARE[:24]),
        (f"登录 {BARE}", BARE),
    ],
)
def test_a_token_is_found(words: str, token: str) -> None:
    assert pasted.token_in(words) == token


@pytest.mark.parametrize(
    "words",
    [
        "", "make it blue", "nmv", "what is an nmv_usr_ token?", "nmv_usr_…", "my nmv_ key",
        "a 10-second video",
        "login", "how do I log in with my token?", "token of love for my grandmother", "登录怎么用",
        "Donaudampfschifffahrtsgesellschaftskapitän", "supercalifragilisticexpialidocious2024",
        "https://example.com/AbCdEf0123456789AbCdEf0123456789.jpg", "IMG_20240101_123456.jpg",
        "12345678901234567890123456789012345", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "make_it_blue_and_longer_than_ten_seconds_please_2", "/language zh",
        "title: HAPPY-BIRTHDAY-GRANDMA-2024-FROM-ALL",
    ],
)  # fmt: skip
def test_words_are_left_alone(words: str) -> None:
    assert pasted.token_in(words) == ""
    assert pasted.token_sealed(asks(None, words), str.upper) == asks(
        None, words
    ) or words.startswith("/l")


def sealed(inbound: Inbound) -> Inbound:
    return pasted.token_sealed(inbound, lambda token: f"sealed {token}")


@pytest.mark.parametrize(
    "words",
    ["/login {}", "/Login {}", "/LOGIN  {}", "/login: {}", "/login={}", "/login@Some_bot {}",
    "/log in {}",
     "/login\n{}", "／login {}", "/ login <{}>", "!login {}", "\\login '{}'"],
)  # fmt: skip
@pytest.mark.parametrize("token", ["nmv_usr_0123456789", "old-style-token"])
def test_login_in_any_spelling_makes_the_command(words: str, token: str) -> None:
    pasted = words.format(token)
    for what, heard in ((Said(pasted), Heard.DIRECT), (Amended(pasted), Heard.OVERHEARD)):
        secret = Confided(f"sealed {token}", by_command=True, heard=heard)
        assert sealed(asks(None, what=what)).happened == secret


def test_login_without_a_token_is_the_command_and_in_an_amendment_nothing() -> None:
    assert sealed(asks(None, "/login")).happened == Called(Command.LOGIN)
    assert sealed(asks(None, what=Amended("/login"))).happened == Amended("")


def test_what_is_said_to_others_is_no_secret_of_ours_and_keeps_no_words() -> None:
    overheard = in_group(None, TOKEN, heard="overheard", album="a")
    assert sealed(overheard) == overheard.worded("")


@pytest.mark.parametrize(
    ("words", "token"),
    [("my-own", "sealed my-own"), ("my\u200b-own", "sealed my-own"),
     (" <nmv_usr_0123456789> please ", "sealed nmv_usr_0123456789"), ("", ""),
     ("two words", ""), ("naïve", ""), ("x" * 513, "")],
)  # fmt: skip
def test_what_stands_behind_the_command_is_the_token_and_what_can_be_none_is_dropped(
    words: str, token: str
) -> None:
    found = sealed(asks(Command.LOGIN, words)).happened
    assert found == (Confided(token, by_command=True) if token else Pressed(Command.LOGIN))


def test_beside_a_token_no_words_are_left_and_all_else_stays() -> None:
    photo = Attachment("fake:1")
    inbound = sealed(in_group(Command.VIDEO, f"{TOKEN} and a lake", attachments=(photo,)))
    secret = Confided(f"sealed {TOKEN}", by_command=False, attachments=(photo,))
    assert inbound == in_group(None, what=secret)


def test_a_sealed_token_is_not_shown_by_chance() -> None:
    assert "sealed" not in repr(sealed(asks(Command.LOGIN, TOKEN)))


def test_stars_take_its_place_in_a_json_text_that_stays_one() -> None:
    stored = {
        "words": f'say "{TOKEN}"\nthen',
        "deep": [{"lines": [f"{TOKEN}\\"]}],
        "at": 1.5,
        "none": None,
    }
    assert json.loads(pasted.without_tokens_json(json.dumps(stored))) == {
        "words": 'say "***"\nthen', "deep": [{"lines": ["***"]}], "at": 1.5, "none": None
    }  # fmt: skip
    assert pasted.without_tokens_json('"日落"') == '"日落"', (
        "as it was written, for who reads the copy"
    )
    assert pasted.without_tokens_json("") == ""
    assert pasted.without_tokens("make it blue") == "make it blue"
