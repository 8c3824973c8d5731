"""How a database file stands, looked at without changing anything, also while a bot runs on it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.files import reason_of
from core.store.moving import moved_to
from core.store.port import StoreBroken
from core.store.sqlite.files import numbered
from core.store.statements import open_jobs, pause, sealed_tokens


@dataclass(frozen=True, slots=True)
class Condition:
    """`schema` is the number of the last migration that the file has seen, `newest` the last that
    this version knows; sizes are bytes. `sealed` are the sealed tokens, `open_jobs` counts the
    requests that are under way; `paused`: the operator lets nothing
    begin; `moved_to`: where all of it is by now."""

    schema: int
    newest: int
    size: int
    log: int
    sealed: tuple[str, ...]
    open_jobs: int
    paused: bool = False
    moved_to: str | None = None


def examined(path: Path) -> Condition:
    """Raises FileNotFoundError where there is no database yet, and StoreBroken."""
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA query_only = ON")
            (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise StoreBroken("the file is damaged")
            (schema,) = db.execute("PRAGMA user_version").fetchone()
            newest = max(numbered())
            readable = 0 < schema <= newest
            return Condition(
                schema=schema,
                newest=newest,
                size=path.stat().st_size,
                log=_size(path.with_name(f"{path.name}-wal")),
                sealed=sealed_tokens(db) if readable else (),
                open_jobs=open_jobs(db) if readable else 0,
                paused=readable and pause(db) is not None,
                moved_to=moved_to(db) if readable else None,
            )
    except (sqlite3.Error, OSError) as problem:
        words = reason_of(problem) if isinstance(problem, OSError) else str(problem)
        raise StoreBroken(words) from None


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
