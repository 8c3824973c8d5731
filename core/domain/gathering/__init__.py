"""What people send for one request: which files and words belong together, when all is there, what
files are called, and which are too large or too many."""

from core.domain.gathering.bundle import (
    LATE_SECONDS,
    Bundle,
    Item,
    Line,
    Split,
    closes_at,
    files_not_in,
    is_apart,
    is_complete,
    with_message,
)
from core.domain.gathering.files import (
    are_photos,
    drop_label,
    file_kind,
    files_counted,
    files_dropped,
    files_out_of_reach,
    files_still_here,
    files_too_late,
    fitting_files,
    is_sound,
    oversize_files,
)

__all__ = [
    "LATE_SECONDS",
    "Bundle",
    "Item",
    "Line",
    "Split",
    "are_photos",
    "closes_at",
    "drop_label",
    "file_kind",
    "files_counted",
    "files_dropped",
    "files_not_in",
    "files_out_of_reach",
    "files_still_here",
    "files_too_late",
    "fitting_files",
    "is_apart",
    "is_complete",
    "is_sound",
    "oversize_files",
    "with_message",
]
