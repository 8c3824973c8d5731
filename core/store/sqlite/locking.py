"""One process a database file: a lock file beside it."""

from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from core.files import reason_of
from core.store.port import StoreBroken
from core.store.sqlite.owners import PRIVATE, Owner, is_root


class StoreBusy(Exception):
    """Another process holds this database."""


def locked(path: Path) -> FileLock:
    """The folder is made where there is none. Raises StoreBusy and StoreBroken."""
    file = Path(f"{path}.lock")
    lock = FileLock(file, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        if is_root():
            replace(Owner.of(path), mode=PRIVATE).take(file)
    except Timeout:
        raise StoreBusy(str(path)) from None
    except OSError as problem:
        lock.release()
        where = problem.filename or file
        raise StoreBroken(
            f"{where}: {reason_of(problem)}. Run the bot as the user that its data belongs to."
        ) from None
    return lock
