"""The database as a file: opened, checked, brought up to date, and freed of what a killed process
has left."""

import asyncio
import errno
import os
import sqlite3
from pathlib import Path
from uuid import uuid4

import aiosqlite

from core.domain.tokens import struck_json
from core.files.text import reason
from core.store.sqlite import holds, rows, setback
from core.store.sqlite.reshaping import reshaped
from core.store.sqlite.writer import StoreBroken

MIGRATIONS = Path(__file__).parent
PRAGMAS = (
    "busy_timeout=1000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
"""`secure_delete`: what is erased is overwritten, and not only taken off the list."""


async def connect(path: Path, now: float) -> tuple[aiosqlite.Connection, str]:
    """A connection to a sound database with today's schema, made where there is none, and its id.

    Raises StoreBroken. An open connection would keep the process alive, so no other error leaves
    one behind either."""
    try:
        await asyncio.to_thread(
            path.touch, 0o600
        )  # people's words are for nobody else on this machine
        if not await asyncio.to_thread(path.is_file):
            raise StoreBroken(f"{path}: it is a folder, or no plain file")
        if not await asyncio.to_thread(os.access, path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "")
        connection = await aiosqlite.connect(path, isolation_level=None)
    except OSError as problem:
        raise StoreBroken(f"{path}: {reason(problem)}") from None
    except aiosqlite.Error as problem:
        raise StoreBroken(f"{path}: {problem}") from None
    try:
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        await check(connection)
        await migrate(connection)
        await free(connection, now)
        return connection, await identity(connection)
    except BaseException as problem:
        await connection.close()
        if isinstance(problem, (aiosqlite.Error, StoreBroken)):
            raise StoreBroken(f"{path}: {problem}") from None
        raise


async def check(connection: aiosqlite.Connection) -> None:
    """Look at every page. Raises StoreBroken for a damaged file, which may open well and fail much
    later."""
    found = await rows.one(connection, "PRAGMA quick_check(1)")
    if found is None or found[0] != "ok":
        raise StoreBroken("the file is damaged")


async def migrate(connection: aiosqlite.Connection, folder: Path = MIGRATIONS) -> None:
    """Run the numbered files that this database has not seen, each in a transaction of its own.

    Raises StoreBroken for a database that a newer version of the bot has made.
    """
    version = await rows.one(connection, "PRAGMA user_version")
    done = version[0] if version else 0
    files = _numbered(folder)
    if done > max(files):
        raise StoreBroken(
            f"it was made by a newer version of the bot (schema {done}, this one knows "
            f"{max(files)})"
        )
    for number in (number for number in files if number > done):
        script = files[number].read_text(encoding="utf-8")
        await connection.executescript(f"BEGIN IMMEDIATE;\n{script}")
        if number in STEPS:
            await STEPS[number](connection)
        await connection.execute(f"PRAGMA user_version = {number}")
        await connection.execute("COMMIT")


async def _strike(connection: aiosqlite.Connection) -> None:
    """Take out tokens that were sent without /login and taken for words."""
    for table, column in (
        ("jobs", "body"),
        ("jobs", "pile"),
        ("chats", "body"),
        ("outbox", "body"),
    ):
        found = await connection.execute_fetchall(
            f"SELECT DISTINCT {column} FROM {table} WHERE {column} LIKE '%nmv%'"  # noqa: S608
        )
        struck = [(struck_json(text), text) for (text,) in found]
        await connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", struck)  # noqa: S608


async def _reshape(connection: aiosqlite.Connection) -> None:
    """What a request has learnt, a record for each phase."""
    await connection.create_function("reshaped", 1, reshaped, deterministic=True)
    await connection.execute("UPDATE jobs SET body = reshaped(body)")


STEPS = {5: _strike, 7: _reshape}
"""What plain SQL cannot do, in the same transaction as the file of that number. Any tool can run
the files alone."""


def _numbered(folder: Path) -> dict[int, Path]:
    return {int(file.name[:4]): file for file in sorted(folder.glob("[0-9]*.sql"))}


async def identity(connection: aiosqlite.Connection) -> str:
    """The short id of this database, made with it."""
    await connection.execute("INSERT OR IGNORE INTO meta VALUES ('id', ?)", (uuid4().hex[:8],))
    row = await rows.one(connection, "SELECT value FROM meta WHERE name = 'id'")
    return str(row["value"]) if row else ""


async def free(connection: aiosqlite.Connection, now: float) -> None:
    """Let go of what a killed process had taken up, and see to it that nothing waits for a time
    that was set back."""
    for table in ("jobs", "outbox"):
        await connection.execute(f"UPDATE {table} SET claimed = 0 WHERE claimed = 1")  # noqa: S608
    await holds.open_up(connection, now)
    await setback.mend(connection, now)
