"""The schema on Postgres: numbered files, each in a transaction of its own, one process at a time.

While an update is rolled out old and new processes run side by side, so a file changes nothing that
the code before it needs; where that cannot be, it says from which number on code may run on it."""

import re
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql

from core.store.port import StoreBroken

FOLDER = Path(__file__).parent
NEEDS = re.compile(r"^-- needs (\d+)$", re.M)
"""A line in a file: code that does not know that file's number refuses to run on it."""
AFTER = "-- after procrastinate"
"""How a file begins that needs procrastinate's tables: they are made just before it."""
OLDEST, ENCODING = 13, "UTF8"
"""The first version of Postgres that tells what has become of a transaction, and how it keeps what
people write in any script."""
NAMES = ("migrations", "jobs", "accounts", "chats", "meta", "outbox", "procrastinate_jobs")
"""Tables of ours that others may have as well."""
LOCK = 1886351203
"""One process at a time."""


def numbered(folder: Path = FOLDER) -> dict[int, Path]:
    """The migrations by their number, in order."""
    return {int(file.name[:4]): file for file in sorted(folder.glob("[0-9]*.sql"))}


def migrate(raw: psycopg.Connection, folder: Path = FOLDER) -> None:
    """Run the files that this database has not seen. Raises StoreBroken where it needs newer
    code."""
    raw.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
    try:
        check(raw)
        raw.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number BIGINT PRIMARY KEY, needs BIGINT NOT NULL)"
        )
        files = numbered(folder)
        for number in sorted(set(files) - _seen(raw, max(files))):
            text = files[number].read_text(encoding="utf-8")
            needs = max(map(int, NEEDS.findall(text)), default=0)
            with raw.transaction():
                if text.startswith(AFTER):
                    raw.execute(SchemaManager.get_schema())
                raw.execute(sql.SQL(text))
                raw.execute("INSERT INTO migrations VALUES (%s, %s)", (number, needs))
    finally:
        raw.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


def check(raw: psycopg.Connection) -> None:
    """Whether it is a database of ours, or can become one. Raises StoreBroken."""
    version, encoding = (
        raw.info.server_version // 10000,
        raw.info.parameter_status("server_encoding"),
    )
    if version < OLDEST:
        raise StoreBroken(f"Postgres {version} is too old: use {OLDEST} or newer")
    if encoding != ENCODING:
        raise StoreBroken(
            f"its encoding is {encoding}, which has no signs for all that people write: CREATE"
            f" DATABASE … ENCODING '{ENCODING}' TEMPLATE template0"
        )
    sql = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL"
    if not is_there(raw) and (found := raw.execute(sql, (list(NAMES),)).fetchall()):
        names = ", ".join(sorted(name for (name,) in found))
        raise StoreBroken(
            f"another program has tables of these names in it: {names}. Give the bot a database of"
            " its own"
        )


def is_current(raw: psycopg.Connection) -> bool:
    """Whether it is a database of ours that has seen every file. Raises StoreBroken where it needs
    newer code."""
    newest = max(numbered())
    return is_there(raw) and newest in _seen(raw, newest)


def is_there(raw: psycopg.Connection) -> bool:
    """Whether a bot has ever begun on it."""
    sql = (
        "SELECT COUNT(*) FROM pg_attribute WHERE attrelid = to_regclass('migrations')"
        " AND attname IN ('number', 'needs')"
    )
    found = raw.execute(sql).fetchone()
    return found is not None and found[0] == 2  # other programs have such a table as well


def seen(raw: psycopg.Connection) -> int:
    """The number of the last file that it has seen, 0 for none. Raises StoreBroken where it needs
    newer code, or is none of ours."""
    check(raw)
    return max(_seen(raw, max(numbered())), default=0) if is_there(raw) else 0


def _seen(raw: psycopg.Connection, newest: int) -> set[int]:
    found = raw.execute("SELECT number, needs FROM migrations").fetchall()
    needs = max((row[1] for row in found), default=0)
    if needs > newest:
        raise StoreBroken(
            f"it was made by a newer version of the bot (it needs schema {needs}, this one knows "
            f"{newest})"
        )
    return {row[0] for row in found}
