"""Who pays, in the order of D1, and when a free token may be asked for."""

from dataclasses import replace

import pytest

from core.domain.requests import Account, Payer
from core.domain.spans import DAY
from core.domain.tokens.accounts import (
    GRANT_LIFE,
    AskForToken,
    NobodyPays,
    Payment,
    PaymentOptions,
    Pays,
    choose_payer,
    closed_after_refusal,
    new_account,
    with_local_client,
)
from core.messages import Address
from core.settings import Service
from core.variables import SecretStr

NOW = 1_800_000_000.0
UNSET = Service()
ALONE = Service(nemo_token=SecretStr("nmv_usr_x"))
BESIDE = replace(ALONE, nemo_token_mode="fallback")
NONE = Account("u", "client")
FREE = Account("u", "client", token="sealed", expires=NOW + 5)
STALE = Account("u", "client", token="sealed", expires=NOW - 5)
FORGOTTEN = Account("u", "client", granted=NOW - DAY, expires=NOW + 6 * DAY)
ENDING = Account("u", "client", token="sealed", expires=NOW)
OVER = Account("u", "client", granted=NOW - 7 * DAY, expires=NOW)
OWN = Account("u", "client", token="sealed", expires=NOW + 5, own="sealed")
FULL = tuple(NOW - DAY * n / 2 for n in range(10, 0, -1))


@pytest.mark.parametrize(
    ("account", "payment_options", "choice"),
    [
        (OWN, PaymentOptions(ALONE), Pays(Payer.OWN)),
        (FREE, PaymentOptions(ALONE), Pays(Payer.OPERATOR)),
        (FREE, PaymentOptions(BESIDE), Pays(Payer.ANONYMOUS)),
        (FREE, PaymentOptions(UNSET), Pays(Payer.ANONYMOUS)),
        (NONE, PaymentOptions(UNSET), AskForToken()),
        (STALE, PaymentOptions(UNSET), AskForToken()),
        (NONE, PaymentOptions(BESIDE), AskForToken()),
        (NONE, PaymentOptions(BESIDE, grants=FULL), Pays(Payer.OPERATOR)),
        (
            NONE,
            PaymentOptions(UNSET, grants=FULL),
            NobodyPays(FULL[0] + GRANT_LIFE),
        ),
        (NONE, PaymentOptions(UNSET, grants=FULL[1:]), AskForToken()),
        (
            NONE,
            PaymentOptions(UNSET, closed_until=NOW + 60),
            NobodyPays(NOW + 60),
        ),
        (NONE, PaymentOptions(UNSET, closed_until=NOW - 60), AskForToken()),
        (FREE, PaymentOptions(UNSET, grants=FULL), Pays(Payer.ANONYMOUS)),
        (FORGOTTEN, PaymentOptions(UNSET), NobodyPays(NOW + 6 * DAY)),
        (FORGOTTEN, PaymentOptions(BESIDE), Pays(Payer.OPERATOR)),
        (ENDING, PaymentOptions(UNSET), AskForToken()),
        (OVER, PaymentOptions(UNSET), AskForToken()),
        (NONE, PaymentOptions(UNSET, closed_until=NOW), AskForToken()),
        (
            FREE,
            PaymentOptions(UNSET, closed_until=NOW + 60),
            Pays(Payer.ANONYMOUS),
        ),
        (
            STALE,
            PaymentOptions(UNSET, closed_until=NOW + 60),
            NobodyPays(NOW + 60),
        ),
    ],
)
def test_the_first_that_fits_pays(
    account: Account, payment_options: PaymentOptions, choice: Payment
) -> None:
    assert choose_payer(account, payment_options, NOW) == choice


def test_after_a_refusal_nobody_asks_until_our_oldest_grant_is_a_week_old() -> None:
    assert closed_after_refusal(PaymentOptions(UNSET, (NOW - DAY, NOW)), NOW) == NOW + 6 * DAY
    assert closed_after_refusal(PaymentOptions(UNSET), NOW) == NOW + DAY


@pytest.mark.parametrize(
    ("platform", "client_id"), [("console", "set-by-the-operator"), ("telegram", "client")]
)
def test_the_operators_client_id_is_for_their_own_terminal_alone(
    platform: str, client_id: str
) -> None:
    assert (
        with_local_client(NONE, Address(platform, "1"), "set-by-the-operator").client_id
        == client_id
    )
    assert with_local_client(NONE, Address(platform, "1"), "").client_id == "client"


def test_who_is_new_may_have_a_free_token_at_once_and_who_was_forgotten_later() -> None:
    assert new_account("u", "id", 0.0) == Account("u", "id")
    assert new_account("u", "id", NOW) == Account("u", "id", granted=NOW, expires=NOW + GRANT_LIFE)
