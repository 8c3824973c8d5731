"""Single values by their names: times, marks and notes that are no rows of anything else."""

from core.store.statements import rows
from core.store.statements.database import Database


def read(db: Database, name: str) -> str | None:
    """The value, None where there is none."""
    row = rows.one(db, "SELECT value FROM meta WHERE name = ?", name)
    return str(row["value"]) if row else None


def write(db: Database, name: str, value: str) -> None:
    """In the place of what was there."""
    db.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def drop(db: Database, name: str) -> None:
    """It is of no use any more."""
    db.execute("DELETE FROM meta WHERE name = ?", (name,))
