"""The copy of the database as it was before an update changed its schema: made by itself, one only,
and not kept for long."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from pathlib import Path

import structlog

from core.domain.spans import DAY
from core.store.sqlite.copies import CopyFailed, back_up

log = structlog.get_logger()

KEPT = 7 * DAY
"""So long it is of use; what somebody wants forgotten ends it at once."""
ROOM = 64 * 2**20
"""Bytes that are to be left on the disk beside it."""


STRUCK = 5
"""Before this schema a token could stand among somebody's words: such a file is not kept."""


def place(path: Path) -> Path:
    """Where the copy of this database lies: beside it."""
    return path.with_name(f"{path.name}.before-update")


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def keep(path: Path, schema: int, now: float, free: Callable[[Path], int] = _free) -> None:
    """Copy a database that is about to be changed, in the place of an earlier copy. `now` becomes
    the copy's own time, where it is known. What goes wrong is only said: an update does not wait
    for it."""
    copy = place(path)
    try:
        drop(path)
        if free(path.parent) < _size(path) + ROOM:
            log.warning("no copy is made before the update: too little room", database=str(path))
            return
        back_up(path, copy)
        if isfinite(now):
            os.utime(copy, (now, now))
    except (CopyFailed, OSError) as problem:
        log.warning("no copy could be made before the update", problem=str(problem))
        return
    log.info("the database is kept as it was before the update", copy=str(copy), schema=schema)


def drop(path: Path) -> None:
    """The copy goes, if there is one. Raises OSError."""
    copy = place(path)
    for file in (copy.with_name(f"{copy.name}.part"), copy):  # half of one, where that was killed
        if file.exists():
            file.unlink()
            log.info("a copy from before an update is deleted", copy=str(file))


def sweep(path: Path, now: float) -> None:
    """It goes once it is too old to be of use. As far as it goes: what fails is tried again."""
    with suppress(OSError):
        if now - place(path).stat().st_mtime > KEPT:
            drop(path)


def schema_of(connection: sqlite3.Connection) -> int:
    """The number of the last migration that the file has seen, 0 for a new one."""
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    return int(schema)


def _size(path: Path) -> int:
    """Bytes, those included that are still in the log of changes."""
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
