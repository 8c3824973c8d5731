"""What to do about a failure: one table from what happened to an outcome, in the words of
docs/backend.md 11."""

from core.domain.recovery.failure import Failure
from core.domain.recovery.files import WORTH_TELLING
from core.domain.recovery.table import recover
from core.domain.recovery.waiting import TOLD_AFTER, Restless, backoff, bounded

__all__ = ["TOLD_AFTER", "WORTH_TELLING", "Failure", "Restless", "backoff", "bounded", "recover"]
