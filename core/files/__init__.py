"""Files of this machine: those that nobody else may read, and those that an operator has
written."""

from core.files.private import copy_private, move_private, open_private, private_folder
from core.files.text import Unreadable, contents, decoded, reason_of

__all__ = [
    "Unreadable",
    "contents",
    "copy_private",
    "decoded",
    "move_private",
    "open_private",
    "private_folder",
    "reason_of",
]
