"""What every store does, as statements that SQLite and Postgres both understand; the databases
themselves are beside it."""

from core.store.statements.charging import charged
from core.store.statements.figures import (
    Ended,
    Figures,
    all_figures,
    direct_chats,
    open_jobs,
    sealed_tokens,
)
from core.store.statements.operating import overview
from core.store.statements.operations import operate
from core.store.statements.queue import claim_this, sort_requests_anew
from core.store.statements.resuming import free_all, mend_times, sort_messages_anew
from core.store.statements.rows import drop_value, every, keep_value, one, pause, value
from core.store.statements.shared import StatementStore
from core.store.statements.terms import TERMS, Terms
from core.store.statements.undelivered import is_back as post_is_back

__all__ = [
    "TERMS",
    "Ended",
    "Figures",
    "StatementStore",
    "Terms",
    "all_figures",
    "charged",
    "claim_this",
    "direct_chats",
    "drop_value",
    "every",
    "free_all",
    "keep_value",
    "mend_times",
    "one",
    "open_jobs",
    "operate",
    "overview",
    "pause",
    "post_is_back",
    "sealed_tokens",
    "sort_messages_anew",
    "sort_requests_anew",
    "value",
]
