"""Whether the folder of the data can be used, is for nobody else, and has room."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings, WrongSetting

ABOUT = "Folder"
SCARCE, LEAST = 2 * 2**30, 200 * 2**20
"""Bytes of free disk below which it is worth knowing, and below which requests fail soon."""


def findings(settings: Settings) -> Iterator[Finding]:
    """What is found at the folder of the database."""
    try:
        folder = settings.folder
    except WrongSetting as problem:
        yield wrong(ABOUT, str(problem), "", "folder")
        return
    there = _nearest(folder)
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK) or not there.is_dir():
        remedy = "Run the bot as the user that its data belongs to, or set DATABASE_URL."
        yield wrong(ABOUT, f"{there} is no folder that this user may write into.", remedy, "folder")
        return
    yield from _modes(folder)
    yield room(shutil.disk_usage(there).free)


def _modes(folder: Path) -> Iterator[Finding]:
    names = ("bot.sqlite", "secrets.key", "work")
    open_to_others = [
        path for path in (folder / name for name in names) if path.exists() and _open(path)
    ]
    if open_to_others:
        listed = ", ".join(map(str, open_to_others))
        remedy = f"Close it: chmod go-rwx {' '.join(map(str, open_to_others))}"
        yield note(ABOUT, f"{listed} can be read by others on this machine.", remedy, "modes")
    else:
        made = "" if folder.exists() else " (made at the first start)"
        yield well(ABOUT, f"{folder}{made}, closed to others.", "folder")


def room(free: int) -> Finding:
    """What so many bytes are good for."""
    said = f"{free / 2**30:.1f} GB are free."
    if free < LEAST:
        return wrong(
            "Disk", said, "Make room: photos and videos are kept there for a while.", "disk"
        )
    if free < SCARCE:
        return note("Disk", said, "A busy bot needs a few GB for videos on their way.", "disk")
    return well("Disk", said, "disk")


def _open(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it that is there already."""
    return next((path for path in (folder, *folder.parents) if os.path.lexists(path)), Path())
