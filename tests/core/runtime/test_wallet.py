"""Whose token goes out with a request, and that nobody sees it on the way."""

import asyncio
from typing import Any

import pytest

from core.domain.requests import Account, Payer
from core.nemo.client import Backend
from core.nemo.wire import Attribution, Call
from core.runtime.steps.context import Wallet
from core.variables import SecretStr
from core.vault import Vault, WrongKey

VAULT = Vault([b"k" * 32])
ACCOUNT = Account("u", "client", token=VAULT.seal("nmv_usr_free"), own=VAULT.seal("nmv_usr_own"))
OPERATOR = SecretStr("nmv_usr_operator")


@pytest.mark.parametrize(
    ("payer", "token"),
    [
        (Payer.OWN, "nmv_usr_own"),
        (Payer.ANONYMOUS, "nmv_usr_free"),
        (Payer.OPERATOR, "nmv_usr_operator"),
        (None, "nmv_usr_free"),
    ],
)
def test_each_payer_has_a_token(payer: Payer | None, token: str) -> None:
    assert Wallet(ACCOUNT, VAULT, OPERATOR).token(payer) == token


@pytest.mark.parametrize("payer", [Payer.OWN, Payer.ANONYMOUS, Payer.OPERATOR, None])
def test_what_is_not_there_pays_nothing(payer: Payer | None) -> None:
    assert Wallet(Account("u", "client"), VAULT).token(payer) == ""


def test_a_token_under_another_key_is_not_taken_for_none() -> None:
    with pytest.raises(WrongKey):
        Wallet(ACCOUNT, Vault([b"x" * 32])).token(Payer.OWN)


class Line:
    """Keeps the calls that it is given."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def send(self, call: Call) -> dict[str, Any]:
        self.calls.append(call)
        return {"code": 0, "data": {"available": 7}}


def test_every_call_carries_the_token_and_who_we_are_and_shows_neither() -> None:
    line = Line()
    anybody = Backend(line, Attribution("slug", "1.0.0", "place"))  # type: ignore[arg-type]
    backend = anybody.with_token("nmv_usr_own")
    assert asyncio.run(backend.credits()).available == 7
    headers = dict(line.calls[0].headers)
    assert headers["Authorization"] == "Bearer nmv_usr_own"
    assert headers["X-Skill-Source"] == "slug"
    assert "nmv_usr" not in f"{backend!r} {Wallet(ACCOUNT, VAULT, OPERATOR)!r}"
