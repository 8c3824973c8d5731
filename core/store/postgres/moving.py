"""A database on Postgres that all is moved out of, or into: no bot may be running on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import tuple_row

from core.store.database import Database
from core.store.moving import AT_ONCE, NotMoved
from core.store.port import StoreBroken
from core.store.postgres import leases, migrations, waking
from core.store.postgres.connection import Connection, Raw, connected
from core.store.postgres.reasons import reason
from core.store.writer import OTHER_VERSION

PATIENCE = 3600.0
"""Seconds that a transaction may stand still while the other side reads or writes."""
OWN = ("files", "leaders", "migrations", "steps", "workers")
"""What only a database has that several processes share; of these the files are moved apart, and
nobody else needs the rest."""
ITS_ENGINE = "procrastinate"
WHOSE = "worker"
"""Such a column too."""
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY table_name, column_name
"""
NUMBERED = """
    SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES'
"""


@dataclass
class ServerSide:
    """See core.store.moving.Side."""

    raw: Raw
    db: Database
    name: str

    def columns(self) -> Mapping[str, Sequence[str]]:
        """Without what is only there because there are several processes."""
        found: dict[str, list[str]] = {}
        for table, column in self.raw.execute(COLUMNS):
            if table not in OWN and not table.startswith(ITS_ENGINE) and column != WHOSE:
                found.setdefault(table, []).append(column)
        return {table: sorted(columns) for table, columns in found.items()}

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """By a cursor that stays on the server."""
        with self.raw.cursor(name="moving", row_factory=tuple_row) as cursor:
            cursor.execute(sql)
            while some := cursor.fetchmany(AT_ONCE):
                yield from some

    def last(self) -> Mapping[str, int]:
        """By the sequences behind the columns."""
        found = {}
        for table, sequence in self._sequences().items():
            row = self.raw.execute(f"SELECT last_value, is_called FROM {sequence}").fetchone()  # noqa: S608 (its own name)
            if row is not None and row[1]:
                found[table] = int(row[0])
        return found

    def count_from(self, table: str, last: int) -> None:
        """This one was the last."""
        if sequence := self._sequences().get(table):
            self.raw.execute("SELECT setval(%s, %s)", (sequence, last))

    def put_file(self, ref: str, pieces: Iterable[bytes]) -> bool:
        """As rows."""
        for number, piece in enumerate(pieces):
            sql = "INSERT INTO files (ref, number, bytes) VALUES (%s, %s, %s)"
            self.raw.execute(sql, (ref, number, piece))
        return True

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Read as they are asked for."""
        for (ref,) in self.raw.execute("SELECT ref FROM files WHERE number = 0").fetchall():
            yield ref, self._pieces(ref)

    def _pieces(self, ref: str) -> Iterator[bytes]:
        sql, number = "SELECT bytes FROM files WHERE ref = %s AND number = %s", 0
        while row := self.raw.execute(sql, (ref, number)).fetchone():
            number += 1
            yield bytes(row[0])

    def commit(self) -> None:
        """The end of the transaction."""
        self.raw.execute("COMMIT")

    def _sequences(self) -> dict[str, str]:
        found = {table: sequence for table, sequence in self.raw.execute(NUMBERED)}
        return {table: sequence for table, sequence in found.items() if table not in OWN}


@contextmanager
def source_of_move(url: str, lease: float) -> Iterator[ServerSide]:
    """One that is there; `lease` in seconds. Raises StoreBroken and NotMoved."""
    with _side(url, lease) as side:
        yield side


@contextmanager
def target_of_move(url: str, lease: float) -> Iterator[ServerSide]:
    """One that gets its tables where it has none. Raises StoreBroken and NotMoved."""
    with _side(url, lease, new=True) as side:
        yield side


@contextmanager
def _side(url: str, lease: float, *, new: bool = False) -> Iterator[ServerSide]:
    place = name(url)
    try:
        with closing(connected(url, PATIENCE)) as raw:
            if new:
                migrations.migrate(raw)
                waking.sort(raw)
            if not migrations.is_current(raw):
                raise StoreBroken(OTHER_VERSION)
            raw.execute("SET statement_timeout = 0")  # nobody waits for it but who has asked for it
            raw.execute("BEGIN")
            raw.execute("SELECT begun(0)")
            raw.execute("LOCK TABLE workers IN EXCLUSIVE MODE")  # nobody comes meanwhile
            if count := leases.living(raw, lease):
                raise NotMoved(
                    f"A bot runs on {place} (processes: {count}). Stop it first; one that was"
                    f" killed counts no more after {lease:g} seconds."
                )
            raw.execute("DELETE FROM workers")  # whoever was silent for so long may write no more
            yield ServerSide(raw, Connection(raw), place)
    except psycopg.Error as problem:
        raise StoreBroken(f"{place}: {reason(problem)}") from None


def name(url: str) -> str:
    """For people, and to compare: without user and password. Raises StoreBroken."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise StoreBroken("its address cannot be read: postgresql://user@host/database") from None
    host, port = parts.get("host") or "localhost", parts.get("port") or 5432
    return f"postgresql://{host}:{port}/{parts.get('dbname') or parts.get('user') or ''}"
