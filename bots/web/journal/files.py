"""Which files there are, whose they are, and what they go with."""

import sqlite3
from dataclasses import asdict, dataclass, replace

import aiosqlite

from bots.web.journal.book import Book, row_of
from bots.web.journal.visitors import note_visitor


@dataclass(frozen=True, slots=True)
class Item:
    """One file: `place` is its name on disk, `sort` whether it was brought by the visitor (`own`)
    or goes with a message of the bot (`film`, `picture`, `document`)."""

    id: int
    user: str
    place: str
    sort: str
    name: str
    mime: str
    bytes: int
    message: int | None
    at: float


class Files(Book):
    """The files' part of the journal."""

    async def keep(self, item: Item) -> int:
        """Note a file; its number."""
        async with self._writing() as db:
            await note_visitor(db, item.user, self._clock(), here=False)
            return await keep_item(db, replace(item, at=self._clock()))

    async def item(self, user: str, number: int) -> Item | None:
        """A file that this visitor has brought."""
        rows = await self._all(
            "SELECT * FROM files WHERE id = ? AND user = ? AND sort = 'own'", number, user
        )
        return _item(rows[0]) if rows else None

    async def with_message(self, user: str, message: int, sort: str) -> Item | None:
        """The newest file of that sort that goes with a message."""
        rows = await self._all(
            "SELECT * FROM files WHERE message = ? AND user = ? AND sort = ? ORDER BY id DESC",
            message,
            user,
            sort,
        )
        return _item(rows[0]) if rows else None

    async def drop(self, user: str, number: int) -> Item | None:
        """Take back a file that no message names."""
        async with self._writing() as db:
            sql = "SELECT * FROM files WHERE id = ? AND user = ? AND sort = 'own'"
            row = await row_of(db, f"{sql} AND message IS NULL", number, user)
            if row is not None:
                await db.execute("DELETE FROM files WHERE id = ?", (number,))
            return _item(row) if row is not None else None

    async def bytes_of(self, user: str) -> int:
        """Of all files of this visitor."""
        rows = await self._all("SELECT SUM(bytes) FROM files WHERE user = ?", user)
        return int(rows[0][0] or 0)

    async def bytes_of_all(self) -> int:
        """Of all files."""
        rows = await self._all("SELECT SUM(bytes) FROM files")
        return int(rows[0][0] or 0)

    async def make_room(self, user: str, size: int, most: int) -> list[str]:
        """Let go of the visitor's oldest films until one of `size` bytes fits into `most`; their
        names on disk. Their messages stay, with the links."""
        gone: list[str] = []
        async with self._writing() as db:
            sql = "SELECT id, place, sort, bytes FROM files WHERE user = ? ORDER BY id"
            rows = list(await db.execute_fetchall(sql, (user,)))
            held = sum(row["bytes"] for row in rows)
            for row in rows:
                if row["sort"] == "film" and held + size > most:
                    held -= row["bytes"]
                    gone.append(str(row["place"]))
                    await db.execute("DELETE FROM files WHERE id = ?", (row["id"],))
        return gone

    async def places(self) -> set[str]:
        """The names on disk of all files."""
        return {str(row[0]) for row in await self._all("SELECT place FROM files")}


async def keep_item(db: aiosqlite.Connection, item: Item) -> int:
    """Note a file in a transaction; its number."""
    row = await db.execute_insert(
        "INSERT INTO files (user, place, sort, name, mime, bytes, message, at)"
        " VALUES (:user, :place, :sort, :name, :mime, :bytes, :message, :at)",
        asdict(item),
    )
    assert row is not None
    return int(row[0])


def _item(row: sqlite3.Row) -> Item:
    return Item(**{name: row[name] for name in Item.__slots__})
