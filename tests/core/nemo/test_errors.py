"""Errors say what happened in the log's words, and say nothing that must stay secret."""

import inspect
from typing import Any

import pytest

from core.nemo import errors
from core.nemo.errors import Busy, Cut, NemoError, TokenRejected

KINDS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, NemoError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_a_nemo_error_with_the_same_attributes(kind: type[NemoError]) -> None:
    error = kind(
        "why",
        endpoint="poll",
        code=7,
        status=200,
        bind="anon_1",
        register_url="https://nemovideo.com/register",
    )

    assert (error.detail, error.endpoint, error.code, error.status) == ("why", "poll", 7, 200)
    assert (error.bind, error.register_url) == ("anon_1", "https://nemovideo.com/register")


def test_an_error_of_which_nothing_is_known_says_nothing() -> None:
    error = NemoError()

    assert (error.detail, error.endpoint, error.bind, error.register_url) == ("", "", "", "")
    assert (error.code, error.status) == (None, None)


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_in_the_tree_of_the_docstring(kind: type[NemoError]) -> None:
    assert kind.__name__ in (NemoError.__doc__ or "")
    assert kind.__doc__


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (
            TokenRejected,
            {"detail": "bad", "endpoint": "state", "code": 1001, "status": 200},
            "state: code 1001, HTTP 200, bad",
        ),
        (TokenRejected, {"endpoint": "state", "status": 401}, "state: HTTP 401"),
        (TokenRejected, {"endpoint": "state", "code": 0}, "state: code 0"),
        (Cut, {"endpoint": "turn"}, "turn: Cut"),
        (Busy, {}, "call: Busy"),
    ],
)
def test_the_text_names_call_number_and_status(
    kind: type[NemoError], said: dict[str, Any], words: str
) -> None:
    assert str(kind(**said)) == words


def test_the_text_leaves_out_who_the_user_is() -> None:
    error = errors.NoCredits(
        "used up", bind="anon_77", register_url="https://nemovideo.com/register?bind=anon_77"
    )

    assert "anon_77" not in str(error) + repr(error)
