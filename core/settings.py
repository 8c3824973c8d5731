"""What the core reads from the environment, and the one way in which any settings class reads
it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from core.net.addresses import checked_address, without_credentials
from core.variables import Environment as Environment
from core.variables import WrongSetting as WrongSetting

MOST = 10**9
"""Of anything that is counted: more is no limit that anybody means."""


class _Variables(EnvSettingsSource):
    """Reads a mapping that is handed in instead of the process's own environment."""

    def __init__(self, settings: type[BaseSettings], environment: Environment) -> None:
        self._environment = environment
        super().__init__(settings, case_sensitive=False, env_ignore_empty=True)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {
            name.lower(): value.strip()
            for name, value in self._environment.items()
            if value.strip()
        }


class FromEnvironment(BaseSettings):
    """Base of every settings class: an empty variable counts as unset, and nothing but `read` fills
    it."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(  # the signature is pydantic-settings'
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read` passes: never the ambient environment."""
        return (init_settings,)


S = TypeVar("S", bound=FromEnvironment)


def read(cls: type[S], environment: Environment) -> S:
    """Fill a settings class from variables. Raises WrongSetting naming the first variable that
    cannot be used."""
    values = _Variables(cls, environment)()
    try:
        return cls(**values)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        raise WrongSetting(_sentence(cls, str(first["loc"][0]), first["msg"])) from None


def _sentence(cls: type[FromEnvironment], field: str, reason: str) -> str:
    examples = cls.model_fields[field].examples or ["…"]
    reason = reason.removeprefix("Value error, ").removeprefix("Input ").rstrip(".")
    reason = reason[0].lower() + reason[1:]
    return f"{field.upper()} cannot be used: {reason}. Example: {field.upper()}={examples[0]}"


def example(*classes: type[FromEnvironment]) -> str:
    """The text of .env.example: each variable of these classes below one line about it.

    A secret waits to be filled in. Anything else is commented out and shows its default: a copy of
    the file changes nothing by itself."""
    fields = {name: field for cls in classes for name, field in cls.model_fields.items()}
    return "".join(_described(name.upper(), field) for name, field in fields.items())


def _described(name: str, field: FieldInfo) -> str:
    secret = "SecretStr" in str(field.annotation)
    default = "" if field.default_factory or secret else _written(field.default)
    hint = "" if default or secret or not field.examples else f"; such as {field.examples[0]}"
    return f"# {field.description}{hint}\n{'' if secret else '# '}{name}={default}\n\n"


def _written(default: object) -> str:
    match default:
        case None:
            return ""
        case bool():
            return str(int(default))
        case float():
            return f"{default:g}"
        case tuple() | frozenset():
            return ",".join(sorted(default))
        case _:
            return str(default)


def sendable(secret: SecretStr | None) -> SecretStr | None:
    """A token as it can stand in a header. Raises ValueError for one with spaces or signs that no
    token has."""
    if secret and not re.fullmatch(r"[!-~]+", secret.get_secret_value()):
        raise ValueError("it holds spaces or signs that no token has; copy it again")
    return secret


Names = Annotated[frozenset[str], NoDecode]
WebAddress = Annotated[str, AfterValidator(checked_address)]
ServiceAddress = Annotated[
    str, AfterValidator(checked_address), AfterValidator(without_credentials)
]
Token = Annotated[SecretStr | None, AfterValidator(sendable)]


def default_database() -> str:
    """A file in the user's data folder; without a home folder only who needs the database has to
    name one."""
    try:
        folder = user_data_path("photo-to-video-bot")
    except RuntimeError:
        folder = Path("~")
    return f"sqlite:///{folder / 'bot.sqlite'}"


class Settings(FromEnvironment):
    """The core's variables. Seconds are seconds; tokens are secrets and show as stars."""

    bots: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Which chats to serve, comma-separated, an adapter of your own by its module; "
        "empty: every platform whose token is set, "
        "else console",
        examples=["telegram,discord"],
    )
    nemo_api_url: ServiceAddress = Field(
        "https://mega-api-prod.nemovideo.ai",
        description="The video backend",
        examples=["https://mega-api-prod.nemovideo.ai"],
    )
    nemo_web_url: WebAddress = Field(
        "https://nemovideo.com",
        description="The backend's web pages (links for people)",
        examples=["https://nemovideo.com"],
    )
    nemo_token: Token = Field(
        None,
        description="Your NemoVideo token, used for everybody; empty: a free token for each user",
        examples=["nmv_usr_…"],
    )
    nemo_token_mode: Literal["sole", "fallback"] = Field(
        "sole",
        description="sole: NEMO_TOKEN pays for everybody; fallback: only when a user can get no "
        "free token",
        examples=["sole"],
    )
    nemo_client_id: str = Field(
        "",
        max_length=64,
        description="Client id for the free token of the terminal chat on this computer; "
        "empty: made "
        "and kept here",
        examples=["3f2b8c1e-0d4a-4f6e-9b7a-5c1d2e3f4a5b"],
    )
    nemo_skill: str = Field(
        "ai-video-generator-from-image",
        description="Which of the skill profiles greets people",
        examples=["ai-video-generator-from-image"],
    )
    skills_folder: Path | None = Field(
        None,
        description="Folder with profiles of your own (*.md, like those in core/skills) beside the "
        "five; empty: none",
        examples=["/etc/photo-to-video-bot/skills"],
    )
    skill_source: str = Field(
        "",
        description="Overrides the X-Skill-Platform header; empty: detected, else unknown",
        examples=["clawhub"],
    )
    nemo_confirm: Literal["unclear", "always", "never"] = Field(
        "unclear",
        description="When a tap is asked for before credits are spent: where a wish is unclear, "
        "always, or never",
        examples=["always"],
    )
    nemo_confirm_credits: int = Field(
        0,
        ge=0,
        le=MOST,
        description="Ask before a request expected to cost at least so many credits; 0: only when "
        "credits run low",
        examples=["200"],
    )
    sandbox_credits: int = Field(
        100,
        ge=0,
        le=MOST,
        description="Credits of a new account in the sandbox; 100 as with the video service: one "
        "video, no edit",
        examples=["1000"],
    )
    nemo_quiet_seconds: float = Field(
        600,
        ge=0.05,
        le=7200,
        description="Seconds without any event after which a turn is looked at",
        examples=["600"],
    )
    nemo_render_poll_seconds: float = Field(
        30,
        ge=0.05,
        le=600,
        description="Most seconds between two looks at a running export; the nearer its end, the "
        "sooner the next",
        examples=["30"],
    )
    nemo_render_limit_seconds: float = Field(
        900,
        ge=1,
        le=7200,
        description="Seconds after which a running export is no longer watched",
        examples=["900"],
    )
    nemo_turn_limit_seconds: float = Field(
        900,
        ge=1,
        le=7200,
        description="Longest time one generation or edit may take",
        examples=["900"],
    )
    nemo_busy_seconds: float = Field(
        30,
        ge=0,
        le=600,
        description="Pause before the one retry when the backend says it is busy",
        examples=["30"],
    )
    nemo_retry_seconds: float = Field(
        1,
        ge=0,
        le=60,
        description="First pause before a failed request is tried again; it grows",
        examples=["1"],
    )
    nemo_recovery_first_seconds: float = Field(
        30,
        ge=0,
        le=600,
        description="Pause before the first look after a lost connection",
        examples=["30"],
    )
    nemo_recovery_seconds: float = Field(
        60,
        ge=0,
        le=600,
        description="Pause between further looks after a lost connection",
        examples=["60"],
    )
    still_working_seconds: float = Field(
        120,
        ge=0.05,
        le=3600,
        description="Seconds without news before 'Still working…' appears",
        examples=["120"],
    )
    gather_seconds: float = Field(
        1.2,
        ge=0,
        le=30,
        description="Seconds to wait for more photos of the same request",
        examples=["1.2"],
    )
    sweep_seconds: float = Field(
        3600,
        ge=1,
        le=86400,
        description="Seconds between two sweeps, which erase what has outlived its time",
        examples=["3600"],
    )
    database_url: str = Field(
        default_factory=default_database,
        description="Where everything durable lives; empty: a file in your data folder",
        examples=["sqlite:////var/lib/photo-to-video-bot/bot.sqlite"],
    )
    secrets_key: SecretStr | None = Field(
        None,
        description="Sentence that seals tokens at rest; new,old to change it; "
        "empty: a key file beside "
        "the database",
        examples=["a-long-random-sentence"],
    )
    allowed_users: Names = Field(
        frozenset(),
        description="Ids of the users who may use the bot, comma-separated (telegram:123 or 123); "
        "empty: everybody",
        examples=["telegram:123456,discord:987654"],
    )
    allowed_groups: Names = Field(
        frozenset(),
        description="Ids of the groups and servers in which the bot works; empty: all",
        examples=["telegram:-100123456"],
    )
    admins: Names = Field(
        frozenset(),
        description="Ids of the users who may change settings in any group",
        examples=["telegram:123"],
    )
    daily_per_user: int = Field(
        0,
        ge=0,
        le=MOST,
        description="Videos and edits that one user may ask for in 24 hours; 0: no limit",
        examples=["10"],
    )
    daily_per_group: int = Field(
        0,
        ge=0,
        le=MOST,
        description="Videos and edits that one group may ask for in 24 hours; 0: no limit",
        examples=["50"],
    )
    hourly_per_user: int = Field(
        60,
        ge=0,
        le=MOST,
        description="Requests that one user may begin in an hour; 0: no limit",
        examples=["60"],
    )
    hourly_per_group: int = Field(
        300,
        ge=0,
        le=MOST,
        description="Requests that one group may begin in an hour; 0: no limit",
        examples=["300"],
    )
    files_per_request: int = Field(
        20, ge=0, le=MOST, description="Files of one request; 0: no limit", examples=["20"]
    )
    mb_per_request: int = Field(
        1000,
        ge=0,
        le=MOST,
        description="Megabytes of all files of one request; 0: no limit",
        examples=["1000"],
    )
    proxy_url: SecretStr | None = Field(
        None,
        description="Proxy for everything that goes out, http(s):// or socks5:// "
        "(NO_PROXY counts); "
        "empty: HTTPS_PROXY",
        examples=["http://user:password@proxy.example.com:3128"],
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much to log", examples=["INFO"]
    )
    log_libraries: bool = Field(
        False,
        description="1: what the libraries log at LOG_LEVEL as well; "
        "holds people's words, never a token",
        examples=["1"],
    )
    log_format: Literal["console", "json"] = Field(
        "console", description="Log lines for people or for machines", examples=["console"]
    )

    @field_validator("bots", "allowed_users", "allowed_groups", "admins", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return (
            tuple(name.strip() for name in value.split(",") if name.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("nemo_client_id", "skill_source")
    @classmethod
    def _header(cls, value: str) -> str:
        if value and not re.fullmatch(r"[ -~]+", value):
            raise ValueError("only plain Latin letters, digits and signs can be sent")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("skills_folder")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        try:
            return value and value.expanduser()
        except RuntimeError:
            raise ValueError(
                "this user has no home folder, so the path must not begin with ~"
            ) from None

    @field_validator("database_url")
    @classmethod
    def _sqlite(cls, value: str) -> str:
        if not value.startswith("sqlite:///") or len(value) == len("sqlite:///"):
            raise ValueError("it must start with sqlite:/// and name a file")
        return value

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
