"""What the page in the browser reads from the environment."""

from ipaddress import ip_address

from core.settings import Environment, FromEnvironment, Token, WrongSetting, checks, read, variable

SHORTEST = 16
"""Signs of a WEB_TOKEN: a shorter one could be guessed."""


class Settings(FromEnvironment):
    """The page's variables."""

    web_port: int = variable(
        default=8080,
        ge=0,
        le=65535,
        description="Port of the page; 0: any free one",
        examples=["8080"],
    )
    web_host: str = variable(
        default="127.0.0.1",
        description="Where the page listens; anything but this machine only with WEB_TOKEN",
        examples=["127.0.0.1"],
    )
    web_token: Token = variable(
        default=None,
        description="Who opens the page with ?token=… may use it; needed where others reach it",
        examples=["a-long-sentence-of-your-own"],
    )

    @checks("web_token")
    @classmethod
    def _long(cls, value: Token) -> Token:
        if value and len(value.get_secret_value()) < SHORTEST:
            raise ValueError(f"it needs at least {SHORTEST} signs, so that nobody guesses it")
        return value

    @property
    def secret(self) -> str:
        """The token, empty where none is set."""
        return self.web_token.get_secret_value() if self.web_token else ""


def safe(environment: Environment) -> Settings:
    """Those of the environment. Raises WrongSetting, also where strangers would get in."""
    settings = read(Settings, environment)
    if not loopback(settings.web_host) and not settings.secret:
        raise WrongSetting(
            "WEB_HOST cannot be used without WEB_TOKEN: whoever reaches this machine could make"
            " videos. Example: WEB_TOKEN=a-long-sentence-of-your-own"
        )
    return settings


def loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
