"""What the Telegram adapter reads from the environment."""

import hashlib
import re

from core.net import checked_address
from core.settings import FromEnvironment, WebAddress, checks, variable
from core.variables import SecretStr


class Settings(FromEnvironment):
    """Telegram's variables; without a token there is no Telegram."""

    telegram_bot_token: SecretStr | None = variable(
        default=None,
        description="The token @BotFather gave you; empty: no Telegram",
        examples=["123456789:AA…"],
    )
    telegram_api_url: WebAddress = variable(
        default="https://api.telegram.org",
        description="The Bot API server; your own one lifts the 20 MB and 50 MB limits",
        examples=["http://127.0.0.1:8081"],
    )
    telegram_local_mode: bool = variable(
        default=False,
        description="1: TELEGRAM_API_URL is a server of your own, run with --local; its files are "
        "read from disk",
        examples=["1"],
    )
    telegram_webhook_url: str = variable(
        default="",
        description="Public https address to be told of messages at; empty: the bot asks for them "
        "(long polling)",
        examples=["https://bot.example.com/telegram"],
    )
    telegram_webhook_secret: SecretStr | None = variable(
        default=None,
        description="Word that proves that a webhook call comes from Telegram; "
        "empty: made from the token",
        examples=["a-long_Random-word"],
    )
    telegram_webhook_host: str = variable(
        default="127.0.0.1",
        description="Where the webhook listens: a proxy on this machine; "
        "0.0.0.0 where the platform's "
        "router calls in",
        examples=["0.0.0.0"],  # noqa: S104 - named, not chosen
    )
    port: int = variable(
        default=8080, ge=0, le=65535, description="Port the webhook listens on", examples=["8080"]
    )

    @checks("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
            raise ValueError(
                "it must look like the token from @BotFather, a number, a colon and letters"
            )
        return value

    @checks("telegram_webhook_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not re.match(r"https://[^/:]+(:(443|80|88|8443))?(/|$)", value):
            raise ValueError("Telegram calls only https:// addresses, on port 443, 80, 88 or 8443")
        if value:
            checked_address(value.partition("?")[0])
        return value

    @checks("telegram_webhook_secret")
    @classmethod
    def _word(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("only letters, digits, _ and - are allowed, 256 at most")
        return value

    @property
    def token(self) -> str:
        """The token in the clear; empty without one."""
        return self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""

    @property
    def webhook_secret(self) -> str:
        """The operator's word, else one that stays the same as long as the token does."""
        if self.telegram_webhook_secret:
            return self.telegram_webhook_secret.get_secret_value()
        return hashlib.sha256(f"webhook {self.token}".encode()).hexdigest()
