"""Everything from one database into another that is empty, whichever kinds the two are: one
transaction on each side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from core.store.database import Database
from core.store.statements import drop_value, free_all, keep_value, one, value

FIRST = ("jobs",)
"""Others refer to their rows."""
SINGLE = "meta"
"""Single values: a new database has some of its own, which give way."""
SUMS = ("held_sums", "spent_sums")
"""Each database keeps its own, by triggers, of the rows that come into it."""
AT_ONCE = 500
Retold = Callable[[str], str]
MARK = "moved"
"""How the mark of a database whose everything lives elsewhere is called among the single values; it
is not moved along. Two bots on the two of them would do, and pay for, everything twice."""


class NotMoved(Exception):
    """It cannot be moved; one sentence for the operator. Nothing was changed."""


class Side(Protocol):
    """One of the two databases, inside a transaction that ends with `commit`, or with nothing."""

    @property
    def db(self) -> Database:
        """What the statements need."""
        ...

    @property
    def name(self) -> str:
        """Its address for people, without a password."""
        ...

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The tables that every kind of database has, each with its columns by the alphabet."""
        ...

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """All rows of a query, a few at a time."""
        ...

    def last(self) -> Mapping[str, int]:
        """The highest number that each table that numbers its rows has ever given out."""
        ...

    def count_from(self, table: str, last: int) -> None:
        """The next row gets the number behind this one."""
        ...

    def put_file(self, ref: str, pieces: Iterable[bytes]) -> bool:
        """Keep a file that every process has to reach; False where one process is alone and has it
        in its folder."""
        ...

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """All that were kept so, each in pieces."""
        ...

    def commit(self) -> None:
        """Keep what was written."""
        ...


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows, and of these the requests, those of them under way, and the messages owed."""

    rows: int
    jobs: int
    open_jobs: int
    owed: int


def move(
    source: Side, target: Side, retold: Retold, before: Callable[[], None] = lambda: None
) -> Moved:
    """Copy all rows, with every text `retold`; `before` is called when all is copied and before
    anything is kept. The source is out of use afterwards. Raises NotMoved.

    What was under way looks before it acts, as after a kill, so that nothing is paid for twice."""
    tables = _checked(source, target)
    target.db.execute(f"DELETE FROM {SINGLE}")  # noqa: S608 (names of ours, here and below)
    for table, columns in tables.items():
        _copy(source, target, table, columns, retold)
    use_again(target.db)
    for table, last in source.last().items():
        target.count_from(table, last)
    result = _counted(source, target, tables)
    settle(target.db)
    before()
    keep_value(source.db, MARK, target.name)
    source.commit()  # first: should the next line fail, no bot runs on either, and it is done again
    target.commit()
    return result


def moved_to(db: Database) -> str | None:
    """The address that all was moved to, without a password; None for a database in use."""
    return value(db, MARK)


def refusal(db: Database) -> str | None:
    """Why nobody may work with it; None for a database in use."""
    place = moved_to(db)
    return None if place is None else f"all of it was moved to {place}: set DATABASE_URL to that"


def use_again(db: Database) -> None:
    """Whoever puts a copy back means to use it."""
    drop_value(db, MARK)


def settle(db: Database) -> None:
    """Let go of all that was under way, each as if it had been begun once."""
    db.execute("UPDATE jobs SET claims = 1 WHERE claims < 1 AND state = 'open'")
    db.execute("UPDATE outbox SET claims = 1 WHERE claims < 1")
    free_all(db)


def _checked(source: Side, target: Side) -> dict[str, Sequence[str]]:
    """What is to be copied, in order. Raises NotMoved."""
    place = moved_to(source.db)
    if place not in (None, target.name):
        raise NotMoved(f"{source.name} is out of use: all of it was moved to {place} before.")
    here, there = source.columns(), target.columns()
    if here != there:
        raise NotMoved(f"{source.name} and {target.name} are not of the same version of the bot.")
    if any(_count(target.db, table) for table in there if table != SINGLE):
        raise NotMoved(
            f"{target.name} is not empty, and nothing was moved. Name a database without any rows."
        )
    rest = (name for name in here if name not in (*FIRST, *SUMS))
    return {table: here[table] for table in (*FIRST, *rest)}


def _copy(source: Side, target: Side, table: str, columns: Sequence[str], retold: Retold) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    found = source.rows(f"SELECT {names} FROM {table}")  # noqa: S608
    while some := [_retold(row, retold) for row in islice(found, AT_ONCE)]:
        target.db.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", some)  # noqa: S608


def _retold(row: Sequence[Any], retold: Retold) -> tuple[Any, ...]:
    return tuple(retold(value) if isinstance(value, str) else value for value in row)


def _counted(source: Side, target: Side, tables: Iterable[str]) -> Moved:
    """Raises NotMoved where the two do not hold the same number of rows."""
    known = 0 if moved_to(source.db) is None else 1
    total = 0
    for table in tables:
        wanted = _count(source.db, table) - (known if table == SINGLE else 0)
        if wanted != (arrived := _count(target.db, table)):
            raise NotMoved(f"Of {wanted} rows of {table} {arrived} arrived, so nothing was kept.")
        total += arrived
    under_way = one(target.db, "SELECT COUNT(*) FROM jobs WHERE state = 'open'")
    return Moved(
        total, _count(target.db, "jobs"), under_way[0] if under_way else 0,
        _count(target.db, "outbox"),
    )  # fmt: skip


def _count(db: Database, table: str) -> int:
    row = one(db, f"SELECT COUNT(*) FROM {table}")  # noqa: S608
    return int(row[0]) if row else 0
