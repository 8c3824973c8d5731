"""The visitors' chats on disk, so that a reload, a second tab and a new start show them whole."""

import asyncio
import json
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bots.web.journal.schema import migrate
from core.files import private
from core.vault import Vault, WrongKey

Body = dict[str, Any]
"""A message as the page gets it, without what the row itself tells."""


NOBODY = "user NOT IN (SELECT user FROM messages UNION SELECT user FROM files)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `changed` is the number of its last change, `gone` that it was taken away;
    `answered` that what the visitor said is in the engine's store."""

    id: int
    user: str
    at: float
    mine: bool
    body: Body
    changed: int
    gone: bool
    edited: bool
    answered: bool
    client: str = ""


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


class Journal:
    """One connection, used by one piece of work at a time. What people and the bot said is sealed.
    Every method may raise sqlite3.Error where the disk does not take it."""

    def __init__(self, db: aiosqlite.Connection, vault: Vault, clock: Callable[[], float]) -> None:
        self._db, self._vault, self._clock = db, vault, clock
        self._lock = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path, vault: Vault, clock: Callable[[], float]) -> Self:
        """That of this folder. Raises sqlite3.Error or OSError."""
        path = folder / "journal.sqlite"
        await asyncio.to_thread(_touch, path)
        db = await aiosqlite.connect(path, isolation_level=None)
        try:
            await migrate(db)
        except BaseException:
            await db.close()
            raise
        return cls(db, vault, clock)

    async def close(self) -> None:
        """Nothing may be asked any more."""
        async with self._lock:
            await self._db.close()

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """One transaction, alone."""
        async with self._lock:
            await self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                await self._db.execute("ROLLBACK")
                raise
            await self._db.execute("COMMIT")

    async def _all(self, sql: str, *values: Any) -> Sequence[sqlite3.Row]:
        async with self._lock:
            return list(await self._db.execute_fetchall(sql, values))

    # Visitors

    async def language(self, user: str) -> str:
        """The one that the visitor has chosen, empty for none."""
        rows = await self._all("SELECT language FROM visitors WHERE user = ?", user)
        return str(rows[0][0]) if rows else ""

    async def begun(self, user: str) -> int:
        """The number from which on this visitor is known: what they saw before is forgotten. 0
        where they are not known."""
        rows = await self._all("SELECT begun FROM visitors WHERE user = ?", user)
        return int(rows[0][0]) if rows else 0

    async def visitors(self) -> int:
        """How many there are."""
        rows = await self._all("SELECT COUNT(*) FROM visitors")
        return int(rows[0][0])

    async def greet(self, user: str, language: str | None = None) -> None:
        """Note that the visitor was here, and the language if one was chosen."""
        async with self._writing() as db:
            await _seen(db, user, self._clock())
            if language is not None:
                await db.execute(
                    "UPDATE visitors SET language = ? WHERE user = ?", (language, user)
                )
                await db.execute(
                    "UPDATE visitors SET begun = ? WHERE user = ?", (await _number(db), user)
                )

    # Messages

    async def said(self, user: str, client: str, body: Body) -> Entry:
        """What a visitor says; the same once more for the same `client`."""
        async with self._writing() as db:
            await _seen(db, user, self._clock())
            found = await _row(
                db, "SELECT * FROM messages WHERE user = ? AND client = ?", user, client
            )
            if found is None:
                message = await self._insert(db, user, body, client=client)
                for file in body["files"]:
                    await db.execute(
                        "UPDATE files SET message = ? WHERE id = ? AND user = ?",
                        (message, int(file["ref"][1:]), user),
                    )
                found = await _row(db, "SELECT * FROM messages WHERE id = ?", message)
            assert found is not None
            return self._entry(found)

    async def answered(self, message: int) -> None:
        """It is in the engine's store."""
        async with self._writing() as db:
            await db.execute("UPDATE messages SET answered = 1 WHERE id = ?", (message,))

    async def unanswered(self) -> list[Entry]:
        """What was said and, by what is known here, not taken in: a process has ended between."""
        rows = await self._all(
            "SELECT * FROM messages WHERE mine = 1 AND answered = 0 AND gone = 0 ORDER BY id"
        )
        return [self._entry(row) for row in rows]

    async def posted(
        self, user: str, nonce: str, body: Body, items: Sequence[Item] = (), *, working: bool
    ) -> tuple[int, bool]:
        """What the bot says with these files, and whether it is new: one nonce is one message."""
        async with self._writing() as db:
            await _seen(db, user, None, self._clock())
            found = await _row(
                db, "SELECT id FROM messages WHERE user = ? AND nonce = ?", user, nonce
            )
            if found is not None:
                return int(found["id"]), False
            message = await self._insert(db, user, body, nonce=nonce, working=working)
            for item in items:
                await _keep(db, replace(item, message=message, at=self._clock()))
            return message, True

    async def _insert(
        self,
        db: aiosqlite.Connection,
        user: str,
        body: Body,
        *,
        client: str | None = None,
        nonce: str | None = None,
        working: bool = False,
    ) -> int:
        values = (user, self._clock(), client is not None, client, nonce, working)
        row = await db.execute_insert(
            "INSERT INTO messages (user, at, mine, client, nonce, working, body, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, self._sealed(body), await _number(db)),
        )
        assert row is not None
        return int(row[0])

    async def change(
        self,
        user: str,
        message: int,
        body: Body,
        items: Sequence[Item] = (),
        *,
        working: bool = False,
    ) -> bool:
        """Say something else in the place of a message, with these files as well; False where it
        is not there."""
        async with self._writing() as db:
            what = "body = ?, working = ?, edited = 1"
            done = await _changed(db, user, message, what, self._sealed(body), working)
            for item in items if done else ():
                await _keep(db, replace(item, message=message, at=self._clock()))
            return done

    async def take_away(self, user: str, message: int) -> bool:
        """Nothing is left but that it was there; False where it was not."""
        async with self._writing() as db:
            what = "body = ?, working = 0, gone = 1"
            return await _changed(db, user, message, what, self._sealed({}))

    async def entry(self, user: str, message: int) -> Entry | None:
        """One message of this visitor's chat."""
        rows = await self._all(
            "SELECT * FROM messages WHERE id = ? AND user = ? AND gone = 0", message, user
        )
        return self._entry(rows[0]) if rows else None

    async def log(self, user: str, most: int) -> list[Entry]:
        """The newest messages, oldest first."""
        rows = await self._all(
            "SELECT * FROM messages WHERE user = ? AND gone = 0 ORDER BY id DESC LIMIT ?",
            user,
            most,
        )
        return [self._entry(row) for row in reversed(rows)]

    async def changes(self, user: str, after: int, most: int) -> list[Entry]:
        """What has changed since that number, in that order."""
        rows = await self._all(
            "SELECT * FROM messages WHERE user = ? AND changed > ? ORDER BY changed LIMIT ?",
            user,
            after,
            most,
        )
        return [self._entry(row) for row in rows]

    async def last(self, user: str) -> int:
        """The number of the last change in this visitor's chat."""
        rows = await self._all(
            "SELECT MAX(n) FROM (SELECT MAX(changed) AS n FROM messages WHERE user = ?"
            " UNION ALL SELECT begun FROM visitors WHERE user = ?)",
            user,
            user,
        )
        return int(rows[0][0] or 0)

    async def working(self, user: str) -> bool:
        """Whether something is being made for this visitor."""
        rows = await self._all(
            "SELECT 1 FROM messages WHERE user = ? AND working = 1 LIMIT 1", user
        )
        return bool(rows)

    # Files

    async def keep(self, item: Item) -> int:
        """Note a file; its number."""
        async with self._writing() as db:
            await _seen(db, item.user, None, self._clock())
            return await _keep(db, replace(item, at=self._clock()))

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
            row = await _row(db, f"{sql} AND message IS NULL", number, user)
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

    async def places(self) -> set[str]:
        """The names on disk of all files."""
        return {str(row[0]) for row in await self._all("SELECT place FROM files")}

    # What ends

    async def forget(self, user: str, until: float) -> list[str]:
        """Erase what there is of the visitor `until` then, also from the pages; the names on disk
        of those files. Safe to call again."""
        theirs, places = "user = ? AND at <= ?", []
        async with self._writing() as db:
            sql = f"SELECT place FROM files WHERE {theirs}"  # noqa: S608 (text of ours, here and below)
            places = [str(row[0]) for row in await db.execute_fetchall(sql, (user, until))]
            for table in ("messages", "files"):
                await db.execute(f"DELETE FROM {table} WHERE {theirs}", (user, until))  # noqa: S608
            await db.execute(
                "UPDATE visitors SET language = '', begun = ? WHERE user = ?",
                (await _number(db), user),
            )
            await db.execute(f"DELETE FROM visitors WHERE user = ? AND {NOBODY}", (user,))  # noqa: S608
        await self._settle()
        return places

    async def sweep(self, oldest: float, unsent: float) -> list[str]:
        """Erase what is older than `oldest`, and files that were never sent and are older than
        `unsent`; their names on disk."""
        old = "at < ? OR (sort = 'own' AND message IS NULL AND at < ?)"
        async with self._writing() as db:
            rows = list(
                await db.execute_fetchall(
                    f"SELECT place FROM files WHERE {old}",  # noqa: S608
                    (oldest, unsent),
                )
            )
            await db.execute(f"DELETE FROM files WHERE {old}", (oldest, unsent))  # noqa: S608
            await db.execute("DELETE FROM messages WHERE at < ?", (oldest,))
            await db.execute(
                f"DELETE FROM visitors WHERE seen < ? AND {NOBODY}",  # noqa: S608
                (oldest,),
            )
        await self._settle()
        return [str(row[0]) for row in rows]

    async def _settle(self) -> None:
        async with self._lock:
            await self._db.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    def _sealed(self, body: Body) -> str:
        return self._vault.seal(json.dumps(body, ensure_ascii=False))

    def _entry(self, row: sqlite3.Row) -> Entry:
        try:
            body = json.loads(self._vault.open(row["body"]))
        except WrongKey:  # of an earlier key: it is there, and cannot be read any more
            body = {}
        return Entry(
            row["id"],
            row["user"],
            row["at"],
            bool(row["mine"]),
            body,
            row["changed"],
            bool(row["gone"]) or not body,
            bool(row["edited"]),
            bool(row["answered"]),
            row["client"] or "",
        )


async def _changed(
    db: aiosqlite.Connection, user: str, message: int, what: str, *values: Any
) -> bool:
    done = await db.execute(
        f"UPDATE messages SET {what}, changed = ?"  # noqa: S608 (text of ours)
        " WHERE id = ? AND user = ? AND gone = 0",
        (*values, await _number(db), message, user),
    )
    return done.rowcount > 0


def _item(row: sqlite3.Row) -> Item:
    return Item(**{name: row[name] for name in Item.__slots__})


async def _keep(db: aiosqlite.Connection, item: Item) -> int:
    row = await db.execute_insert(
        "INSERT INTO files (user, place, sort, name, mime, bytes, message, at)"
        " VALUES (:user, :place, :sort, :name, :mime, :bytes, :message, :at)",
        asdict(item),
    )
    assert row is not None
    return int(row[0])


async def _row(db: aiosqlite.Connection, sql: str, *values: Any) -> sqlite3.Row | None:
    rows = list(await db.execute_fetchall(sql, values))
    return rows[0] if rows else None


async def _number(db: aiosqlite.Connection) -> int:
    """The next number of a change: rising for ever."""
    rows = list(await db.execute_fetchall("UPDATE numbers SET last = last + 1 RETURNING last"))
    return int(rows[0][0])


async def _seen(
    db: aiosqlite.Connection, user: str, seen: float | None, begun: float | None = None
) -> None:
    """A row for the visitor; a new one begins with the next number."""
    now = seen if seen is not None else begun
    found = await _row(db, "SELECT 1 FROM visitors WHERE user = ?", user)
    if found is None:
        await db.execute(
            "INSERT INTO visitors (user, language, begun, seen) VALUES (?, '', ?, ?)",
            (user, await _number(db), now),
        )
    elif seen is not None:
        await db.execute("UPDATE visitors SET seen = ? WHERE user = ?", (seen, user))


def _touch(path: Path) -> None:
    """The file, which its owner alone reads from its first moment; so will those beside it."""
    private.folder(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)
