"""Who pays for a request: the choice between the user's own token, a free one, and the operator's
(D1-D5)."""

from dataclasses import dataclass, replace

from core.domain.requests import Account, Payer
from core.domain.spans import DAY
from core.messages import Address
from core.settings import Service

GRANT_LIFE = 7 * DAY
"""A free token's life, and the window of its quotas (docs/backend.md 4.1)."""
FREE_GRANTS = 10
"""Free tokens that one server address is given in that window."""
LOCAL = "console"
"""The platform whose only user is the operator."""
CLOSED = DAY
"""How long nobody is asked for after a refusal, where no grant of ours is known to count from
(D3)."""


@dataclass(frozen=True, slots=True)
class PaymentOptions:
    """What can pay: the operator's token as it is set, our grants of the last seven days, a refusal
    in force."""

    service: Service
    grants: tuple[float, ...] = ()
    closed_until: float = 0.0

    @property
    def operator(self) -> bool:
        """Whether the operator has set a token."""
        return self.service.nemo_token is not None


@dataclass(frozen=True, slots=True)
class Pays:
    """This one pays, with a token that is there."""

    payer: Payer


@dataclass(frozen=True, slots=True)
class AskForToken:
    """Nobody yet: ask for a free token."""


@dataclass(frozen=True, slots=True)
class NobodyPays:
    """No token can be had before `until` (seconds since the epoch)."""

    until: float


Payment = Pays | AskForToken | NobodyPays


def choose_payer(account: Account, payment_options: PaymentOptions, now: float) -> Payment:
    """The first that fits, in the order of D1: own, operator if alone, stored free token, new one,
    operator, nobody.

    A free token that is gone before its time was forgotten at the user's wish: until then there is
    no other (D3)."""
    if account.own:
        return Pays(Payer.OWN)
    if operator_pays_for_all(payment_options.service):
        return Pays(Payer.OPERATOR)
    if account.token and account.expires > now:
        return Pays(Payer.ANONYMOUS)
    until = max(reopens(payment_options, now), account.expires if not account.token else 0.0)
    if until <= now:
        return AskForToken()
    return Pays(Payer.OPERATOR) if payment_options.operator else NobodyPays(until)


def operator_pays_for_all(settings: Service) -> bool:
    """Whether the operator pays for everybody who has no token of their own."""
    return settings.nemo_token is not None and settings.nemo_token_mode == "sole"  # noqa: S105  (a mode, no token)


def new_account(user: str, client_id: str, granted: float) -> Account:
    """The account of somebody who has none. A free token of theirs that was forgotten (`granted` at
    that time, 0 for none) leaves its time: until then no other can be had, and asking would close
    the door for all (D3)."""
    expires = granted + GRANT_LIFE if granted else 0.0
    return Account(user, client_id, granted=granted, expires=expires)


def with_local_client(account: Account, address: Address, client_id: str) -> Account:
    """The account under the client id that the operator has set for their own local use, and for no
    other (D2)."""
    return (
        replace(account, client_id=client_id)
        if client_id and address.platform == LOCAL
        else account
    )


def reopens(payment_options: PaymentOptions, now: float) -> float:
    """When a free token may be asked for again; not after `now` means at once."""
    full = len(payment_options.grants) >= FREE_GRANTS
    quota = payment_options.grants[0] + GRANT_LIFE if full else 0.0
    return max(quota, payment_options.closed_until)


def closed_after_refusal(payment_options: PaymentOptions, now: float) -> float:
    """Until when nobody is asked for after a 429 on the token call: it is the quota, not a hiccup
    (D3)."""
    return payment_options.grants[0] + GRANT_LIFE if payment_options.grants else now + CLOSED
