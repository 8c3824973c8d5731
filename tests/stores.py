"""A place for a store, on either database: opened, opened again, and looked into from beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from psycopg.rows import dict_row

from core.store import Store
from core.store.outside import Outside
from core.store.postgres import PostgresStore
from core.store.postgres.outside import PostgresOutside
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from tests.laid import laid
from tests.servers import postgres

KINDS = ("sqlite", "postgres")


class Place(Protocol):
    """Where a store is, and another beside it."""

    async def open(self, now: float | None = None, *, other: bool = False) -> Store:
        """The store there; `other` is one beside it, with nothing in it."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands there, read from outside."""
        ...

    def named(self, sql: str) -> list[dict[str, Any]]:
        """The same, by the names of the columns."""
        ...

    def change(self, sql: str) -> None:
        """As somebody with a tool of their own does."""
        ...

    def outside(self) -> Outside:
        """As the operator's commands have it."""
        ...


@dataclass(frozen=True)
class File:
    """SQLite."""

    folder: Path

    async def open(self, now: float | None = None, *, other: bool = False) -> Store:
        """A file."""
        path = self.folder / ("other.sqlite" if other else "bot.sqlite")
        return await SqliteStore.open(laid(path), now)

    def outside(self) -> Outside:
        """That file."""
        return SqliteOutside(self.folder / "bot.sqlite")

    def change(self, sql: str) -> None:
        """By another connection."""
        with closing(sqlite3.connect(self.folder / "bot.sqlite")) as db:
            db.execute(sql)
            db.commit()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """By another connection, which changes nothing."""
        uri = f"file:{self.folder / 'bot.sqlite'}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as db:
            return db.execute(sql).fetchall()

    def named(self, sql: str) -> list[dict[str, Any]]:
        """By another connection, which changes nothing."""
        with closing(sqlite3.connect(self.folder / "bot.sqlite")) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql)]


@dataclass(frozen=True)
class Server:
    """Postgres."""

    address: str
    made: ExitStack
    urls: dict[bool, str] = field(default_factory=dict)
    lines: list[psycopg.Connection] = field(default_factory=list)

    async def open(self, now: float | None = None, *, other: bool = False) -> Store:
        """A database, whose own time counts as well."""
        return await PostgresStore.open(self._url(other), now=now)

    def _url(self, other: bool) -> str:
        if other not in self.urls:
            self.urls[other] = self.made.enter_context(postgres.database(self.address))
        return self.urls[other]

    def outside(self) -> Outside:
        """That database."""
        return PostgresOutside(self._url(False), 5.0)

    def change(self, sql: str) -> None:
        """By another connection."""
        self._line().execute(_quoted(sql))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """By another connection."""
        return self._line().execute(_quoted(sql)).fetchall()

    def named(self, sql: str) -> list[dict[str, Any]]:
        """By another connection."""
        with self._line().cursor(row_factory=dict_row) as cursor:
            return cursor.execute(_quoted(sql)).fetchall()

    def _line(self) -> psycopg.Connection:
        """One that is kept: many look again and again."""
        if not self.lines:
            line = psycopg.connect(self._url(False), autocommit=True)
            self.lines.append(self.made.enter_context(closing(line)))
        return self.lines[0]


def _quoted(sql: str) -> str:
    return sql.replace(" user ", ' "user" ')


@contextmanager
def placed(kind: str, folder: Path) -> Iterator[Place]:
    """A place of this kind."""
    if kind == "sqlite":
        yield File(folder)
        return
    with ExitStack() as made:
        yield Server(postgres.server(), made)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each test that takes it runs on both."""
    with placed(request.param, tmp_path) as found:
        yield found
