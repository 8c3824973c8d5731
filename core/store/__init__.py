"""The port of everything durable: three writes (take in, commit, posted) and the reads that lead to
an act. What keeps it is behind this page, and who starts a bot chooses which."""

from core.store.port import LostLease, Store, StoreAway, StoreBroken, Think
from core.store.reads import Claimed, Held, Litter, Post, Remembered
from core.store.sharing import Buried, Shared, SharedCondition, Worker
from core.store.telling import Listener

__all__ = [
    "Buried",
    "Claimed",
    "Held",
    "Listener",
    "Litter",
    "LostLease",
    "Post",
    "Remembered",
    "Shared",
    "SharedCondition",
    "Store",
    "StoreAway",
    "StoreBroken",
    "Think",
    "Worker",
]
