"""Why Postgres cannot be used, in one line that holds no password."""

import re

import psycopg
from psycopg import errors

from core.store.writer import OTHER_VERSION

REFUSED = re.compile(
    r"FATAL: .*(authentication failed|(role|database) \".*\" does not exist|no pg_hba\.conf entry"
    r"|not permitted to log in|permission denied for database)|no password supplied"
)
"""What a server, or the library for it, says of an address that only the operator can mend: without
a connection there is no code, and these words are the only sign."""
LACKING = (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction)


def is_refused(problem: Exception) -> bool:
    """Whether its server is there, and lets nobody in by this user, this password or this name."""
    return isinstance(problem, psycopg.OperationalError) and bool(REFUSED.search(str(problem)))


def reason(problem: Exception) -> str:
    """One line, without what the address holds."""
    if isinstance(problem, LACKING):
        return OTHER_VERSION
    lines = str(problem).strip().splitlines()
    said = lines[0] if lines else "no connection"
    if is_refused(problem):
        said = f"its server refuses the user, the password or the name that it is given ({said})"
    return said
