"""Copies of the database: made while a bot runs on it, and put back in its place."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from core.files import reason_of
from core.store.moving import use_again
from core.store.sqlite.locking import locked
from core.store.sqlite.owners import PRIVATE, Owner, is_root

PARTS = ("", "-wal", "-shm")
"""A database in use is up to three files, which belong together."""


class CopyFailed(Exception):
    """A copy cannot be made or put back; one sentence for the operator. Nothing was changed."""


def back_up(path: Path, copy: Path) -> None:
    """Copy a database to a new file, as it is at one moment; a bot may go on running on it. Raises
    CopyFailed."""
    if not os.path.lexists(path):
        raise CopyFailed(f"There is no database at {path}.")
    if os.path.lexists(copy):
        raise CopyFailed(
            f"{copy} is there already, and nothing was overwritten. Name another file."
        )
    half = copy.with_name(f"{copy.name}.part")
    with _told("The database could not be copied", half):
        if not path.is_file():
            raise CopyFailed(f"{path} is a folder, or no plain file, and so no database.")
        half.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        with closing(sqlite3.connect(path, isolation_level=None)) as source:
            source.execute("PRAGMA query_only = ON")
            with closing(sqlite3.connect(half, isolation_level=None)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")  # one file alone
                _check(target)
        with half.open("rb") as written:
            os.fsync(written.fileno())
        if is_root():
            replace(Owner.of(path), mode=PRIVATE).take(half)
        half.rename(copy)


def restore(copy: Path, path: Path) -> Path | None:
    """Put a copy in the place of the database; returns where the replaced one was put.

    Raises StoreBusy where a bot runs on it, StoreBroken where its place cannot be used, and
    CopyFailed."""
    lock = locked(path)
    try:
        return _put_back(copy, path)
    finally:
        lock.release()


def _put_back(copy: Path, path: Path) -> Path | None:
    """Put a copy in the place of the database; returns where the replaced one is now.

    What was under way when the copy was made may have been done since: each such step now looks
    before it acts, as after a kill, so that nothing is paid for twice. A copy of a database whose
    everything was moved elsewhere is in use again. Raises CopyFailed."""
    fresh = path.with_name(f"{path.name}.fresh")
    with _told(f"{copy} could not be put back", fresh):
        _unlink(fresh)
        owner = Owner.of(path)
    back_up(copy, fresh)
    with (
        _told(f"{copy} could not be put back", fresh),
        closing(sqlite3.connect(fresh, isolation_level=None)) as db,
    ):
        claims = _claims(db)
        db.execute(f"UPDATE jobs SET {claims} = MAX({claims}, 1) WHERE state = 'open'")  # noqa: S608
        db.execute(f"UPDATE outbox SET {claims} = MAX({claims}, 1)")  # noqa: S608
        use_again(db)
    with _told(
        f"{copy} could not be put back: the file cannot be given to the user of the one before",
        fresh,
    ):
        owner.take(fresh)
    with _told(f"{copy} could not be put back", fresh):
        aside = _aside(path) if path.exists() else None
        for part in PARTS if aside else ():
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + part).rename(f"{aside}{part}")
        fresh.rename(path)
    return aside


def _aside(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.aside-{number}") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _check(db: sqlite3.Connection) -> None:
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError("it is damaged")
    db.execute(f"SELECT id, state, {_claims(db)} FROM jobs LIMIT 1")  # noqa: S608


def _claims(db: sqlite3.Connection) -> str:
    """The column that counts claims: a copy may be one of an earlier version."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return "begun" if version < RENAMED else "claims"


RENAMED = 7
"""The schema from which on it is called so."""


@contextmanager
def _told(what: str, half: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        with contextlib.suppress(OSError):
            _unlink(half)
        where = f"{problem.filename}: " if isinstance(problem, OSError) and problem.filename else ""
        why = reason_of(problem) if isinstance(problem, OSError) else problem
        raise CopyFailed(f"{what}: {where}{why}.") from None


def _unlink(file: Path) -> None:
    for part in PARTS:
        file.with_name(file.name + part).unlink(missing_ok=True)
