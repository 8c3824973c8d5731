"""The visitors' chats on disk, so that a reload, a second tab and a new start show them whole."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

import aiosqlite

from bots.web.journal.book import next_number
from bots.web.journal.entries import Entry as Entry
from bots.web.journal.files import Files
from bots.web.journal.files import Item as Item
from bots.web.journal.messages import Messages
from bots.web.journal.schema import TooNew as TooNew
from bots.web.journal.schema import migrate
from bots.web.journal.visitors import Visitors
from core.files import private_folder
from core.vault import Vault

EVERY = -1
"""No limit, as SQLite reads it."""
NOBODY = "user NOT IN (SELECT user FROM messages UNION SELECT user FROM files)"


class Journal(Visitors, Messages, Files):
    """All of it, and how it begins and ends."""

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
        return cls(db, clock, vault)

    async def close(self) -> None:
        """Nothing may be asked any more."""
        async with self._lock:
            await self._db.close()

    async def copy_of(self, user: str) -> dict[str, list[dict[str, object]]]:
        """What there is of the visitor, as they may read it. No right to open anything is in it,
        such as the pages of buttons."""
        visitor = await self._all("SELECT language, seen FROM visitors WHERE user = ?", user)
        files = await self._all(
            "SELECT id, sort, name, mime, bytes, message, at FROM files WHERE user = ?", user
        )
        said = [
            {
                "id": entry.id,
                "from": "you" if entry.mine else "bot",
                "at": entry.at,
                "text": entry.body["text"],
            }
            for entry in await self.log(user, EVERY)
        ]
        return {
            "page_visitor": [dict(row) for row in visitor],
            "page_messages": said,
            "page_files": [dict(row) for row in files],
        }

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
                (await next_number(db), user),
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


def _touch(path: Path) -> None:
    """The file, which its owner alone reads from its first moment; so will those beside it."""
    private_folder(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)
