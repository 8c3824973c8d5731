"""Counts the transactions of this process's SQLite connections, and those that had to reach the
disk."""

import mmap
import sqlite3
import struct
from pathlib import Path
from typing import Any

COUNTS = struct.Struct("qq")


class Counted:
    """The counts so far, in a file that another process may read meanwhile."""

    def __init__(self, path: Path) -> None:
        with path.open("w+b") as file:
            file.write(bytes(COUNTS.size))
            file.flush()
            self._shared = mmap.mmap(file.fileno(), COUNTS.size)

    def begin(self) -> None:
        """Count on every connection that is opened from now on."""
        note, connect = self._committed, sqlite3.connect

        class Connection(sqlite3.Connection):
            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                self.known = 0
                self.set_trace_callback(self._ran)

            def _ran(self, sql: str) -> None:
                if sql.startswith("COMMIT"):
                    note(changed=self.total_changes > self.known)
                    self.known = self.total_changes

        def counting(*given: Any, **named: Any) -> sqlite3.Connection:
            opened: sqlite3.Connection = connect(*given, **named | {"factory": Connection})
            return opened

        setattr(sqlite3, "connect", counting)  # noqa: B010 - the library's own door, nothing of ours

    def _committed(self, *, changed: bool) -> None:
        transactions, durable = self.now
        COUNTS.pack_into(self._shared, 0, transactions + 1, durable + changed)

    @property
    def now(self) -> tuple[int, int]:
        """Transactions, and those of them that changed something."""
        found: tuple[int, int] = COUNTS.unpack_from(self._shared, 0)
        return found


def read(path: Path) -> tuple[int, int]:
    """The counts of another process."""
    found: tuple[int, int] = COUNTS.unpack(path.read_bytes())
    return found
