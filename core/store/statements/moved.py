"""A mark in a database whose everything lives elsewhere by now: two bots on the two of them would
do, and pay for, everything twice."""

from core.store.statements import rows
from core.store.statements.database import Database

MARK = "moved"
"""How it is called in the table of single values; it is not moved along."""


def where(db: Database) -> str | None:
    """The address that all was moved to, without a password; None for a database in use."""
    return rows.value(db, MARK)


def refusal(db: Database) -> str | None:
    """Why nobody may work with it; None for a database in use."""
    place = where(db)
    return None if place is None else f"all of it was moved to {place}: set DATABASE_URL to that"


def mark(db: Database, place: str) -> None:
    """From now on it is out of use."""
    rows.keep_value(db, MARK, place)


def unmark(db: Database) -> None:
    """Whoever puts a copy back means to use it."""
    rows.drop_value(db, MARK)
