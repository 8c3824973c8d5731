"""What this machine serves, where it keeps it and what it writes down."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

from core.net import checked_server
from core.settings.fields import checks, learnt, variable
from core.settings.reading import UNLIMITED, FromEnvironment
from core.variables import SecretStr, WrongSetting

POSTGRES = "postgresql://"


def default_database() -> str:
    """A file in the user's data folder; without a home folder only who needs the database has to
    name one."""
    try:
        folder = user_data_path("photo-to-video-bot")
    except RuntimeError:
        folder = Path("~")
    return f"sqlite:///{folder / 'bot.sqlite'}"


class Machine(FromEnvironment):
    """The process and its surroundings. Seconds are seconds."""

    bots: tuple[str, ...] = variable(
        default=(),
        description="Which chats to serve, comma-separated, an adapter of your own by its module; "
        "empty: every platform whose token is set, "
        "else console",
        examples=["telegram,discord"],
    )
    sandbox_credits: int = variable(
        default=1000,
        ge=0,
        le=UNLIMITED,
        description="Credits of a new account in the sandbox; 100 as with the video service: one "
        "video, no edit",
        examples=["100"],
    )
    sandbox: bool = learnt(default=False)
    sweep_seconds: float = variable(
        default=3600,
        ge=1,
        le=86400,
        description="Seconds between two sweeps, which erase what has outlived its time",
        examples=["3600"],
    )
    database_url: str = variable(
        default_factory=default_database,
        repr=False,  # it may hold a password
        description="Where everything durable lives, sqlite:///FILE or postgresql://…; "
        "empty: a file in your data folder",
        examples=["sqlite:////var/lib/photo-to-video-bot/bot.sqlite"],
    )
    secrets_key: SecretStr | None = variable(
        default=None,
        description="Sentence that seals tokens at rest; new,old to change it; "
        "empty: a key file beside "
        "the database",
        examples=["a-long-random-sentence"],
    )
    proxy_url: SecretStr | None = variable(
        default=None,
        description="Proxy for everything that goes out, http(s):// or socks5:// "
        "(NO_PROXY counts); "
        "empty: HTTPS_PROXY",
        examples=["http://user:password@proxy.example.com:3128"],
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = variable(
        default="INFO", description="How much to log", examples=["INFO"]
    )
    log_libraries: bool = variable(
        default=False,
        description="1: what the libraries log at LOG_LEVEL as well; "
        "holds people's words, never a token",
        examples=["1"],
    )
    log_format: Literal["console", "json"] = variable(
        default="console", description="Log lines for people or for machines", examples=["console"]
    )

    @checks("database_url")
    @classmethod
    def _known(cls, value: str) -> str:
        if value.startswith(POSTGRES) and len(value) > len(POSTGRES):
            return checked_server(value)
        if not value.startswith("sqlite:///") or len(value) == len("sqlite:///"):
            raise ValueError(
                "it must start with sqlite:/// and name a file, or be a postgresql:// address"
            )
        return value

    @property
    def shared(self) -> bool:
        """Whether several processes may share the database."""
        return self.database_url.startswith(POSTGRES)

    @property
    def database(self) -> Path:
        """The database file. Raises WrongSetting where it is to lie in a home folder and there is
        none."""
        try:
            return Path(self.database_url.removeprefix("sqlite:///")).expanduser()
        except RuntimeError:
            raise WrongSetting(
                "DATABASE_URL cannot be used: this user has no home folder, so the database "
                "needs a place of its own."
                " Example: DATABASE_URL=sqlite:////var/lib/photo-to-video-bot/bot.sqlite"
            ) from None
