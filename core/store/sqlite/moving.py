"""A database file that all is moved out of, or into: nobody else may be using it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.files import reason_of
from core.store.moving import NotMoved
from core.store.port import StoreBroken
from core.store.sqlite import files
from core.store.sqlite.copies import PARTS
from core.store.sqlite.locking import locked
from core.store.sqlite.owners import PRIVATE, Owner, is_root
from core.store.sqlite.updating import schema_of
from core.store.writer import OTHER_VERSION

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"


@dataclass
class FileSide:
    """See core.store.moving.Side."""

    db: sqlite3.Connection
    name: str
    kept: bool = field(default=False, init=False)

    def columns(self) -> Mapping[str, Sequence[str]]:
        """All tables."""
        names = [name for (name,) in self.db.execute(f"{TABLES} ORDER BY name")]
        return {
            name: sorted(row[1] for row in self.db.execute(f"PRAGMA table_info({name})"))
            for name in names
        }

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """Read as they are asked for."""
        return iter(self.db.execute(sql))

    def last(self) -> Mapping[str, int]:
        """Kept by SQLite itself."""
        return {name: seq for name, seq in self.db.execute("SELECT name, seq FROM sqlite_sequence")}

    def count_from(self, table: str, last: int) -> None:
        """A table that never had a row has no place there yet."""
        self.db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        self.db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def put_file(self, ref: str, pieces: Iterable[bytes]) -> bool:
        """They are in the folder."""
        return False

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """They are in the folder."""
        return iter(())

    def commit(self) -> None:
        """The end of the transaction."""
        self.db.execute("COMMIT")
        self.kept = True


@contextmanager
def source_of_move(path: Path) -> Iterator[FileSide]:
    """One that is there. Raises StoreBusy, StoreBroken and NotMoved."""
    if not path.is_file():
        raise NotMoved(f"There is no database at {path}.")
    with _side(path) as side:
        yield side


@contextmanager
def target_of_move(path: Path) -> Iterator[FileSide]:
    """One that is made where there is none. Raises StoreBusy and StoreBroken."""
    new = not path.exists()
    kept = False
    try:
        with _side(path, new=True) as side:
            yield side
            kept = side.kept
        if is_root():
            Owner(*_owner(path)).take(path)
    finally:
        for part in PARTS if new and not kept else ():
            with suppress(OSError):
                path.with_name(path.name + part).unlink(missing_ok=True)


def _owner(path: Path) -> tuple[int, int, int]:
    folder = Owner.of(path.absolute().parent)
    return folder.user, folder.group, PRIVATE


@contextmanager
def _side(path: Path, *, new: bool = False) -> Iterator[FileSide]:
    lock = locked(path)
    try:
        if new:
            files.made(path)
        with closing(files.opened(path)) as db:
            db.row_factory = sqlite3.Row
            for pragma in files.PRAGMAS:
                db.execute(f"PRAGMA {pragma}")
            files.check(db)
            if new:
                files.migrate(db)
            if schema_of(db) != max(files.numbered()):
                raise StoreBroken(OTHER_VERSION)
            db.execute("BEGIN IMMEDIATE")
            yield FileSide(db, f"sqlite:///{path.absolute()}")
    except (sqlite3.Error, OSError) as problem:
        why = reason_of(problem) if isinstance(problem, OSError) else problem
        raise StoreBroken(f"{path}: {why}") from None
    finally:
        lock.release()
