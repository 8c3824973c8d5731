"""What the command line does to a database, also while a bot runs on it: by a connection of its
own, in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.domain.budgets import Charged, Held
from core.domain.operating import Operation, Overview, Pause
from core.files.text import reason
from core.store.sqlite import files
from core.store.statements import charging, operating, operations, rows, turns
from core.store.writer import StoreBroken

PATIENCE = 10.0
"""Seconds until a bot that writes has to be done with it."""


def operated(path: Path, operation: Operation, now: float) -> None:
    """Do it; a bot that runs takes it up within seconds. Raises StoreBroken."""
    with _writing(path) as db:
        operations.operate(db, operation, now, turns.cancel)


def standing(path: Path, now: float) -> tuple[Pause | None, Overview]:
    """How the bot stands, and whether it is paused. Raises StoreBroken."""
    with _writing(path) as db:
        return operating.pause(db), operating.overview(db, now)


def spent(path: Path, platform: str, user: str, now: float) -> Charged:
    """What has been spent of the operator's credits, by this person and by all. Raises
    StoreBroken."""
    with _writing(path) as db:
        return charging.charged(db, platform, user, "", now, least=Held.WAITING)


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            for pragma in files.PRAGMAS[1:]:
                db.execute(f"PRAGMA {pragma}")
            _check(db)
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
    except (sqlite3.Error, OSError) as problem:
        why = reason(problem) if isinstance(problem, OSError) else problem
        raise StoreBroken(f"{path}: {why}") from None


def _check(db: sqlite3.Connection) -> None:
    row, newest = rows.one(db, "PRAGMA user_version"), max(files.numbered())
    if row is None or row[0] != newest:
        raise StoreBroken("it is of another version: start this version of the bot once")
