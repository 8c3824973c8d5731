"""Who has been here: a code for each browser, its language, and since when its chat is known."""

import aiosqlite

from bots.web.journal.book import Book, next_number, row_of


class Visitors(Book):
    """The visitors' part of the journal."""

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

    async def speak(self, user: str, language: str) -> None:
        """Note the language that the visitor has chosen; all tabs are to be drawn anew."""
        async with self._writing() as db:
            await note_visitor(db, user, self._clock())
            await db.execute(
                "UPDATE visitors SET language = ?, begun = ? WHERE user = ?",
                (language, await next_number(db), user),
            )


async def note_visitor(
    db: aiosqlite.Connection, user: str, now: float, *, here: bool = True
) -> None:
    """A row for the visitor, who is `here` just now; a new one begins with the next number."""
    found = await row_of(db, "SELECT 1 FROM visitors WHERE user = ?", user)
    if found is None:
        await db.execute(
            "INSERT INTO visitors (user, language, begun, seen) VALUES (?, '', ?, ?)",
            (user, await next_number(db), now),
        )
    elif here:
        await db.execute("UPDATE visitors SET seen = ? WHERE user = ?", (now, user))
