"""The figures of a database file: read beside the running bot, by a connection of its own."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.domain.spans import DAY
from core.store.statements import figures as statements
from core.store.statements.figures import Figures
from core.store.writer import StoreBroken


def figures(path: Path, now: float, *, since: float = 30 * DAY, most: int = 50) -> Figures:
    """What is in the file at present; of ended requests the last `since` seconds, and at most so
    many rows of each list. Raises StoreBroken."""
    with _reading(path) as db:
        return statements.figures(db, now, since=since, most=most)


def direct_chats(path: Path, names: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """The direct chats of these people (`telegram:1` or `1`): by platform and user the chat, and
    the language that was spoken there. Raises StoreBroken."""
    with _reading(path) as db:
        return statements.direct_chats(db, names)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")  # one moment for all of it
            yield db
    except (sqlite3.Error, OSError) as problem:
        raise StoreBroken(f"{path}: {problem}") from None
