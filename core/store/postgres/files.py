"""Files as rows, in pieces, by connections of their own: they are large, and nobody waits for
them."""

import asyncio
from collections.abc import Collection
from pathlib import Path

import psycopg

from core.files import private
from core.net.addresses import LINE
from core.store.postgres.connection import limits

PIECE = 2**20
"""Bytes of one row."""


class Files:
    """What `put` has written, any process gets by the same name."""

    def __init__(self, url: str, lease: float) -> None:
        self._url, self._lease = url, lease

    async def put(self, ref: str, path: Path) -> None:
        """Write a file, all of it or nothing. Raises OSError."""
        await asyncio.to_thread(self._put, ref, path)

    async def get(self, ref: str, path: Path) -> bool:
        """Write it to `path`, if there is such a file. Raises OSError."""
        return await asyncio.to_thread(self._get, ref, path)

    async def drop(self, refs: Collection[str]) -> None:
        """Delete these. Raises OSError."""
        await asyncio.to_thread(self._drop, list(refs))

    async def sweep(self, seconds: float, held: Collection[str]) -> None:
        """Delete what is older than so many seconds, by the database's clock, and whose reference
        (behind the platform) is not `held`. Raises OSError."""
        await asyncio.to_thread(self._sweep, seconds, set(held))

    def _there(self) -> psycopg.Connection:
        try:
            line = psycopg.connect(self._url, **LINE)  # type: ignore[arg-type] # libpq takes them
            for setting, value in limits(self._lease).items():
                line.execute("SELECT set_config(%s, %s, false)", (setting, value))
        except psycopg.Error as problem:
            raise OSError(f"the database is away: {type(problem).__name__}") from None
        return line

    def _put(self, ref: str, path: Path) -> None:
        try:
            with self._there() as db, path.open("rb") as file:
                db.execute("DELETE FROM files WHERE ref = %s", (ref,))
                number = 0
                while (piece := file.read(PIECE)) or number == 0:
                    sql = "INSERT INTO files (ref, number, bytes) VALUES (%s, %s, %s)"
                    db.execute(sql, (ref, number, piece))
                    number += 1
        except psycopg.Error as problem:
            raise OSError(f"the file was not written: {type(problem).__name__}") from None

    def _get(self, ref: str, path: Path) -> bool:
        sql, number = "SELECT bytes FROM files WHERE ref = %s AND number = %s", 0
        try:
            with self._there() as db:
                there = "SELECT 1 FROM files WHERE ref = %s LIMIT 1"
                if db.execute(there, (ref,)).fetchone() is None:
                    return False
                with private.opened(path) as file:
                    while row := db.execute(sql, (ref, number), binary=True).fetchone():
                        file.write(row[0])
                        number += 1
        except psycopg.Error as problem:
            raise OSError(f"the file was not read: {type(problem).__name__}") from None
        return True

    def _drop(self, refs: list[str]) -> None:
        try:
            with self._there() as db:
                db.execute("DELETE FROM files WHERE ref = ANY(%s)", (refs,))
        except psycopg.Error as problem:
            raise OSError(f"the files were not deleted: {type(problem).__name__}") from None

    def _sweep(self, seconds: float, held: set[str]) -> None:
        sql = (
            "SELECT ref FROM files WHERE number = 0"
            " AND at < extract(epoch FROM clock_timestamp()) - %s"
        )
        try:
            with self._there() as db:
                old = [ref for (ref,) in db.execute(sql, (seconds,)).fetchall()]
        except psycopg.Error as problem:
            raise OSError(f"the files were not looked through: {type(problem).__name__}") from None
        if gone := [ref for ref in old if ref.partition("/")[2] not in held]:
            self._drop(gone)
