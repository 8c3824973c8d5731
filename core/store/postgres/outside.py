"""A database on Postgres beside the bots that run on it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from core.store.database import Database
from core.store.outside import Outside
from core.store.port import StoreBroken
from core.store.postgres import leases, migrations
from core.store.postgres.connection import Connection, Raw, connected
from core.store.postgres.reasons import reason
from core.store.writer import OTHER_VERSION

NOBODY = 0
"""In the place of a worker's number: what is done from outside is no process's own."""


class PostgresOutside(Outside):
    """See core.store.outside. `lease` in seconds: whoever stands still for so long inside a
    transaction loses it."""

    def __init__(self, url: str, lease: float) -> None:
        self._url, self._lease = url, lease

    def is_there(self) -> bool:
        """The tables are."""
        with self._connected() as raw:
            return migrations.is_there(raw)

    def is_in_use(self) -> bool:
        """A process has given a sign of life within its lease."""
        with self._connected() as raw:
            return migrations.is_there(raw) and bool(leases.living(raw, self._lease))

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Without the lock that writers take."""
        with self._connected() as raw:
            raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield Connection(raw)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One after the other with all processes."""
        with self._connected() as raw:
            if not migrations.is_current(raw):
                raise StoreBroken(OTHER_VERSION)
            raw.execute("BEGIN")
            raw.execute("SELECT set_config('bot.worker', %s, true)", (str(NOBODY),))
            raw.execute("SELECT begun(%s)", (NOBODY,))
            yield Connection(raw)
            raw.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[Raw]:
        try:
            with closing(connected(self._url, self._lease)) as raw:
                yield raw
        except psycopg.Error as problem:
            raise StoreBroken(f"the database of DATABASE_URL: {reason(problem)}") from None
