"""Free tokens are counted for each address that asks for them: which were handed out to ours, and
until when it gets none. `egress` is the operator's name for that address, "" where there is but
one."""

from core.domain.accounts import GRANT_LIFE, GRANTS
from core.store.statements import rows
from core.store.statements.database import Database

CLOSED = "closed_until"
"""How the end of a refusal is called in the table of single values."""


def grants(db: Database, now: float, egress: str) -> tuple[float, ...]:
    """When the last free tokens were handed to us, oldest first: as many as make the quota."""
    ours = "granted > ? AND egress = ?"
    found = rows.every(
        db,
        f"SELECT granted FROM accounts WHERE {ours}"  # noqa: S608 (text of ours)
        f" UNION ALL SELECT granted FROM granted WHERE {ours} ORDER BY granted DESC LIMIT ?",
        *(now - GRANT_LIFE, egress) * 2,
        GRANTS,
    )
    return tuple(row["granted"] for row in found)[::-1]


def closed_until(db: Database, egress: str) -> float:
    """The end of a refusal (D3), 0 where there was none."""
    return float(rows.value(db, _name(egress)) or 0.0)


def close(db: Database, until: float, egress: str) -> None:
    """No more are asked for before that time."""
    rows.keep_value(db, _name(egress), str(until))


def set_back(db: Database, ahead: float, now: float) -> None:
    """A clock was ahead by so much when these were written."""
    sql = "SELECT name, value FROM meta WHERE name >= ? AND name < ?"
    for row in list(rows.every(db, sql, CLOSED, f"{CLOSED}0")):
        if (until := float(row["value"])) > now:
            rows.keep_value(db, row["name"], str(until - ahead))


def _name(egress: str) -> str:
    return f"{CLOSED}/{egress}" if egress else CLOSED
