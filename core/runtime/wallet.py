"""The tokens that can pay for a user's requests, sealed until one is used."""

from dataclasses import dataclass

from pydantic import SecretStr

from core.domain.requests import Account, Payer
from core.vault import Vault


@dataclass(frozen=True, slots=True)
class Wallet:
    """A user's account with the keys to it, and the operator's token, if there is one."""

    account: Account
    vault: Vault
    operator: SecretStr | None = None

    def token(self, payer: Payer | None) -> str:
        """The token of whoever pays, opened; empty where there is none. Raises WrongKey."""
        match payer:
            case Payer.OPERATOR:
                return self.operator.get_secret_value() if self.operator else ""
            case Payer.OWN:
                return self._opened(self.account.own)
            case _:
                return self._opened(self.account.token)

    def _opened(self, sealed: str) -> str:
        return self.vault.open(sealed) if sealed else ""
