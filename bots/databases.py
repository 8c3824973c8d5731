"""Which kind of database DATABASE_URL names, for all that is done to one beside a running bot."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from core.settings import Settings, WrongSetting
from core.store.moving import Moved as Moved
from core.store.moving import NotMoved as NotMoved
from core.store.moving import Side as Side
from core.store.moving import move as move
from core.store.sqlite import moving as files

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


def source(settings: Settings) -> AbstractContextManager[Side]:
    """Where all is moved from, inside a transaction. Raises StoreBusy, StoreBroken and NotMoved."""
    if not settings.shared:
        return files.source(settings.database)
    with with_extra():
        from core.store.postgres import moving as servers
    return servers.source(settings.database_url, settings.lease_seconds)


def target(settings: Settings) -> AbstractContextManager[Side]:
    """Where all is moved to, which gets its tables by this. Raises StoreBusy, StoreBroken and
    NotMoved."""
    if not settings.shared:
        return files.target(settings.database)
    with with_extra():
        from core.store.postgres import moving as servers
    return servers.target(settings.database_url, settings.lease_seconds)
