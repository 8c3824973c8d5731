"""The statements' common words in Postgres's: placeholders, the one column whose name is a word of
its language, flags as numbers."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.types.numeric import FloatLoader

_USER = re.compile(r"""(?<![:"'\w])user(?!["'\w])""")
_NAME = re.compile(r"(?<!:):([a-z]\w*)")
STATEMENTS = 512
"""So many are kept translated, and prepared: all that there are."""


@lru_cache(maxsize=STATEMENTS)
def translated(sql: str, *, named: bool) -> str:
    """A statement with values to be put into it: `?`, or `:name` where they are `named`."""
    sql = _USER.sub('"user"', sql.replace("%", "%%"))
    return _NAME.sub(r"%(\1)s", sql) if named else sql.replace("?", "%s")


class Flag(Dumper):
    """A flag is a column of numbers, as SQLite has it."""

    oid = adapters.types["int4"].oid

    def dump(self, obj: bool) -> Buffer:
        """One or nothing."""
        return b"1" if obj else b"0"


class Described(Protocol):
    """A cursor, as far as a row is made by it."""

    @property
    def description(self) -> Sequence[Any] | None: ...


class Record(tuple[Any, ...]):
    """A row, by the names of its columns and by their places."""

    __slots__ = ()
    places: dict[str, int]

    def __getitem__(self, column: Any) -> Any:
        return tuple.__getitem__(self, self.places[column] if isinstance(column, str) else column)


def record(cursor: Described) -> Callable[[Sequence[Any]], Record]:
    """What makes rows of what a cursor brings."""
    return _kind(tuple(column.name for column in cursor.description or ()))


@lru_cache(maxsize=STATEMENTS)
def _kind(names: tuple[str, ...]) -> type[Record]:
    places = {name: place for place, name in enumerate(names)}
    return type("Row", (Record,), {"__slots__": (), "places": places})


def adapted() -> AdaptersMap:
    """How values go in and out: sums are numbers as SQLite gives them."""
    found = AdaptersMap(adapters)
    found.register_dumper(bool, Flag)
    found.register_loader("numeric", FloatLoader)
    return found


def storable(values: Any) -> Any:
    """The same without what Postgres stores in no text."""
    if isinstance(values, dict):
        return {name: _text(value) for name, value in values.items()}
    return tuple(map(_text, values))


def _text(value: Any) -> Any:
    return value.replace("\0", "") if isinstance(value, str) and "\0" in value else value
