"""Folders and files that the bot's own user alone can read, from their first moment, whatever the
umask says."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def private_folder(path: Path) -> Path:
    """The folder, made where there is none; one that an earlier version left open to others is
    closed to them."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        with suppress(PermissionError):  # somebody else's, who has to mend it
            path.chmod(0o700)
    return path


def open_private(path: Path) -> BinaryIO:
    """The file to be written anew; one that is there may have been made by an earlier version.
    Raises OSError."""
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600
    )
    file = os.fdopen(descriptor, "wb")
    with suppress(PermissionError):
        path.chmod(0o600)
    return file


def move_private(source: Path, target: Path) -> Path:
    """The same file in another place of this disk, whoever has made it. Raises OSError."""
    source.chmod(0o600)
    return source.replace(target)


def copy_private(source: Path, target: Path) -> Path:
    """A copy of the bytes, at `target`. Raises OSError."""
    with source.open("rb") as original, open_private(target) as copy:
        shutil.copyfileobj(original, copy)
    return target
