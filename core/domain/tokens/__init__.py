"""Tokens of the video service: whose pays for a request, when a free one is asked for, and those
that people paste into their words."""

from core.domain.tokens.accounts import (
    FREE_GRANTS,
    GRANT_LIFE,
    AskForToken,
    NobodyPays,
    PaymentOptions,
    Pays,
    choose_payer,
    closed_after_refusal,
    new_account,
    operator_pays_for_all,
    with_local_client,
)
from core.domain.tokens.pasted import (
    STARS,
    TYPED_LOGIN,
    token_in,
    token_sealed,
    without_tokens,
    without_tokens_json,
)

__all__ = [
    "FREE_GRANTS",
    "GRANT_LIFE",
    "STARS",
    "TYPED_LOGIN",
    "AskForToken",
    "NobodyPays",
    "PaymentOptions",
    "Pays",
    "choose_payer",
    "closed_after_refusal",
    "new_account",
    "operator_pays_for_all",
    "token_in",
    "token_sealed",
    "with_local_client",
    "without_tokens",
    "without_tokens_json",
]
