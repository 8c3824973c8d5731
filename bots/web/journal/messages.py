"""What was said in the chats, sealed, each change with a number that rises for ever."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import aiosqlite

from bots.web.journal.book import Book, next_number, row_of
from bots.web.journal.entries import Body, Entry, change_row
from bots.web.journal.files import Item, keep_item
from bots.web.journal.visitors import note_visitor
from core.vault import Vault, WrongKey


class Messages(Book):
    """The messages' part of the journal."""

    def __init__(self, db: aiosqlite.Connection, clock: Callable[[], float], vault: Vault) -> None:
        super().__init__(db, clock)
        self._vault = vault

    async def said(self, user: str, client: str, body: Body) -> Entry:
        """What a visitor says; the same once more for the same `client`."""
        async with self._writing() as db:
            await note_visitor(db, user, self._clock())
            found = await row_of(
                db, "SELECT * FROM messages WHERE user = ? AND client = ?", user, client
            )
            if found is None:
                message = await self._insert(db, user, body, client=client)
                for file in body["files"]:
                    await db.execute(
                        "UPDATE files SET message = ? WHERE id = ? AND user = ?",
                        (message, int(file["ref"][1:]), user),
                    )
                found = await row_of(db, "SELECT * FROM messages WHERE id = ?", message)
            assert found is not None
            return self._entry(found)

    async def answered(self, message: int) -> None:
        """It is in the engine's store."""
        async with self._writing() as db:
            await db.execute("UPDATE messages SET answered = 1 WHERE id = ?", (message,))

    async def unanswered(self, since: float, before: float) -> list[Entry]:
        """What was said in that time and, by what is known here, not taken in."""
        rows = await self._all(
            "SELECT * FROM messages WHERE mine = 1 AND answered = 0 AND gone = 0"
            " AND at > ? AND at <= ? ORDER BY id",
            since,
            before,
        )
        return [entry for entry in map(self._entry, rows) if not entry.gone]

    async def posted(
        self, user: str, nonce: str, body: Body, items: Sequence[Item] = (), *, working: bool
    ) -> tuple[int, bool]:
        """What the bot says with these files, and whether it is new: one nonce is one message."""
        async with self._writing() as db:
            await note_visitor(db, user, self._clock(), here=False)
            found = await row_of(
                db, "SELECT id FROM messages WHERE user = ? AND nonce = ?", user, nonce
            )
            if found is not None:
                return int(found["id"]), False
            message = await self._insert(db, user, body, nonce=nonce, working=working)
            for item in items:
                await keep_item(db, replace(item, message=message, at=self._clock()))
            return message, True

    async def _insert(
        self, db: aiosqlite.Connection, user: str, body: Body, *, working: bool = False, **key: str
    ) -> int:
        """`key`: the `client` of what a visitor says, the `nonce` of what the bot does."""
        values: dict[str, Any] = {
            "client": None,
            "nonce": None,
            **key,
            "user": user,
            "working": working,
        }
        values |= {"at": self._clock(), "mine": "client" in key, "body": self._sealed(body)}
        row = await db.execute_insert(
            "INSERT INTO messages (user, at, mine, client, nonce, working, body, changed)"
            " VALUES (:user, :at, :mine, :client, :nonce, :working, :body, :changed)",
            {**values, "changed": await next_number(db)},
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
        mine: bool = False,
    ) -> bool:
        """Say something else in the place of a message of the bot, or of the visitor (`mine`), with
        these files as well; False where it is not there."""
        async with self._writing() as db:
            values = self._sealed(body), working
            what = "edited = 1, body = ?, working = ?"
            done = await change_row(db, user, message, what, *values, mine=mine)
            for item in items if done else ():
                await keep_item(db, replace(item, message=message, at=self._clock()))
            return done

    async def take_away(self, user: str, message: int) -> bool:
        """Nothing is left but that it was there; False where it was not."""
        async with self._writing() as db:
            what = "body = ?, working = 0, gone = 1"
            return await change_row(db, user, message, what, self._sealed({}))

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
        found = await asyncio.to_thread(lambda: [self._entry(row) for row in reversed(rows)])
        return [entry for entry in found if not entry.gone]

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
