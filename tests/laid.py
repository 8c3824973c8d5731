"""A database as the first start of a bot leaves it, copied: two dozen migrations, each written
through to the disk, took longer than many a test that needs nothing but their end.

Those of the store itself, and of the start of a process, begin with nothing.
"""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from core.store.sqlite.files import PRAGMAS, migrate, opened


def laid(path: Path) -> Path:
    """The same path, with such a database where there was no file; each has its own secret."""
    if not path.exists():
        content, secret = _migrated()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # as a first start would
        path.touch(0o600)
        path.write_bytes(content.replace(secret, token_hex(len(secret) // 2).encode()))
    return path


@cache
def _migrated() -> tuple[bytes, bytes]:
    """What such a file holds, and the secret in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bot.sqlite"
        with closing(opened(path)) as db:
            db.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                db.execute(f"PRAGMA {pragma}")
            migrate(db)
            (secret,) = db.execute("SELECT value FROM meta WHERE name = 'secret'").fetchone()
        return path.read_bytes(), str(secret).encode()
