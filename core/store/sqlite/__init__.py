"""The store on SQLite: WAL, synchronous FULL, one connection with one writer, numbered
migrations."""

from core.store.sqlite.condition import Condition, examined
from core.store.sqlite.copies import CopyFailed, back_up, restore
from core.store.sqlite.locking import StoreBusy
from core.store.sqlite.moving import source_of_move, target_of_move
from core.store.sqlite.outside import SqliteOutside
from core.store.sqlite.store import SqliteStore

__all__ = [
    "Condition",
    "CopyFailed",
    "SqliteOutside",
    "SqliteStore",
    "StoreBusy",
    "back_up",
    "examined",
    "restore",
    "source_of_move",
    "target_of_move",
]
