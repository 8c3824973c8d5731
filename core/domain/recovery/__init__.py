"""What to do about a failure: one table from what happened to an outcome, in the words of
docs/backend.md 11."""

from core.domain.recovery.failure import FORMATS, Failure, after_paid, begun
from core.domain.recovery.files import ASKED_FOR, WORTH_TELLING
from core.domain.recovery.table import recover
from core.domain.recovery.waiting import (
    BACKS,
    LONGEST_RETRY_PAUSE,
    TOLD_AFTER,
    Restless,
    backoff,
    bounded,
)
from core.domain.requests.turn import RAW, read_reply

__all__ = [
    "ASKED_FOR",
    "BACKS",
    "FORMATS",
    "LONGEST_RETRY_PAUSE",
    "RAW",
    "TOLD_AFTER",
    "WORTH_TELLING",
    "Failure",
    "Restless",
    "after_paid",
    "backoff",
    "begun",
    "bounded",
    "read_reply",
    "recover",
]
