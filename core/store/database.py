"""What the statements need of a database: sqlite3's connection is one as it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Params = Sequence[Any] | Mapping[str, Any]


class Row(Protocol):
    """A row, by the names of its columns and by their places."""

    def __getitem__(self, column: str | int, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


class Result(Protocol):
    """What a statement came to."""

    @property
    def rowcount(self) -> int:
        """How many rows it has changed."""
        ...

    def fetchall(self) -> list[Any]:
        """Its rows, all of them."""
        ...


class Database(Protocol):
    """A connection inside a transaction. Placeholders are `?`, or `:name` for a mapping."""

    def execute(self, sql: str, params: Params = ..., /) -> Result:
        """One statement."""
        ...

    def executemany(self, sql: str, params: Iterable[Any], /) -> Result:
        """The same statement, once for each of these."""
        ...
