"""The database as a file: opened, checked, brought up to date, and freed of what a killed process
has left."""

import errno
import os
import sqlite3
from pathlib import Path
from uuid import uuid4

from core.domain.tokens import without_tokens_json
from core.files import reason_of
from core.store.moving import refusal
from core.store.port import StoreBroken
from core.store.sqlite import numbering, updating
from core.store.sqlite.reshaping import reshaped
from core.store.statements import free_all, value

MIGRATIONS = Path(__file__).parent
PRAGMAS = (
    "busy_timeout=1000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
"""`secure_delete`: what is erased is overwritten, and not only taken off the list."""
STATEMENTS = 512
"""So many are kept prepared: all that there are."""


def opened(path: Path, kind: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """A connection for whoever uses it one after the other, in whatever thread. Raises
    sqlite3.Error."""
    return sqlite3.connect(
        path,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
        factory=kind,
    )


def made(path: Path) -> None:
    """The file is there, and is one that can be used. Raises StoreBroken."""
    try:
        path.touch(0o600)  # people's words are for nobody else on this machine
        if not path.is_file():
            raise StoreBroken(f"{path}: it is a folder, or no plain file")
        if not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as problem:
        raise StoreBroken(f"{path}: {reason_of(problem)}") from None


def prepared(connection: sqlite3.Connection, path: Path, now: float) -> str:
    """The id of a database that is sound now, and of today's schema. Raises StoreBroken."""
    try:
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        check(connection)
        if (schema := updating.schema_of(connection)) and (why := refusal(connection)):
            raise StoreBroken(why)
        if updating.STRUCK <= schema < max(numbered()):
            updating.keep(path, schema, now)
        migrate(connection)
        free_all(connection, now)
        return identity(connection)
    except (sqlite3.Error, StoreBroken) as problem:
        raise StoreBroken(f"{path}: {problem}") from None


def check(connection: sqlite3.Connection) -> None:
    """Look at every page. Raises StoreBroken for a damaged file, which may open well and fail much
    later."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreBroken("the file is damaged")


def migrate(connection: sqlite3.Connection, folder: Path = MIGRATIONS) -> None:
    """Run the numbered files that this database has not seen, each in a transaction of its own.

    Raises StoreBroken for a database that a newer version of the bot has made.
    """
    done = updating.schema_of(connection)
    files = numbered(folder)
    if done > max(files):
        raise StoreBroken(
            f"it was made by a newer version of the bot (schema {done}, this one knows "
            f"{max(files)})"
        )
    for number in (number for number in files if number > done):
        script = files[number].read_text(encoding="utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}")
        if number in STEPS:
            STEPS[number](connection)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")


def _strike(connection: sqlite3.Connection) -> None:
    """Take out tokens that were sent without /login and taken for words."""
    for table, column in (
        ("jobs", "body"),
        ("jobs", "pile"),
        ("chats", "body"),
        ("outbox", "body"),
    ):
        found = connection.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} LIKE '%nmv%'"  # noqa: S608
        )
        struck = [(without_tokens_json(text), text) for (text,) in found]
        connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", struck)  # noqa: S608


def _reshape(connection: sqlite3.Connection) -> None:
    """What a request has learnt, a record for each phase."""
    connection.create_function("reshaped", 1, reshaped, deterministic=True)
    connection.execute("UPDATE jobs SET body = reshaped(body)")


STEPS = {5: _strike, 7: _reshape, 15: numbering.number}
"""What plain SQL cannot do, in the same transaction as the file of that number. Any tool can run
the files alone."""


def numbered(folder: Path = MIGRATIONS) -> dict[int, Path]:
    """The migrations by their number, in order."""
    return {int(file.name[:4]): file for file in sorted(folder.glob("[0-9]*.sql"))}


def identity(connection: sqlite3.Connection) -> str:
    """The short id of this database, made with it."""
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('id', ?)", (uuid4().hex[:8],))
    return value(connection, "id") or ""
