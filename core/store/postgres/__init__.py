"""The store on Postgres, which several processes share: the same statements as on SQLite, with
leases."""

from core.store.postgres.condition import examined
from core.store.postgres.files import Files
from core.store.postgres.moving import source_of_move, target_of_move
from core.store.postgres.outside import PostgresOutside
from core.store.postgres.store import PostgresStore

__all__ = [
    "Files",
    "PostgresOutside",
    "PostgresStore",
    "examined",
    "source_of_move",
    "target_of_move",
]
