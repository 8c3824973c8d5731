"""Which kind of database DATABASE_URL names, for all that is done to one beside a running bot."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from urllib.parse import parse_qsl, urlencode, urlsplit

from core.settings import Settings, WrongSetting
from core.store import Buried as Buried
from core.store import SharedCondition as SharedCondition
from core.store import StoreAway as StoreAway
from core.store import StoreBroken as StoreBroken
from core.store.moving import Moved as Moved
from core.store.moving import NotMoved as NotMoved
from core.store.moving import Side as Side
from core.store.moving import move as move
from core.store.outside import Outside as Outside
from core.store.sqlite import Condition as Condition
from core.store.sqlite import CopyFailed as CopyFailed
from core.store.sqlite import SqliteOutside, source_of_move, target_of_move
from core.store.sqlite import StoreBusy as StoreBusy
from core.store.sqlite import back_up as back_up
from core.store.sqlite import examined as examined
from core.store.sqlite import restore as restore
from core.store.statements import Ended as Ended
from core.store.statements import Figures as Figures
from core.store.statements import sealed_tokens as sealed_tokens

EXTRA = "pip install 'photo-to-video-bot[postgres]'"


@contextmanager
def with_extra() -> Iterator[None]:
    """Where something is imported that leans on the library for Postgres. Raises WrongSetting."""
    try:
        yield
    except ImportError:
        raise WrongSetting(
            f"DATABASE_URL cannot be used: Postgres needs an extra. Install it with: {EXTRA}"
        ) from None


def secret(settings: Settings) -> str | None:
    """SECRETS_KEY, which a shared database cannot do without. Raises WrongSetting."""
    if settings.secrets_key is not None:
        return settings.secrets_key.get_secret_value()
    if settings.shared:
        raise WrongSetting(
            "SECRETS_KEY is needed with a database that several machines share: a key file would "
            "be on one of them alone. Example: SECRETS_KEY=a-long-random-sentence"
        )
    return None


def outside(settings: Settings) -> Outside:
    """The database of a bot, for whoever is beside it. Raises WrongSetting."""
    if not settings.shared:
        return SqliteOutside(settings.database)
    with with_extra():
        from core.store.postgres import PostgresOutside
    return PostgresOutside(settings.database_url, settings.lease_seconds)


def begun(settings: Settings) -> Outside:
    """The same, where a bot has begun on it. Raises WrongSetting and StoreBroken."""
    found = outside(settings)
    if not found.is_there():
        place = "DATABASE_URL" if settings.shared else settings.database
        raise WrongSetting(f"There is no database at {place} yet: start the bot first.")
    return found


def check_sandbox(settings: Settings, platforms: Collection[str]) -> None:
    """The stand-in must not carry out what people have asked a bot for; `platforms` are its own.
    Raises WrongSetting and StoreBroken."""
    if not settings.shared:
        return
    there = outside(settings)
    others = there.is_in_use() or (there.is_there() and there.open_elsewhere(platforms))
    if settings.role != "all" or others:
        raise WrongSetting(
            "The sandbox cannot run on this DATABASE_URL, where a bot runs or has requests under"
            " way: set the tokens of its chats, or leave DATABASE_URL empty to try it."
            " Example: TELEGRAM_BOT_TOKEN=the token that Telegram gave you"
        )


def address(url: str) -> str:
    """That of a database on Postgres for people to read: without a password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "postgresql://…"
    named = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([each for each in named if "password" not in each[0]], safe="/")
    user, at, host = parts.netloc.rpartition("@")
    place = f"{parts.scheme}://{user.partition(':')[0]}{at}{host}{parts.path}"
    return f"{place}?{query}" if query else place


def shared(settings: Settings, clock: Callable[[], float]) -> SharedCondition:
    """How a database on Postgres stands. Raises WrongSetting and StoreBroken."""
    with with_extra():
        from core.store.postgres import examined as looked_at
    return looked_at(settings.database_url, clock)


def source(settings: Settings) -> AbstractContextManager[Side]:
    """Where all is moved from, inside a transaction. Raises StoreBusy, StoreBroken and NotMoved."""
    if not settings.shared:
        return source_of_move(settings.database)
    with with_extra():
        from core.store.postgres import source_of_move as of_server
    return of_server(settings.database_url, settings.lease_seconds)


def target(settings: Settings) -> AbstractContextManager[Side]:
    """Where all is moved to, which gets its tables by this. Raises StoreBusy, StoreBroken and
    NotMoved."""
    if not settings.shared:
        return target_of_move(settings.database)
    with with_extra():
        from core.store.postgres import target_of_move as of_server
    return of_server(settings.database_url, settings.lease_seconds)
