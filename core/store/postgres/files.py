"""Files as rows, in pieces, by connections of their own: they are large, and nobody waits for
them."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from core.files import open_private
from core.net import POSTGRES_LINE
from core.store.port import StoreAway
from core.store.postgres.connection import limits

PIECE = 2**20
"""Bytes of one row."""


class Files:
    """What `put` has written, any process gets by the same name."""

    def __init__(self, url: str, lease: float) -> None:
        self._url, self._lease = url, lease

    async def put(self, ref: str, path: Path) -> None:
        """Write a file, all of it or nothing. Raises StoreAway, and OSError of this disk."""
        await asyncio.to_thread(self._put, ref, path)

    async def get(self, ref: str, path: Path) -> bool:
        """Write it to `path`, if there is such a file. Raises StoreAway, and OSError of this
        disk."""
        return await asyncio.to_thread(self._get, ref, path)

    async def drop(self, refs: Collection[str]) -> None:
        """Delete these. Raises StoreAway."""
        await asyncio.to_thread(self._drop, list(refs))

    async def sweep(self, seconds: float, held: Collection[str]) -> None:
        """Delete what is older than so many seconds, by the database's clock, and whose reference
        (behind the platform) is not `held`. Raises StoreAway."""
        await asyncio.to_thread(self._sweep, seconds, set(held))

    @contextmanager
    def _line(self) -> Iterator[psycopg.Connection]:
        """A transaction on a connection of its own, which is kept if all went well. What the
        database has against it, also that it is away, is StoreAway."""
        try:
            with psycopg.connect(self._url, **POSTGRES_LINE) as line:  # type: ignore[arg-type] # libpq takes them
                for setting, value in limits(self._lease).items():
                    line.execute("SELECT set_config(%s, %s, false)", (setting, value))
                yield line
        except psycopg.Error as problem:
            raise StoreAway(f"the database has no file for us: {type(problem).__name__}") from None

    def _put(self, ref: str, path: Path) -> None:
        with path.open("rb") as file, self._line() as db:
            db.execute("DELETE FROM files WHERE ref = %s", (ref,))
            number = 0
            while (piece := file.read(PIECE)) or number == 0:
                sql = "INSERT INTO files (ref, number, bytes) VALUES (%s, %s, %s)"
                db.execute(sql, (ref, number, piece))
                number += 1

    def _get(self, ref: str, path: Path) -> bool:
        sql, number = "SELECT bytes FROM files WHERE ref = %s AND number = %s", 0
        with self._line() as db:
            there = "SELECT 1 FROM files WHERE ref = %s LIMIT 1"
            if db.execute(there, (ref,)).fetchone() is None:
                return False
            with open_private(path) as file:
                while row := db.execute(sql, (ref, number), binary=True).fetchone():
                    file.write(row[0])
                    number += 1
        return True

    def _drop(self, refs: list[str]) -> None:
        with self._line() as db:
            db.execute("DELETE FROM files WHERE ref = ANY(%s)", (refs,))

    def _sweep(self, seconds: float, held: set[str]) -> None:
        sql = (
            "SELECT ref FROM files WHERE number = 0"
            " AND at < extract(epoch FROM clock_timestamp()) - %s"
        )
        with self._line() as db:
            old = [ref for (ref,) in db.execute(sql, (seconds,)).fetchall()]
        if gone := [ref for ref in old if ref.partition("/")[2] not in held]:
            self._drop(gone)
