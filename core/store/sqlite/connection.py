"""aiosqlite's connection, with one way to its thread for a whole batch of statements: by itself the
library goes there and back for each, which was a quarter of a request's processor time."""

import sqlite3
from collections.abc import Callable
from typing import Self, TypeVar

import aiosqlite

R = TypeVar("R")
ROWS_AT_ONCE = 64
"""The library's own default for reading row by row, which nobody here does."""


class Connection(aiosqlite.Connection):
    """Made by `to`; whoever has one closes it, since its thread would keep the process alive."""

    @classmethod
    async def to(cls, opened: Callable[[], sqlite3.Connection]) -> Self:
        """One to what is opened, on its thread as all else. Raises what opening raises."""
        connection = cls(opened, ROWS_AT_ONCE)
        await connection
        return connection

    async def first(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What decides whether it can be used: closed where this raises."""
        try:
            return await self.there(work)
        except BaseException:
            await self.close()
            raise

    async def there(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """What the work gives back; it may run as many statements as it likes. Its exception is
        raised here."""
        result: R = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result
