"""A database file beside the bot that runs on it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.files import reason_of
from core.store.outside import Outside
from core.store.port import StoreBroken
from core.store.sqlite import files
from core.store.sqlite.updating import schema_of
from core.store.writer import OTHER_VERSION

NEWER = "it was made by a newer version of the bot: use that one"
LACKING = re.compile(r"no such (table|column)")
PATIENCE = 10.0
"""Seconds until a bot that writes has to be done with it."""


class SqliteOutside(Outside):
    """See core.store.outside."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_there(self) -> bool:
        """The file is."""
        return self._path.exists()

    def is_in_use(self) -> bool:
        """Its lock is held."""
        file = Path(f"{self._path}.lock")
        if not file.exists():
            return False
        lock = FileLock(file, timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError):
            return True
        lock.release()
        return False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Also of an earlier version, as far as it goes."""
        with self._told(), closing(self._connected()) as db:
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Of this version alone."""
        with self._told(), closing(self._connected()) as db:
            for pragma in files.PRAGMAS[1:]:
                db.execute(f"PRAGMA {pragma}")
            if (schema := schema_of(db)) != (newest := max(files.numbered())):
                raise StoreBroken(NEWER if schema > newest else OTHER_VERSION)
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    def _connected(self) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?mode=rw"
        db = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
        db.row_factory = sqlite3.Row
        return db

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            why = reason_of(problem) if isinstance(problem, OSError) else str(problem)
            if LACKING.match(why):
                why = OTHER_VERSION
            raise StoreBroken(f"{self._path}: {why}") from None
